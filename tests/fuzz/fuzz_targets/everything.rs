//! An entity with a field of every kind, and the decoder's two entrances.

use dynamodel::__private::bench::{get_answer, query_answer};
use dynamodel::{Bytes, Entity, Error, Expiry, Number, Set, Table};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Everything))]
pub struct Things;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Things, pk = "THING#{id}", sk = "THING")]
pub struct Everything {
    id: String,
    letter: Option<char>,
    nick: Option<String>,
    tiny: u8,
    whole: i64,
    wide: Option<i128>,
    widest: Option<u128>,
    float: f64,
    single: Option<f32>,
    flag: bool,
    number: Option<Number>,
    bytes: Option<Bytes>,
    #[serde(default)]
    tags: Set<String>,
    #[serde(default)]
    numbers: Set<Number>,
    #[serde(default)]
    blobs: Set<Bytes>,
    #[serde(default)]
    list: Vec<Option<Shape>>,
    #[serde(default)]
    map: BTreeMap<String, Vec<f64>>,
    #[serde(default)]
    keyed: HashMap<i16, (String, u32)>,
    tagged: Option<Tagged>,
    nested: Option<Box<Nested>>,
    #[dynamo(version)]
    version: u64,
    #[dynamo(ttl)]
    expires_at: Option<Expiry>,
}

/// A struct that holds itself, and whatever else is there.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Nested {
    name: String,
    deeper: Option<Box<Nested>>,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

/// Every kind of variant.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub enum Shape {
    Point,
    Circle(f32),
    Line(i32, i32),
    Box { width: u16, height: u16 },
}

/// Read through serde's buffer.
#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(tag = "kind")]
pub enum Tagged {
    Text { text: String },
    Count { count: i64 },
}

/// The bytes as either answer: how many entities were in it.
pub fn decode(bytes: &[u8]) -> [Result<usize, Error>; 2] {
    let item = get_answer::<Everything>(bytes).map(|item| item.iter().count());
    let page = query_answer::<Everything>(bytes).map(|page| page.len());
    [item, page]
}
