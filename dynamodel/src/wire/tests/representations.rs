//! serde's attributes: `flatten`, `rename`, `default`, `with`, `skip` and what goes through serde's buffer.

use super::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Attributes {
    first_name: String,
    #[serde(rename = "x:y \"z\"")]
    odd: u8,
    #[serde(default)]
    absent: u8,
    #[serde(skip)]
    skipped: u8,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    empty: Vec<u8>,
    #[serde(with = "serde_bytes")]
    blob: Vec<u8>,
}

#[test]
fn names_defaults_and_functions() {
    let original = Attributes { first_name: "A".into(), odd: 1, absent: 0, skipped: 0, empty: vec![], blob: vec![1] };
    both_items(&original, r#"{"firstName":{"S":"A"},"x:y \"z\"":{"N":"1"},"absent":{"N":"0"},"blob":{"B":"AQ=="}}"#);
    let short = r#"{"x:y \u0022z\u0022":{"N":"1"},"\u0066irstName":{"S":"A"},"blob":{"B":"AQ=="}}"#;
    assert_eq!(entity::<Attributes>(short).unwrap(), original);
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Flat {
    id: String,
    none: Option<u8>,
    #[serde(flatten)]
    inner: FlatInner,
    #[serde(flatten)]
    rest: BTreeMap<String, u64>,
}
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct FlatInner {
    n: Number,
    f: f64,
    set: Set<u8>,
    no_set: Set<u8>,
    nothing: Option<String>,
}

#[test]
fn flatten_leaves_out_none_and_hides_nothing_from_the_map() {
    let original = Flat {
        id: "x".into(),
        none: None,
        inner: FlatInner {
            n: "1.25".parse().unwrap(),
            f: 3e20,
            set: Set::from([1]),
            no_set: Set::new(),
            nothing: None,
        },
        rest: [("a".to_owned(), 1), ("b".to_owned(), u64::MAX)].into(),
    };
    let text = concat!(
        r#"{"id":{"S":"x"},"n":{"N":"1.25"},"f":{"N":"300000000000000000000"},"set":{"NS":["1"]},"#,
        r#""a":{"N":"1"},"b":{"N":"18446744073709551615"}}"#
    );
    both_items(&original, text);
    assert_eq!(wire(&original), format!("{{\"M\":{text}}}"));
    assert_eq!(value::<Flat>(&wire(&original)).unwrap(), original);
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Buffered<T> {
    #[serde(flatten)]
    inner: Held<T>,
}
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Held<T> {
    n: T,
}

#[test]
fn wide_integers_through_serdes_buffer_are_errors_not_losses() {
    let wide = Buffered { inner: Held { n: u128::from(u64::MAX) + 1 } };
    let text = item(&wide);
    assert_eq!(text, r#"{"n":{"N":"18446744073709551616"}}"#);
    assert!(entity::<Buffered<u128>>(&text).is_err());
    assert!(entity::<Buffered<u128>>(r#"{"n":{"N":"1"}}"#).is_err());
    assert!(entity::<Buffered<i128>>(r#"{"n":{"N":"-99999999999999999999999999999999999999"}}"#).is_err());
}

#[test]
fn floats_through_serdes_buffer_are_what_they_were() {
    for float in [1e19, 1e22, 2_f64.powi(90), -1e30, 0.1, 1e100, f64::EPSILON, 3.0, -0.0, 1e37] {
        let original = Buffered { inner: Held { n: float } };
        assert_eq!(entity::<Buffered<f64>>(&item(&original)).unwrap(), original);
    }
}

#[test]
fn numbers_through_serdes_buffer_keep_their_digits_or_fail() {
    for (text, survives) in [
        ("0.1", true),
        ("123456789012345678", true),
        ("1E40", true),
        ("99.9999999999999", true),
        ("0.1234567890123456789", false),
        ("12345678901234567890123", false),
    ] {
        let original = Buffered { inner: Held { n: text.parse::<Number>().unwrap() } };
        match entity::<Buffered<Number>>(&item(&original)) {
            Ok(read) => assert!(survives && read == original, "{text}"),
            Err(error) => assert!(!survives, "{text}: {error}"),
        }
    }
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Strict {
    #[serde(rename = "a")]
    _a: u8,
}

#[test]
fn unknown_fields_can_be_denied() {
    let text = r#"{"PK":{"S":"x"},"a":{"N":"1"}}"#;
    let error = entity::<Strict>(text).unwrap_err();
    assert_eq!(error.found(), Some("attribute `PK`"));
    assert!(viewed::<Strict>(text, &ItemView { hide: &["PK"], extra: &[], watch: None }).is_ok());
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Dynamo {
    #[serde(with = "serde_dynamo::string_set")]
    s: BTreeSet<String>,
    #[serde(with = "serde_dynamo::number_set")]
    n: Vec<i32>,
    #[serde(with = "serde_dynamo::binary_set", skip_serializing_if = "Vec::is_empty", default)]
    b: Vec<serde_bytes::ByteBuf>,
}

#[test]
fn the_set_modules_of_serde_dynamo_are_honoured() {
    let original = Dynamo {
        s: ["x".to_owned(), "y\"".to_owned()].into(),
        n: vec![-1, 2],
        b: vec![serde_bytes::ByteBuf::from(b"a".to_vec())],
    };
    both_items(&original, r#"{"s":{"SS":["x","y\""]},"n":{"NS":["-1","2"]},"b":{"BS":["YQ=="]}}"#);
    #[derive(Serialize)]
    struct Wrong {
        #[serde(with = "serde_dynamo::string_set")]
        s: Vec<u8>,
    }
    let mut out = Vec::new();
    let error = write_attributes(&mut out, &Wrong { s: vec![1] }, &Patch::default()).unwrap_err();
    assert_eq!(error.to_string(), "`s[0]`: expected a string (S), found a number (N)");
    assert_eq!(wire(&Wrong { s: vec![] }), r#"{"M":{}}"#);
}

#[test]
fn the_types_of_the_room_work_in_other_formats() {
    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct All {
        set: Set<u8>,
        none: Set<u8>,
        number: Number,
        bytes: Bytes,
    }
    let all =
        All { set: Set::from([1, 2]), none: Set::new(), number: "1.50".parse().unwrap(), bytes: Bytes::from(b"a") };
    let json = serde_json::to_string(&all).unwrap();
    assert_eq!(json, r#"{"set":[1,2],"none":[],"number":"1.5","bytes":[97]}"#);
    assert_eq!(serde_json::from_str::<All>(&json).unwrap(), all);
    let short = r#"{"set":[2,1],"number":1.5,"bytes":[97]}"#;
    assert_eq!(serde_json::from_str::<All>(short).unwrap(), all);
}
