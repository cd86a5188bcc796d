//! Entities of every kind.

use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A table of overloaded keys.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), gsi(ByOwner, name = "by-owner", pk = "owner"))]
#[dynamo(entities(Session, Note, Cached, Document))]
pub struct Shop;

/// Versioned, with a time to live.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{session_id}", query = of_user)]
#[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", sk = "SESSION"))]
pub struct Session {
    /// In the key.
    pub user_id: String,
    /// In the key.
    pub session_id: String,
    /// In an index key.
    pub token: Option<String>,
    /// Data.
    pub hits: u64,
    /// Data that may be absent.
    pub nick: Option<String>,
    /// Data.
    pub data: BTreeMap<String, String>,
    /// The version.
    #[dynamo(version)]
    pub version: u64,
    /// The time to live.
    #[dynamo(ttl)]
    pub expires_at: Option<Expiry>,
}

/// Nothing but keys and a text.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "NOTE#{number:05}", query = of_user)]
#[dynamo(index(by_owner = ByOwner, pk = owner))]
pub struct Note {
    /// In the key.
    pub user_id: String,
    /// In the key.
    pub number: i32,
    /// Is an index key itself, and makes it sparse.
    pub owner: Option<String>,
    /// Data.
    #[serde(rename = "body")]
    pub text: String,
}

/// A time to live, and no version.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CACHE#{name}", sk = "CACHE", name = "cached")]
pub struct Cached {
    /// In the key.
    pub name: String,
    /// Data.
    pub value: u8,
    /// The time to live.
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

/// A random version.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "DOC#{id}", sk = "DOC")]
pub struct Document {
    /// In the key.
    pub id: Uuid,
    /// Data.
    pub text: String,
    /// The version.
    #[dynamo(version)]
    pub etag: Uuid,
}

/// A table whose keys are the fields themselves.
#[derive(Table, Debug)]
#[dynamo(pk = "device", sk = "at", type_attribute = "kind", entities(Reading))]
pub struct Readings;

/// Keys in their own types.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Readings, pk = device, sk = at, query = of_device)]
pub struct Reading {
    /// The partition key.
    pub device: String,
    /// The sort key, a number.
    pub at: i64,
    /// Data.
    pub celsius: f64,
}

impl Session {
    /// A fresh session.
    pub fn new(user_id: &str, session_id: &str) -> Self {
        Self {
            user_id: user_id.to_owned(),
            session_id: session_id.to_owned(),
            token: Some(format!("token-{session_id}")),
            hits: 0,
            nick: None,
            data: BTreeMap::from([("theme".to_owned(), "dark".to_owned())]),
            version: 0,
            expires_at: None,
        }
    }

    /// The same with an expiry.
    pub fn until(mut self, expiry: Expiry) -> Self {
        self.expires_at = Some(expiry);
        self
    }
}
