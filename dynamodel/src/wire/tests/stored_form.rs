//! What each Rust type becomes on the wire, and back.

use super::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// The value has this text, and the text reads as the value.
#[track_caller]
fn both<T: Serialize + DeserializeOwned + PartialEq + Debug>(original: T, text: &str) {
    assert_eq!(wire(&original), text);
    assert_eq!(value::<T>(text).unwrap(), original);
}

#[test]
fn scalars() {
    both("x".to_owned(), r#"{"S":"x"}"#);
    both(String::new(), r#"{"S":""}"#);
    both('ß', r#"{"S":"ß"}"#);
    both(true, r#"{"BOOL":true}"#);
    both(false, r#"{"BOOL":false}"#);
    both((), r#"{"NULL":true}"#);
    both(Bytes::from(b"\x00\xFF\x10"), r#"{"B":"AP8Q"}"#);
    both(Bytes::new(), r#"{"B":""}"#);
    both(serde_bytes::ByteBuf::from(vec![1, 2]), r#"{"B":"AQI="}"#);
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Default)]
struct Inner {
    a: Option<u8>,
    b: Option<String>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Default)]
struct Outer {
    id: String,
    inner: Inner,
    tags: Set<String>,
    maybe: Option<Set<u8>>,
    list: Vec<Option<u8>>,
    map: BTreeMap<String, Option<u8>>,
}

#[test]
fn absent_fields_are_left_out_at_every_level_and_null_elsewhere() {
    let outer = Outer {
        list: vec![None, Some(1)],
        map: [("k".to_owned(), None)].into(),
        ..Outer::default()
    };
    let text = concat!(
        r#"{"id":{"S":""},"inner":{"M":{}},"list":{"L":[{"NULL":true},{"N":"1"}]},"#,
        r#""map":{"M":{"k":{"NULL":true}}}}"#
    );
    assert_eq!(item(&outer), text);
    assert_eq!(entity::<Outer>(text).unwrap(), outer);
}

#[test]
fn sets() {
    both(Set::from(["b".to_owned(), "a".to_owned()]), r#"{"SS":["a","b"]}"#);
    both(Set::from([2_u64, 1]), r#"{"NS":["1","2"]}"#);
    both(Set::from([Bytes::from(b"hi")]), r#"{"BS":["aGk="]}"#);
    both(Set::from(["1.5".parse::<Number>().unwrap()]), r#"{"NS":["1.5"]}"#);
    both("1.5".parse::<Number>().unwrap(), r#"{"N":"1.5"}"#);
}
