//! Items of six shapes, by which the codec is measured: here against a budget, in `peers` against other libraries.

#![allow(clippy::missing_errors_doc, reason = "of functions that a derive writes inside a macro's own output")]

use dynamodel::{Entity, Set, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Session, Cart, Wide, Plain, Escapes, Floats))]
pub struct Shop;

/// An entity of which there are as many as one likes.
pub trait Sample: Entity<Table = Shop> {
    /// What the figures are called after.
    const NAME: &'static str;

    /// The item of that number.
    fn sample(number: u32) -> Self;
}

/// Five small attributes.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{id}")]
pub struct Session {
    pub user_id: String,
    pub id: String,
    pub token: String,
    pub hits: u64,
    pub active: bool,
}

impl Sample for Session {
    const NAME: &'static str = "session";

    fn sample(number: u32) -> Self {
        Self {
            user_id: format!("usr_{:08}", 77_000 + number),
            id: format!("01J9Z3K8Q4W7X2Y6V5T{number:07}"),
            token: format!("t-{:016x}", u64::from(number) * 0x9E37_79B9_7F4A),
            hits: 7 + u64::from(number),
            active: number.is_multiple_of(2),
        }
    }
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Line {
    pub sku: String,
    pub title: String,
    pub qty: u32,
    pub unit_cents: i64,
    pub gift: bool,
}

/// Fifteen attributes, keys included, and a list of five maps: 1.2 KB.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "TENANT#acme#USER#{user_id}", sk = "CART#{created_at}", query = of_user)]
pub struct Cart {
    pub user_id: String,
    pub email: String,
    pub status: String,
    pub total_cents: i64,
    pub discount_rate: f64,
    pub is_gift: bool,
    pub lines: Vec<Line>,
    pub tags: Set<String>,
    pub coupon: Option<String>,
    pub note: Option<String>,
    pub created_at: String,
    pub ttl: u64,
    pub version: u64,
}

impl Sample for Cart {
    const NAME: &'static str = "cart";

    fn sample(number: u32) -> Self {
        let wide = u64::from(number);
        let line = |line: u32| Line {
            sku: format!("SKU-{:06}-{line}", number * 7 + line),
            title: format!("Organic cotton t-shirt, size M, colour #{line}"),
            qty: 1 + line,
            unit_cents: 1999 + 100 * i64::from(line),
            gift: line % 2 == 1,
        };
        Self {
            user_id: format!("usr_{:012}", 77_000_000 + wide),
            email: format!("customer.{number}@example.com"),
            status: "ACTIVE".to_owned(),
            total_cents: 123_456 + i64::from(number),
            discount_rate: 0.125,
            is_gift: number.is_multiple_of(2),
            lines: (0..5).map(line).collect(),
            tags: ["loyalty", "mobile", "promo-2026"].map(str::to_owned).into(),
            coupon: Some("SUMMER-25".to_owned()),
            note: None,
            created_at: "2026-11-22T02:03:50.123Z".to_owned(),
            ttl: 1_795_312_230 + wide,
            version: 42 + wide,
        }
    }
}

/// An item of one large attribute.
macro_rules! one_attribute {
    ($(#[$doc:meta])* $entity:ident, $name:literal, $field:ident: $ty:ty, $sample:expr) => {
        $(#[$doc])*
        #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
        #[dynamo(table = Shop, pk = "DOCUMENT#{id}", sk = $name)]
        pub struct $entity {
            pub id: String,
            pub $field: $ty,
        }

        impl Sample for $entity {
            const NAME: &'static str = $name;

            fn sample(number: u32) -> Self {
                Self { id: format!("doc-{number}"), $field: $sample(number) }
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
    Wide, "map200", counters: BTreeMap<String, i64>,
    |number| (0..200).map(|entry| (format!("counter_{entry}"), entry * 17 + i64::from(number))).collect()
}

one_attribute! {
    /// 16 KB of plain text.
    Plain, "plain16k", body: String, |_| kilobytes("plain text without escapes ")
}

one_attribute! {
    /// 16 KB of text full of escapes.
    Escapes, "escapes16k", body: String, |_| kilobytes("line one\nline \"two\" \u{e9}\u{4e16}\n")
}

one_attribute! {
    /// 500 floats.
    Floats, "floats500", values: Vec<f64>, |number| (0..500).map(|place| f64::from(place + number) * 1.37).collect()
}
