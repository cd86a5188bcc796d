//! What errors say.

use super::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize, Debug)]
struct Cart {
    lines: Vec<Line>,
    #[serde(default)]
    prices: BTreeMap<String, Vec<u8>>,
}
#[derive(Serialize, Deserialize, Debug)]
struct Line {
    qty: u32,
    #[serde(default)]
    odd: f64,
}

#[test]
fn reading_says_where_and_what() {
    for (text, message) in [
        (
            r#"{"lines":{"L":[{"M":{"qty":{"N":"1"}}},{"M":{"qty":{"S":"1"}}}]}}"#,
            "`lines[1].qty`: expected a number (N), found a string (S)",
        ),
        (r#"{"lines":{"L":[{"M":{}}]}}"#, "`lines[0]`: missing field `qty`"),
        ("{}", "missing field `lines`"),
        (r#"{"lines":{"SS":["a"]}}"#, "`lines[0]`: expected struct Line, found a string (S)"),
        (r#"{"lines":{"M":{}}}"#, "`lines`: expected a list (L) or a set (SS, NS, BS), found a map (M)"),
        (
            r#"{"lines":{"L":[]},"prices":{"M":{"\u0061":{"L":[{"N":"1"},{"N":"256"}]}}}}"#,
            "`prices.a[1]`: expected a number (N) that fits u8, found a number outside its range",
        ),
        (
            r#"{"lines":{"L":[{"M":{"qty":{"N":"1.5"}}}]}}"#,
            "`lines[0].qty`: expected a number (N) that fits u32, found a number with a fraction, or a larger one",
        ),
        (
            r#"{"lines":{"L":[{"M":{"qty":"x"}}]}}"#,
            "`lines[0].qty`: expected an attribute value, found '\"' at byte 27",
        ),
        (r#"{"lines":{"L":[]},"lines":{"L":[]}}"#, "duplicate field `lines`"),
    ] {
        assert_eq!(entity::<Cart>(text).unwrap_err().to_string(), message);
    }
}

#[test]
fn parts_are_there_apart() {
    let error = entity::<Cart>(r#"{"lines":{"L":[{"M":{"qty":{"BOOL":true}}}]}}"#).unwrap_err();
    assert_eq!(error.path(), "lines[0].qty");
    assert_eq!(error.expected(), Some("a number (N)"));
    assert_eq!(error.found(), Some("a boolean (BOOL)"));
    assert_eq!(error.message(), "expected a number (N), found a boolean (BOOL)");
    assert_eq!(std::mem::size_of_val(&error), std::mem::size_of::<usize>());
    fn is_error<T: std::error::Error + Send + Sync + 'static>(_: &T) {}
    is_error(&error);
}

#[test]
fn writing_says_where() {
    let lines = vec![Line { qty: 1, odd: 0.0 }, Line { qty: 1, odd: f64::NAN }];
    let cart = Cart { lines, prices: BTreeMap::new() };
    let error = write_attributes(&mut Vec::new(), &cart, &Patch::default()).unwrap_err();
    assert_eq!(error.to_string(), "`lines[1].odd`: expected a finite number, found NaN");
    let error = write_error(&BTreeMap::from([("a\"", 1.0), ("b", f64::INFINITY)]));
    assert_eq!(error.path(), "b");
    let error = write_error(&BTreeMap::from([("a\"", f64::INFINITY)]));
    assert_eq!(error.path(), "a\"");
    #[derive(Serialize)]
    enum E {
        V(Vec<f64>),
    }
    assert_eq!(write_error(&E::V(vec![f64::NAN])).path(), "V[0]");
}

#[test]
fn no_text_of_an_attribute_is_repeated() {
    let error = value::<u8>(r#"{"S":"secret"}"#).unwrap_err();
    assert!(!error.to_string().contains("secret"));
    let error = value::<char>(r#"{"S":"secret"}"#).unwrap_err();
    assert!(!error.to_string().contains("secret"));
    #[derive(Deserialize, Debug)]
    struct Tagged {
        #[serde(flatten)]
        _line: Line,
    }
    let error = entity::<Tagged>(r#"{"qty":{"S":"secret"}}"#).unwrap_err();
    assert_eq!(error.to_string(), "expected a number (N) that fits u32, found a string (S)");
}

#[test]
fn long_names_are_cut() {
    let name = "x".repeat(1000);
    let error = value::<u8>(&format!("{{\"{name}\":1}}")).unwrap_err();
    assert!(error.to_string().len() < 300);
}
