//! A table whose names and templates mean something else to Mermaid.

use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "2nd key", type_attribute = "-type", gsi(Gsi1, pk = "FK", sk = "uk-1"))]
#[dynamo(entities(One, Many, To, U, Class, Style, End, Subgraph, Größe))]
pub struct Hostile;

/// Shares a partition with `Many`: the template stands on the line between them.
#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "direction TB \"x\";~a~#quot;%%{id}", sk = "ONE")]
#[dynamo(index(by_name = Gsi1, pk = "~b~ ~{name}", sk = "`*md*` <b>&amp;\\"))]
pub struct One {
    pub id: String,
    #[serde(rename = "größe in cm")]
    pub name: String,
    #[serde(rename = "pk")]
    pub of_own: String,
    #[serde(rename = "Fk-2")]
    pub two: String,
    #[serde(rename = "2fa")]
    pub digit: u8,
    #[serde(rename = "\"} ||--o{ \"")]
    pub quoted: u8,
    #[serde(rename = "%%{init: {}}%%")]
    pub directive: u8,
    #[serde(rename = "two\nlines")]
    pub lines: u8,
    #[dynamo(version)]
    #[serde(rename = "accTitle: x")]
    pub version: u64,
    #[dynamo(ttl)]
    #[serde(rename = "end")]
    pub until: Option<Expiry>,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "direction TB \"x\";~a~#quot;%%{id}", sk = "MANY#{number:04}")]
pub struct Many {
    pub id: String,
    pub number: u16,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "TO#{id}", sk = "ONE")]
pub struct To {
    pub id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "U#{id}", sk = "ONE")]
pub struct U {
    pub id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "CLASS#{id}", sk = "ONE")]
pub struct Class {
    pub id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "STYLE#{id}", sk = "ONE")]
pub struct Style {
    pub id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "END#{id}", sk = "ONE")]
pub struct End {
    pub id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "SUBGRAPH#{id}", sk = "ONE")]
pub struct Subgraph {
    pub id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Hostile, pk = "GRÖSSE#{id}", sk = "ONE")]
pub struct Größe {
    pub id: String,
}
