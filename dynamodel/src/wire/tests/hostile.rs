//! Hostile input: no panic, no endless loop, no stack overflow.

use super::*;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A type that reads in every way there is.
#[derive(Serialize, Deserialize, Debug, PartialEq, Default)]
struct Everything {
    s: String,
    #[serde(default)]
    c: Option<char>,
    n: u64,
    i: i128,
    f: f64,
    number: Number,
    b: Bytes,
    flag: bool,
    unit: (),
    set: Set<String>,
    numbers: Set<i16>,
    list: Vec<Option<Kind>>,
    map: BTreeMap<i8, String>,
    nested: Option<Box<Everything>>,
    #[serde(flatten)]
    rest: HashMap<String, serde_json::Value>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
enum Kind {
    Unit,
    New(u8),
    Tuple(u8, f32),
    Struct { a: bool },
}

fn sample() -> Everything {
    Everything {
        s: "some \"text\" ünï \u{1F600}".into(),
        c: Some('ß'),
        n: u64::MAX,
        i: -5,
        f: 0.25,
        number: "1E-100".parse().unwrap(),
        b: Bytes::from(b"bytes"),
        flag: true,
        set: Set::from(["a".to_owned(), "b\n".to_owned()]),
        numbers: Set::from([1, -2]),
        list: vec![
            None,
            Some(Kind::Unit),
            Some(Kind::New(1)),
            Some(Kind::Tuple(1, 2.5)),
            Some(Kind::Struct { a: true }),
        ],
        map: [(-1, "x".to_owned()), (5, String::new())].into(),
        ..Everything::default()
    }
}

/// Reads the bytes in every way there is.
fn read_everything(bytes: &[u8]) {
    let Ok(reader) = Reader::new(bytes) else { return };
    let view = ItemView { hide: &["s", "PK"], extra: &[("s", r#"{"S":"x"}"#)], watch: None };
    let _ = read_item::<Everything>(&mut reader.clone(), &ItemView::default());
    let _ = read_item::<Everything>(&mut reader.clone(), &view);
    let _ = read_item::<serde_json::Value>(&mut reader.clone(), &ItemView::default());
    let _ = read_item::<Kind>(&mut reader.clone(), &ItemView::default());
    let _ = read_value::<Everything>(&mut reader.clone());
    let _ = read_value::<serde_json::Value>(&mut reader.clone());
    let _ = read_value::<Kind>(&mut reader.clone());
    let _ = read_value::<Set<Number>>(&mut reader.clone());
    let _ = read_value::<Option<f32>>(&mut reader.clone());
    let _ = reader.clone().skip();
    let raw = reader.clone().raw().map(str::to_owned);
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(size) = item_size(text) {
            assert!(size <= text.len());
        }
        // Our syntax is JSON's; `IgnoredAny` is laxer (lone surrogates), `Value` stricter (numbers beyond `f64`).
        let whole = {
            let mut reader = reader.clone();
            reader.skip().is_ok() && reader.end().is_ok()
        };
        assert!(!whole || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(), "{text}");
        assert!(whole || serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
        if let Ok(raw) = raw {
            assert!(text.contains(&raw));
        }
    }
}

#[test]
fn the_sample_survives() {
    let original = sample();
    assert_eq!(entity::<Everything>(&item(&original)).unwrap(), original);
}

#[derive(Debug, Clone)]
enum Edit {
    Flip(prop::sample::Index, u8),
    Insert(prop::sample::Index, u8),
    Delete(prop::sample::Index, usize),
    Copy(prop::sample::Index, prop::sample::Index, usize),
    Truncate(prop::sample::Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<prop::sample::Index>;
    let byte = || prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\":,\\ntfuSNBLM0123456789eE+-. ".to_vec())];
    prop_oneof![
        (index(), byte()).prop_map(|(at, byte)| Edit::Flip(at, byte)),
        (index(), byte()).prop_map(|(at, byte)| Edit::Insert(at, byte)),
        (index(), 1..20_usize).prop_map(|(at, count)| Edit::Delete(at, count)),
        (index(), index(), 1..60_usize).prop_map(|(from, to, count)| Edit::Copy(from, to, count)),
        index().prop_map(Edit::Truncate),
    ]
}

fn apply(bytes: &mut Vec<u8>, edit: &Edit) {
    let length = bytes.len();
    if length == 0 {
        return;
    }
    match *edit {
        Edit::Flip(at, byte) => bytes[at.index(length)] = byte,
        Edit::Insert(at, byte) => bytes.insert(at.index(length), byte),
        Edit::Delete(at, count) => {
            let from = at.index(length);
            bytes.drain(from..(from + count).min(length));
        }
        Edit::Copy(from, to, count) => {
            let from = from.index(length);
            let copied = bytes[from..(from + count).min(length)].to_vec();
            let to = to.index(length);
            bytes.splice(to..to, copied);
        }
        Edit::Truncate(at) => bytes.truncate(at.index(length)),
    }
}

/// Text that is nearly DynamoDB's.
fn soup() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\"",
        "\\",
        "\"S\"",
        "\"N\"",
        "\"B\"",
        "\"L\"",
        "\"M\"",
        "\"SS\"",
        "\"NS\"",
        "\"BS\"",
        "\"BOOL\"",
        "\"NULL\"",
        "true",
        "false",
        "null",
        "\"1\"",
        "\"1.5E3\"",
        "\"AQ==\"",
        "{\"S\":\"x\"}",
        "{\"N\":\"1\"}",
        "{\"M\":{",
        "{\"L\":[",
        "\"list\":",
        "\"map\":",
        "\"nested\":",
        "\"set\":",
        "\\u0041",
        "\\ud800",
        "1e5",
        "-",
        "é",
        "\u{0}",
    ];
    prop::collection::vec(prop::sample::select(PARTS), 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_items_never_panic(edits in prop::collection::vec(edit(), 1..6), nested in any::<bool>()) {
        let mut original = sample();
        if nested {
            original.nested = Some(Box::new(sample()));
        }
        let mut bytes = item(&original).into_bytes();
        for edit in edits {
            apply(&mut bytes, &edit);
        }
        read_everything(&bytes);
    }

    #[test]
    fn soup_never_panics(text in soup()) {
        read_everything(text.as_bytes());
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        read_everything(&bytes);
    }
}

#[test]
fn every_prefix_of_an_item_is_an_error() {
    let text = wire(&vec![Kind::Struct { a: true }, Kind::Tuple(1, 0.5)]);
    for length in 0..text.len() {
        let prefix = text.get(..length).unwrap();
        assert!(value::<Vec<Kind>>(prefix).is_err());
        read_everything(prefix.as_bytes());
    }
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    for unit in [
        "[",
        "{\"a\":",
        "{\"L\":[",
        "{\"M\":{\"a\":",
        "{\"M\":{\"nested\":",
        "{\"M\":{\"New\":",
        "{",
        "\"",
        "{\"NS\":[",
    ] {
        let text = unit.repeat(100_000);
        read_everything(text.as_bytes());
        read_everything(format!("{{\"list\":{text}").as_bytes());
        read_everything(format!("{{\"rest\":{text}").as_bytes());
    }
    let deep = format!("{}{}", "{\"L\":[".repeat(32), "]}".repeat(32));
    assert!(value::<serde_json::Value>(&deep).is_ok());
    let deeper = format!("{}{}", "{\"L\":[".repeat(65), "]}".repeat(65));
    assert_eq!(value::<serde_json::Value>(&deeper).unwrap_err().found(), Some("deeper nesting"));
    assert_eq!(Reader::from_str(&deeper).skip().unwrap_err().found(), Some("deeper nesting"));
}

#[derive(Serialize, Deserialize, Debug)]
struct Endless(Option<Box<Endless>>);
#[derive(Serialize, Debug)]
struct Chain {
    next: Option<Box<Chain>>,
}
#[derive(Serialize, Debug)]
enum Variants {
    End,
    New(Box<Variants>),
    Tuple(Box<Variants>, ()),
}

#[test]
fn a_newtype_around_itself_ends() {
    assert!(value::<Endless>(r#"{"S":"x"}"#).is_err());
    assert!(value::<Set<EndlessElement>>(r#"{"SS":["x"]}"#).is_err());
    assert!(value::<BTreeMap<EndlessElement, ()>>(r#"{"M":{"x":{"NULL":true}}}"#).is_err());
}
#[derive(Deserialize, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct EndlessElement(Option<Box<EndlessElement>>);

#[test]
fn writing_stops_at_dynamodbs_depth() {
    fn chain(length: usize) -> Chain {
        (0..length).fold(Chain { next: None }, |next, _| Chain { next: Some(Box::new(next)) })
    }
    // The outermost of 32 structs stands at depth 1.
    assert!(write_value(&mut Vec::new(), &chain(31)).is_ok());
    assert_eq!(write_error(&chain(32)).found(), Some("deeper nesting"));
    assert!(write_attributes(&mut Vec::new(), &chain(32), &Patch::default()).is_ok());
    assert!(write_attributes(&mut Vec::new(), &chain(33), &Patch::default()).is_err());
    let variants = |wrap: fn(Variants) -> Variants| (0..40).fold(Variants::End, |inner, _| wrap(inner));
    assert!(write_error(&variants(|inner| Variants::New(Box::new(inner)))).path().starts_with("New.New"));
    write_error(&variants(|inner| Variants::Tuple(Box::new(inner), ())));
}

#[test]
fn a_map_of_colliding_names_is_read_in_reasonable_time() {
    let members: Vec<_> = (0..20_000).map(|at| format!("\"k{at}\":{{\"N\":\"1\"}}")).collect();
    let text = format!("{{{}}}", members.join(","));
    assert_eq!(entity::<HashMap<String, u8>>(&text).unwrap().len(), 20_000);
}
