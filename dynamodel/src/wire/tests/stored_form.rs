//! What each Rust type becomes on the wire, and back.

use super::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

#[test]
fn scalars() {
    both(&"x".to_owned(), r#"{"S":"x"}"#);
    both(&String::new(), r#"{"S":""}"#);
    both(&'ß', r#"{"S":"ß"}"#);
    both(&true, r#"{"BOOL":true}"#);
    both(&false, r#"{"BOOL":false}"#);
    both(&(), r#"{"NULL":true}"#);
}

#[test]
fn bytes() {
    both(&Bytes::from(b"\x00\xFF\x10"), r#"{"B":"AP8Q"}"#);
    both(&Bytes::new(), r#"{"B":""}"#);
    both(&serde_bytes::ByteBuf::from(vec![1, 2]), r#"{"B":"AQI="}"#);
    // Longer than one step of the encoder.
    let long: Bytes = (0..5000_u32).map(|at| at.to_le_bytes()[0]).collect();
    assert_eq!(value::<Bytes>(&wire(&long)).unwrap(), long);
    // A `Vec<u8>` is a list of numbers to serde.
    both(&vec![1_u8, 2], r#"{"L":[{"N":"1"},{"N":"2"}]}"#);
}

#[test]
fn sequences_and_tuples() {
    both(&Vec::<u8>::new(), r#"{"L":[]}"#);
    both(&(1_u8, "a".to_owned(), true), r#"{"L":[{"N":"1"},{"S":"a"},{"BOOL":true}]}"#);
    both(&[[1_u8]; 2], r#"{"L":[{"L":[{"N":"1"}]},{"L":[{"N":"1"}]}]}"#);
    both(&vec![None, Some(1_u8)], r#"{"L":[{"NULL":true},{"N":"1"}]}"#);
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone, Copy)]
struct Unit;
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Newtype(u8);
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Pair(u8, String);

#[test]
fn structs_without_field_names() {
    both(&Unit, r#"{"NULL":true}"#);
    both(&Newtype(7), r#"{"N":"7"}"#);
    both(&Pair(7, "x".into()), r#"{"L":[{"N":"7"},{"S":"x"}]}"#);
    both(&Some(Newtype(7)), r#"{"N":"7"}"#);
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
    list: Vec<Option<u8>>,
    map: BTreeMap<String, Option<u8>>,
    last: Option<Wrapped>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Wrapped(Option<Option<u8>>);

#[test]
fn none_is_left_out_of_structs_at_every_level_and_null_elsewhere() {
    let outer = Outer { list: vec![None, Some(1)], map: [("k".to_owned(), None)].into(), ..Outer::default() };
    both_items(
        &outer,
        concat!(
            r#"{"id":{"S":""},"inner":{"M":{}},"list":{"L":[{"NULL":true},{"N":"1"}]},"#,
            r#""map":{"M":{"k":{"NULL":true}}}}"#
        ),
    );
    both(&Inner { a: None, b: Some("x".into()) }, r#"{"M":{"b":{"S":"x"}}}"#);
    both(&Inner { a: Some(1), b: None }, r#"{"M":{"a":{"N":"1"}}}"#);
}

#[test]
fn none_is_left_out_through_newtypes_and_options_of_options() {
    #[derive(Serialize)]
    struct Holder {
        wrapped: Wrapped,
        some_none: Option<Option<u8>>,
    }
    let holder = |inner| Holder { wrapped: Wrapped(inner), some_none: Some(None) };
    assert_eq!(item(&holder(None)), "{}");
    assert_eq!(item(&holder(Some(None))), "{}");
    assert_eq!(item(&holder(Some(Some(1)))), r#"{"wrapped":{"N":"1"}}"#);
}

#[test]
fn null_reads_as_none() {
    let text = r#"{"M":{"a":{"NULL":true},"b":{ "\u004eULL" : true }}}"#;
    assert_eq!(value::<Inner>(text).unwrap(), Inner::default());
    assert_eq!(value::<Option<u8>>(r#"{"NULL":true}"#).unwrap(), None);
    assert!(value::<Option<u8>>(r#"{"NULL":false}"#).is_err());
}

#[test]
fn a_field_written_by_a_function_can_be_none_too() {
    #[derive(Serialize)]
    struct Holder {
        #[serde(serialize_with = "nothing")]
        field: u8,
    }
    fn nothing<S: serde::Serializer>(_: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
    assert_eq!(item(&Holder { field: 1 }), "{}");
    assert_eq!(wire(&Holder { field: 1 }), r#"{"M":{}}"#);
}

#[test]
fn text_is_borrowed_where_it_holds_no_escape() {
    #[derive(Deserialize)]
    struct Borrowed<'a> {
        plain: &'a str,
        #[serde(borrow)]
        maybe: Cow<'a, str>,
    }
    let text = r#"{"plain":{"S":"abc"},"maybe":{"S":"a\nb"}}"#;
    let borrowed: Borrowed<'_> = viewed(text, &ItemView::default()).unwrap();
    assert_eq!(borrowed.plain, "abc");
    assert!(matches!(borrowed.maybe, Cow::Owned(ref text) if text == "a\nb"));
    assert!(viewed::<Borrowed<'_>>(r#"{"plain":{"S":"\n"},"maybe":{"S":""}}"#, &ItemView::default()).is_err());
}

#[test]
fn displayed_values_are_escaped_on_the_way() {
    struct Shown;
    impl Serialize for Shown {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&format_args!("a\"{}\n", 1))
        }
    }
    assert_eq!(wire(&Shown), r#"{"S":"a\"1\n"}"#);
    assert_eq!(wire(&HashMap::from([("k", Shown)])), r#"{"M":{"k":{"S":"a\"1\n"}}}"#);
}

#[test]
fn every_character_survives() {
    let all: String = ('\0'..=char::MAX).collect();
    assert_eq!(value::<String>(&wire(&all)).unwrap(), all);
    let as_json: serde_json::Value = serde_json::from_str(&wire(&all)).unwrap();
    assert_eq!(as_json["S"], all);
}

#[test]
fn the_writers_of_single_values_agree_with_serde() {
    let written = |write: fn(&mut Vec<u8>)| {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    };
    assert_eq!(written(|out| write_s(out, "a\"")), wire("a\""));
    assert_eq!(written(|out| write_n(out, "12")), wire(&12));
    assert_eq!(written(|out| write_b(out, b"ab")), wire(&Bytes::from(b"ab")));
    assert_eq!(written(|out| write_string(out, "\u{1F}\\\t\r")), r#""\u001f\\\t\r""#);
}

#[test]
fn a_list_stands_for_a_struct_as_in_serde_dynamo() {
    let inner: Inner = value(r#"{"L":[{"N":"1"},{"S":"x"}]}"#).unwrap();
    assert_eq!(inner, Inner { a: Some(1), b: Some("x".into()) });
}
