//! Sets.

use super::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[test]
fn the_elements_decide_the_type() {
    both(&Set::from(["b".to_owned(), "a".to_owned()]), r#"{"SS":["a","b"]}"#);
    both(&Set::from(['b', 'a']), r#"{"SS":["a","b"]}"#);
    both(&Set::from([2_u64, 1]), r#"{"NS":["1","2"]}"#);
    both(&Set::from([i128::MIN / 10, -1]), r#"{"NS":["-17014118346046923173168730371588410572","-1"]}"#);
    both(&Set::from([Bytes::from(b"hi")]), r#"{"BS":["aGk="]}"#);
    both(&Set::from([String::new()]), r#"{"SS":[""]}"#);
    both(&Set::from(["1.5".parse::<Number>().unwrap()]), r#"{"NS":["1.5"]}"#);
}

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Id(String);
#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Colour {
    Red,
    Green,
}

#[test]
fn elements_may_be_newtypes_and_unit_variants() {
    both(&Set::from([Id("x\n".into())]), r#"{"SS":["x\n"]}"#);
    both(&Set::from([Colour::Green, Colour::Red]), r#"{"SS":["Red","Green"]}"#);
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Default)]
struct Holder {
    tags: Set<String>,
    maybe: Option<Set<u8>>,
    nested: Inner,
}
#[derive(Serialize, Deserialize, Debug, PartialEq, Default)]
struct Inner {
    numbers: Set<u8>,
}

#[test]
fn an_empty_set_is_left_out_and_absence_reads_as_empty() {
    both_items(&Holder::default(), r#"{"nested":{"M":{}}}"#);
    assert_eq!(item(&Holder { maybe: Some(Set::new()), ..Holder::default() }), r#"{"nested":{"M":{}}}"#);
    let null = r#"{"tags":{"NULL":true},"nested":{"M":{"numbers":{"NULL":true}}}}"#;
    assert_eq!(entity::<Holder>(null).unwrap(), Holder::default());
}

#[test]
fn an_empty_set_elsewhere_is_an_error() {
    for error in [
        write_error(&Set::<u8>::new()),
        write_error(&vec![Set::<u8>::new()]),
        write_error(&BTreeMap::from([("k", Set::<u8>::new())])),
    ] {
        assert_eq!(error.found(), Some("an empty set outside a struct's field"));
    }
}

#[test]
fn a_list_is_no_set_and_kinds_must_match() {
    for (text, expected) in [
        (r#"{"L":[{"S":"a"}]}"#, "a set (SS, NS, BS)"),
        (r#"{"NS":["1"]}"#, "a string (S)"),
        (r#"{"BS":["YQ=="]}"#, "a string (S)"),
        (r#"{"SS":[1]}"#, "a string's text in quotes"),
        (r#"{"SS":"a"}"#, "a set's elements in brackets"),
    ] {
        assert_eq!(value::<Set<String>>(text).unwrap_err().expected(), Some(expected), "{text}");
    }
    assert!(value::<Set<u8>>(r#"{"NS":["1","x"]}"#).is_err());
    assert!(value::<Set<u8>>(r#"{"NS":["256"]}"#).is_err());
}

#[test]
fn what_is_no_element_is_refused() {
    assert_eq!(write_error(&Set::from([vec![1_u8]])).path(), "[0]");
    assert_eq!(write_error(&Set::from([Some(1)])).found(), Some("an option"));
    assert_eq!(write_error(&Set::from([true])).found(), Some("a boolean"));
    #[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
    #[serde(untagged)]
    enum Mixed {
        N(u8),
        S(&'static str),
    }
    let error = write_error(&Set::from([Mixed::N(1), Mixed::S("a")]));
    assert_eq!(error.to_string(), "`[1]`: expected a number (N), found a string (S)");
}

#[test]
fn sequences_read_sets_too() {
    assert_eq!(value::<Vec<String>>(r#"{"SS":["a","b"]}"#).unwrap(), ["a", "b"]);
    assert_eq!(value::<(u8, u8)>(r#"{"NS":["1","2"]}"#).unwrap(), (1, 2));
    assert!(value::<(u8, u8)>(r#"{"NS":["1","2","3"]}"#).is_err());
    assert_eq!(value::<Vec<f64>>(r#"{"NS":["1","2.5"]}"#).unwrap(), [1.0, 2.5]);
}
