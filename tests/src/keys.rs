//! Entities with every kind of key.

use dynamodel::{Entity, KeySegment, Table, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ulid::Ulid;
use uuid::Uuid;

/// A table with every kind of index.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK")]
#[dynamo(gsi(ByStatus, name = "by-status", pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(gsi(ByPlace, pk = ["country", "region"], sk = ["city", "since"]))]
#[dynamo(lsi(ByScore, sk = "LSI1SK"))]
#[dynamo(entities(Order, Shopfront, Score, Event, Legacy, Settings))]
pub struct Market;

/// A newtype in keys.
#[derive(KeySegment, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct CustomerId(pub String);

/// An enum in keys, by serde's names.
#[derive(KeySegment, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// `being-packed`
    BeingPacked,
    /// `gone`, by its own name.
    #[serde(rename = "gone")]
    Sent,
}

/// Fields kept in the key alone; a newtype and an enum in keys.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "CUSTOMER#{customer}", sk = "ORDER#{placed}#{number:06}", query = of_customer)]
#[dynamo(index(with_status = ByStatus, pk = "STATUS#{status}", sk = "{placed}"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Order {
    /// In the key alone.
    #[dynamo(key_only)]
    pub customer: CustomerId,
    /// In the key, and an attribute too.
    pub placed: Timestamp,
    /// In the key alone, as `orderNumber` for serde.
    #[dynamo(key_only)]
    #[serde(rename = "orderNumber")]
    pub number: u32,
    /// In an index key.
    pub status: Status,
    /// Renamed by the struct's rule to `totalCents`.
    pub total_cents: i64,
}

/// Keys of several attributes, in their own types.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "SHOP#{id}", sk = "SHOP")]
#[dynamo(index(in_place = ByPlace, pk = [country, region], sk = [city, since]))]
pub struct Shopfront {
    /// In the key.
    pub id: Uuid,
    /// An index key.
    pub country: String,
    /// An index key.
    pub region: String,
    /// An index key that may be absent: the index is sparse.
    pub city: Option<String>,
    /// An index key, a number.
    pub since: i32,
}

/// Descending and signed numbers; a local index.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "BOARD#{board}", sk = "PLAYER#{player}")]
#[dynamo(index(top = ByScore, sk = "{points:desc}#{player}"))]
pub struct Score {
    /// In the key.
    pub board: String,
    /// In the key.
    pub player: String,
    /// In an index key, the largest first.
    pub points: i64,
}

/// A field named like a keyword, a flattened map, an identifier that sorts by time.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "TYPE#{type}", sk = "EVENT#{id}", query = of_type)]
pub struct Event {
    /// In the key.
    pub r#type: String,
    /// In the key.
    pub id: Ulid,
    /// Whatever else the event has: no key of the table shows up in it.
    #[serde(flatten)]
    pub more: BTreeMap<String, String>,
}

/// Other people's format of keys.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "legacy|{tenant:raw}|{name:raw}", sk = "v{number:raw}", name = "legacy-record")]
pub struct Legacy {
    /// In the key.
    pub tenant: String,
    /// In the key.
    pub name: String,
    /// In the key, as it is.
    pub number: u8,
}

/// One item for all.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Market, pk = "SETTINGS", sk = "SETTINGS")]
pub struct Settings {
    /// Data.
    pub open: bool,
}
