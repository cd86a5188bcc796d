//! The shapes of items, each in every library's form.

mod large;
mod session;

use crate::entities::Sample;
use crate::sdk::{Item, TABLE};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// An item of this library, with its counterparts.
pub trait Shape: Sample + Serialize + DeserializeOwned + Debug + Clone + PartialEq {
    /// For `serde_dynamo`, for the SDK by hand, and for `serde_json`: the same fields, and the keys as ready ones. That
    /// leaves the rendering of keys out of the other side's time.
    type Row: ByHand + Serialize + DeserializeOwned + Debug + PartialEq;
    /// For kaicoh's `dynamodel`: the same.
    type Kaicoh: Clone + Into<Item> + TryFrom<Item, Error = kaicoh_shapes::ConvertError>;
    /// For `modyne`, which renders keys itself.
    type Modyne: modyne::Entity<Table = Database> + Serialize + DeserializeOwned + Clone + 'static;

    fn row(&self) -> Self::Row;
    fn kaicoh(&self) -> Self::Kaicoh;
    fn modyne(&self) -> Self::Modyne;
}

/// What one writes for the SDK alone.
pub trait ByHand: Sized {
    fn to_item(&self) -> Item;
    /// `None` where an attribute is missing, or is something else.
    fn from_item(item: Item) -> Option<Self>;
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

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Session => "Session",
            Self::Cart => "Cart",
            Self::Wide => "Wide",
            Self::Plain => "Plain",
            Self::Escapes => "Escapes",
            Self::Floats => "Floats",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Session, Self::Cart, Self::Wide, Self::Plain, Self::Escapes, Self::Floats]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// The table as `modyne` wants it.
#[derive(Debug, Clone)]
pub struct Database(pub aws_sdk_dynamodb::Client);

impl modyne::Table for Database {
    const ENTITY_TYPE_ATTRIBUTE: &'static str = "_type";
    type PrimaryKey = modyne::keys::Primary;
    type IndexKeys = ();

    fn table_name(&self) -> &str {
        TABLE
    }

    fn client(&self) -> &aws_sdk_dynamodb::Client {
        &self.0
    }
}

/// A primary key of `modyne`.
pub fn primary(hash: String, range: String) -> modyne::keys::Primary {
    modyne::keys::Primary { hash, range }
}
