//! The size of items.

use super::*;

#[test]
fn sizes_by_dynamodbs_rules() {
    for (text, size) in [
        ("{}", 0),
        (r#"{"ä":{"S":"\u00e4b"}}"#, 2 + 3),
        (r#"{"a":{"N":"0"}}"#, 1 + 1),
        (r#"{"a":{"N":"-1000"}}"#, 1 + 3),
        (r#"{"a":{"N":"0.00120"}}"#, 1 + 2),
        (r#"{"a":{"N":"123E10"}}"#, 1 + 3),
        (r#"{"a":{"B":"AQI="}}"#, 1 + 2),
        (r#"{"a":{"B":""}}"#, 1),
        (r#"{"a":{"BOOL":true},"b":{"NULL":true}}"#, 2 + 2),
        (r#"{"a":{"L":[]}}"#, 1 + 3),
        (r#"{"a":{"L":[{"S":"xy"},{"M":{"k":{"S":"z"}}}]}}"#, 1 + 3 + 1 + 2 + 1 + (3 + 1 + 1 + 1)),
        (r#"{"a":{"NS":["1","-12"]}}"#, 1 + 2 + 3),
        (r#"{"a":{"BS":["AQI=","AQ=="]}}"#, 1 + 3),
        (" { \"a\" : { \"S\" : \"x\" } } ", 2),
    ] {
        assert_eq!(item_size(text).unwrap(), size, "{text}");
        assert!(size <= text.len());
    }
}

#[test]
fn what_is_no_item_has_no_size() {
    for text in ["", "{", "[]", r#"{"a":1}"#, r#"{"a":{"X":1}}"#, "{} x", r#"{"a":{"L":[{"S":1}]}}"#] {
        assert!(item_size(text).is_err(), "{text}");
    }
    assert_eq!(item_size(r#"{"a":{"L":[{"S":"x"},{"S":1}]}}"#).unwrap_err().path(), "a[1]");
}
