//! The shapes of items, each as an entity and as the row of a `serde_dynamo` user.

use super::cart::Cart;
use dynamodel::{Entity, Table};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Session, Cart, Wide, Plain, Escapes, Floats))]
pub struct Shop;

/// An entity with its counterpart.
pub trait Shape: Entity + Serialize + DeserializeOwned + Debug + Clone + PartialEq {
    /// What the figures are called after.
    const NAME: &'static str;

    /// The struct of a `serde_dynamo` user: the same fields, and the keys as ready ones. That leaves the rendering of
    /// keys out of the other side's time.
    type Row: Serialize + DeserializeOwned + Debug + PartialEq;

    /// The item of that number.
    fn sample(number: u32) -> Self;

    /// The same item as a row.
    fn row(&self) -> Self::Row;
}

/// What the type attribute of a row may say.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Session,
    Cart,
    Wide,
    Plain,
    Escapes,
    Floats,
}

/// Five small attributes.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{id}")]
pub struct Session {
    user_id: String,
    id: String,
    token: String,
    hits: u64,
    active: bool,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
pub struct SessionRow {
    #[serde(rename = "PK")]
    pk: String,
    #[serde(rename = "SK")]
    sk: String,
    #[serde(rename = "_type")]
    kind: Kind,
    user_id: String,
    id: String,
    token: String,
    hits: u64,
    active: bool,
}

impl Shape for Session {
    const NAME: &'static str = "session";
    type Row = SessionRow;

    fn sample(number: u32) -> Self {
        Self {
            user_id: format!("usr_{:08}", 77_000 + number),
            id: format!("01J9Z3K8Q4W7X2Y6V5T{number:07}"),
            token: format!("t-{:016x}", u64::from(number) * 0x9E37_79B9_7F4A),
            hits: 7 + u64::from(number),
            active: number.is_multiple_of(2),
        }
    }

    fn row(&self) -> SessionRow {
        let Self { user_id, id, token, hits, active } = self.clone();
        let (pk, sk) = (format!("USER#{user_id}"), format!("SESSION#{id}"));
        SessionRow { pk, sk, kind: Kind::Session, user_id, id, token, hits, active }
    }
}

/// A shape of one large attribute.
macro_rules! one_attribute {
    ($(#[$doc:meta])* $entity:ident, $row:ident, $name:literal, $field:ident: $ty:ty, $sample:expr) => {
        $(#[$doc])*
        #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
        #[dynamo(table = Shop, pk = "DOCUMENT#{id}", sk = $name)]
        pub struct $entity {
            id: String,
            $field: $ty,
        }

        #[derive(Serialize, Deserialize, Debug, PartialEq)]
        pub struct $row {
            #[serde(rename = "PK")]
            pk: String,
            #[serde(rename = "SK")]
            sk: String,
            #[serde(rename = "_type")]
            kind: Kind,
            id: String,
            $field: $ty,
        }

        impl Shape for $entity {
            const NAME: &'static str = $name;
            type Row = $row;

            fn sample(number: u32) -> Self {
                Self { id: format!("doc-{number}"), $field: $sample(number) }
            }

            fn row(&self) -> $row {
                let Self { id, $field } = self.clone();
                $row { pk: format!("DOCUMENT#{id}"), sk: $name.to_owned(), kind: Kind::$entity, id, $field }
            }
        }
    };
}

/// `text` again and again, 16 KB of it.
fn kilobytes(text: &str) -> String {
    text.repeat(16 * 1024 / text.len())
}

one_attribute! {
    /// A map of 200 entries.
    Wide, WideRow, "map200", counters: BTreeMap<String, i64>,
    |number| (0..200).map(|entry| (format!("counter_{entry}"), entry * 17 + i64::from(number))).collect()
}

one_attribute! {
    /// 16 KB of plain text.
    Plain, PlainRow, "plain16k", body: String, |_| kilobytes("plain text without escapes ")
}

one_attribute! {
    /// 16 KB of text full of escapes.
    Escapes, EscapesRow, "escapes16k", body: String, |_| kilobytes("line one\nline \"two\" \u{e9}\u{4e16}\n")
}

one_attribute! {
    /// 500 floats.
    Floats, FloatsRow, "floats500", values: Vec<f64>,
    |number| (0..500).map(|place| f64::from(place + number) * 1.37).collect()
}
