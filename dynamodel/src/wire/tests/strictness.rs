//! What is not DynamoDB's JSON is refused, and says what is wrong.

use super::*;
use std::collections::BTreeMap;

#[test]
fn whitespace_may_stand_anywhere() {
    let text =
        "\r\n{ \"M\" :\t{ \"a\" : { \"L\" : [ { \"N\" : \"1\" } , {\n\"N\":\"2\"} ] } , \"b\" :{\"L\": [ ] }} } ";
    let read: BTreeMap<String, Vec<u8>> = value(text).unwrap();
    assert_eq!(read, BTreeMap::from([("a".into(), vec![1, 2]), ("b".into(), vec![])]));
    assert_eq!(value::<Option<bool>>(" { \"NULL\" : true } ").unwrap(), None);
    assert_eq!(value::<Option<bool>>(" { \"BOOL\" : true } ").unwrap(), Some(true));
    assert_eq!(value::<Set<u8>>(" { \"NS\" : [ \"1\" , \"2\" ] } ").unwrap(), Set::from([1, 2]));
}

#[test]
fn escapes_are_read() {
    for (text, read) in [
        (r"\u0041\u00e9\u20AC", "Aé€"),
        (r"\ud83d\ude00", "😀"),
        (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r"plain text before\n", "plain text before\n"),
        ("ünï\\u0000", "ünï\0"),
    ] {
        assert_eq!(value::<String>(&format!("{{\"S\":\"{text}\"}}")).unwrap(), read);
    }
    assert_eq!(value::<u8>(r#"{"\u004E":"\u0031"}"#).unwrap(), 1);
}

#[test]
fn malformed_values_are_refused() {
    for (text, expected, found) in [
        (r#"{"S":5}"#, "a string's text in quotes", "'5' at byte 5"),
        (r#"{"N":5}"#, "a string (S)", "a number (N)"),
        (r#"{"S":"a","N":"1"}"#, "one type tag in an attribute value", "more than one"),
        (r#"{"X":"a"}"#, "a type tag (S, N, B, BOOL, NULL, L, M, SS, NS, BS)", "tag `X`"),
        (r#"{"s":"a"}"#, "a type tag (S, N, B, BOOL, NULL, L, M, SS, NS, BS)", "tag `s`"),
        ("{}", "a type tag", "an attribute value without one"),
        (r#""a""#, "an attribute value", "'\"' at byte 0"),
        ("", "an attribute value", "the end of the text"),
        (r#"{"S":"a"#, "the end of a string", "the end of the text"),
        (r#"{"S":"a""#, "`}`", "the end of the text"),
        (r#"{"S""#, "`:`", "the end of the text"),
        (r#"{"S":"a"}}"#, "the end of the text", "'}' at byte 9"),
        (r#"{"S":"a"} {"#, "the end of the text", "'{' at byte 10"),
        ("{\"S\":\"a\nb\"}", "a string's text", "'\\n' at byte 7"),
        ("{\"S\":\"a\0\"}", "a string's text", "'\\0' at byte 7"),
        (r#"{"S":"\x"}"#, "an escape", "'x' at byte 7"),
        (r#"{"S":"\u00g0"}"#, "four hexadecimal digits", "'g' at byte 10"),
        (r#"{"S":"\ud800"}"#, "the second half of a surrogate pair", "a lone surrogate"),
        (r#"{"S":"\ud800\u0041"}"#, "the second half of a surrogate pair", "a lone surrogate"),
        (r#"{"S":"\udc00"}"#, "a character", "a lone surrogate"),
        (r#"{S:"a"}"#, "a name in quotes", "'S' at byte 1"),
    ] {
        let error = value::<String>(text).unwrap_err();
        assert_eq!((error.expected(), error.found()), (Some(expected), Some(found)), "{text}");
    }
}

#[test]
fn malformed_containers_are_refused() {
    for text in [
        r#"{"L":{}}"#,
        r#"{"L":[}"#,
        r#"{"L":[{"S":"a"},]}"#,
        r#"{"L":[,{"S":"a"}]}"#,
        r#"{"L":[{"S":"a"} {"S":"b"}]}"#,
        r#"{"L":["a"]}"#,
        r#"{"L":[{"S":"a"}"#,
        r#"{"L":[{"S":"a"}]"#,
        r#"{"M":[]}"#,
    ] {
        assert!(value::<Vec<String>>(text).is_err(), "{text}");
        assert!(value::<serde_json::Value>(text).is_err(), "{text}");
    }
    for text in [
        r#"{"M":{"a"}}"#,
        r#"{"M":{"a":}}"#,
        r#"{"M":{"a":{"S":"x"},}}"#,
        r#"{"M":{a:{"S":"x"}}}"#,
        r#"{"M":{"a":{"S":"x"};"b":{"S":"x"}}}"#,
        r#"{"M":{"a":"x"}}"#,
    ] {
        assert!(value::<BTreeMap<String, String>>(text).is_err(), "{text}");
        assert!(value::<serde_json::Value>(text).is_err(), "{text}");
        assert!(value::<serde::de::IgnoredAny>(text).is_err() || text.contains(":\"x\"}"), "{text}");
    }
}

#[test]
fn malformed_base64_is_refused() {
    for text in ["A", "AQ", "AQ=", "AQI", "A===", "AQ==AQ==", "AR==", "AQI=\\n", "-_==", "AQ= =", "é"] {
        let error = value::<Bytes>(&format!("{{\"B\":\"{text}\"}}")).unwrap_err();
        assert_eq!(error.expected(), Some("Base64 text with padding"), "{text}");
    }
}

#[test]
fn what_is_not_utf8_is_refused() {
    assert_eq!(Reader::new(b"{\"S\":\"\xFF\"}").unwrap_err().expected(), Some("JSON text in UTF-8"));
}

#[test]
fn booleans_and_nulls_are_exact() {
    for text in [r#"{"BOOL":"true"}"#, r#"{"BOOL":1}"#, r#"{"BOOL":null}"#, r#"{"BOOL":truex}"#, r#"{"S":"true"}"#] {
        assert!(value::<bool>(text).is_err(), "{text}");
    }
    for text in [r#"{"NULL":false}"#, r#"{"NULL":null}"#, r#"{"NULL":"true"}"#, r#"{"NULL":true,"S":"a"}"#] {
        assert!(value::<()>(text).is_err(), "{text}");
        assert!(value::<Option<()>>(text).is_err(), "{text}");
    }
}
