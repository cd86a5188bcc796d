//! Items of any content.

use dynamodel::{Entity, Nested, Set, Table};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Thing))]
pub struct Things;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Things, pk = "THING#{id}")]
pub struct Thing {
    pub id: String,
    pub text: String,
    pub maybe: Option<String>,
    pub number: i64,
    pub other: i64,
    pub perhaps: Option<i64>,
    pub ratio: f64,
    pub list: Vec<String>,
    #[serde(default)]
    pub tags: Set<String>,
    pub map: BTreeMap<String, i64>,
    #[dynamo(nested)]
    pub inner: Inner,
}

#[derive(Nested, Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Inner {
    pub word: String,
    pub count: Option<i64>,
}

pub fn word() -> impl Strategy<Value = String> {
    prop_oneof![Just("a"), Just("ab"), Just("abc"), Just("b"), Just("ba"), Just("z~")].prop_map(str::to_owned)
}

pub fn number() -> impl Strategy<Value = i64> {
    -2..4_i64
}

pub fn thing() -> impl Strategy<Value = Thing> {
    let texts = (word(), proptest::option::of(word()), word());
    let numbers = (number(), number(), proptest::option::of(number()), -4..4_i32, proptest::option::of(number()));
    let containers = (
        proptest::collection::vec(word(), 0..3),
        proptest::collection::btree_set(word(), 0..3),
        proptest::collection::btree_map(word(), number(), 0..3),
    );
    (texts, numbers, containers).prop_map(
        |((text, maybe, inner), (number, other, perhaps, half, count), (list, tags, map))| Thing {
            id: "1".into(),
            text,
            maybe,
            number,
            other,
            perhaps,
            ratio: f64::from(half) / 2.0,
            list,
            tags: tags.into_iter().collect(),
            map,
            inner: Inner { word: inner, count },
        },
    )
}
