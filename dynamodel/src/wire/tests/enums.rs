//! Enums in each of serde's representations.

use super::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Debug, PartialEq)]
enum External {
    Unit,
    Newtype(u8),
    Tuple(u8, bool),
    Struct { a: u8, none: Option<u8> },
}

#[test]
fn external_tags() {
    both(&External::Unit, r#"{"S":"Unit"}"#);
    both(&External::Newtype(1), r#"{"M":{"Newtype":{"N":"1"}}}"#);
    both(&External::Tuple(1, true), r#"{"M":{"Tuple":{"L":[{"N":"1"},{"BOOL":true}]}}}"#);
    both(&External::Struct { a: 1, none: None }, r#"{"M":{"Struct":{"M":{"a":{"N":"1"}}}}}"#);
    assert_eq!(value::<External>(r#"{"S":"U\u006eit"}"#).unwrap(), External::Unit);
    assert_eq!(value::<External>(r#"{"M":{"Unit":{"NULL":true}}}"#).unwrap(), External::Unit);
}

#[test]
fn external_tags_of_whole_items() {
    both_items(&External::Newtype(1), r#"{"Newtype":{"N":"1"}}"#);
    let view = ItemView { hide: &["PK"], extra: &[], watch: None };
    let text = r#"{"PK":{"S":"x"},"Struct":{"M":{"a":{"N":"1"}}}}"#;
    assert_eq!(viewed::<External>(text, &view).unwrap(), External::Struct { a: 1, none: None });
    assert!(entity::<External>(text).is_err());
}

#[test]
fn wrong_variants_are_errors() {
    let error = value::<External>(r#"{"S":"Other"}"#).unwrap_err();
    assert_eq!(error.expected(), Some("one of the variants `Unit`, `Newtype`, `Tuple`, `Struct`"));
    assert_eq!(error.found(), Some("another one"));
    for text in [
        r#"{"S":"Newtype"}"#,
        r#"{"M":{}}"#,
        r#"{"M":{"Newtype":{"N":"1"},"Unit":{"NULL":true}}}"#,
        r#"{"N":"1"}"#,
        r#"{"M":{"Tuple":{"L":[{"N":"1"}]}}}"#,
        r#"{"M":{"Tuple":{"L":[{"N":"1"},{"BOOL":true},{"BOOL":true}]}}}"#,
    ] {
        assert!(value::<External>(text).is_err(), "{text}");
    }
    let error = value::<External>(r#"{"M":{"Struct":{"M":{"a":{"S":"1"}}}}}"#).unwrap_err();
    assert_eq!(error.path(), "Struct.a");
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Internal {
    Unit,
    StructLike {
        a: u64,
        #[serde(default)]
        tags: Set<String>,
    },
    Holder(Held),
}
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Held {
    a: Option<u8>,
    f: f64,
    b: Bytes,
}

#[test]
fn internal_tags() {
    both(&Internal::Unit, r#"{"M":{"type":{"S":"unit"}}}"#);
    both(
        &Internal::StructLike { a: 7, tags: Set::from(["x".to_owned()]) },
        r#"{"M":{"type":{"S":"struct_like"},"a":{"N":"7"},"tags":{"SS":["x"]}}}"#,
    );
    both(
        &Internal::Holder(Held { a: None, f: 1e30, b: Bytes::from(b"x") }),
        r#"{"M":{"type":{"S":"holder"},"f":{"N":"1000000000000000000000000000000"},"b":{"B":"eA=="}}}"#,
    );
    both_items(&Internal::StructLike { a: 7, tags: Set::new() }, r#"{"type":{"S":"struct_like"},"a":{"N":"7"}}"#);
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    Newtype(Vec<u8>),
    Struct { a: bool },
}

#[test]
fn adjacent_tags() {
    both(&Adjacent::Unit, r#"{"M":{"t":{"S":"Unit"}}}"#);
    both(&Adjacent::Newtype(vec![1]), r#"{"M":{"t":{"S":"Newtype"},"c":{"L":[{"N":"1"}]}}}"#);
    both(&Adjacent::Struct { a: true }, r#"{"M":{"t":{"S":"Struct"},"c":{"M":{"a":{"BOOL":true}}}}}"#);
    // In any order.
    let text = r#"{"M":{"c":{"L":[{"N":"1"}]},"t":{"S":"Newtype"}}}"#;
    assert_eq!(value::<Adjacent>(text).unwrap(), Adjacent::Newtype(vec![1]));
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Untagged {
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Untagged>),
    Struct { a: Option<u8> },
    Null,
}

#[test]
fn untagged() {
    both(&Untagged::Int(-3), r#"{"N":"-3"}"#);
    both(&Untagged::Float(0.5), r#"{"N":"0.5"}"#);
    both(&Untagged::Text("x".into()), r#"{"S":"x"}"#);
    both(&Untagged::List(vec![Untagged::Int(1), Untagged::Null]), r#"{"L":[{"N":"1"},{"NULL":true}]}"#);
    both(&Untagged::Struct { a: None }, r#"{"M":{}}"#);
}
