//! The pull parser by itself.

use super::*;

#[test]
fn an_envelope_is_read_in_any_order() {
    let text =
        r#" { "Count" : 2 , "Items" : [ {"a":1} , [] ], "\u0045nd" : null, "Rest": {"x": [1.5e-3, "a\"", true]}} "#;
    let mut reader = Reader::new(text.as_bytes()).unwrap();
    let (mut count, mut items, mut end, mut rest) = ("", Vec::new(), false, "");
    reader
        .object(|reader, name| {
            match name {
                "Count" => count = reader.number()?,
                "Items" => reader.array(|reader| {
                    items.push(reader.raw()?);
                    Ok(())
                })?,
                "End" => end = reader.null()?,
                _ => rest = reader.raw()?,
            }
            Ok(())
        })
        .unwrap();
    reader.end().unwrap();
    assert_eq!((count, items, end), ("2", vec![r#"{"a":1}"#, "[]"], true));
    assert_eq!(rest, r#"{"x": [1.5e-3, "a\"", true]}"#);
}

#[test]
fn null_is_read_only_where_it_stands() {
    let mut reader = Reader::from_str(" null 1");
    assert!(reader.null().unwrap());
    assert!(!reader.null().unwrap());
    assert_eq!(reader.number().unwrap(), "1");
}

#[test]
fn a_clone_is_a_bookmark() {
    let mut reader = Reader::from_str(r#""a" "b""#);
    let mut bookmark = reader.clone();
    assert_eq!(reader.string().unwrap(), "a");
    assert_eq!(reader.string().unwrap(), "b");
    assert_eq!(bookmark.string().unwrap(), "a");
}

#[test]
fn only_well_formed_values_are_skipped() {
    for text in
        ["1", "-0", "0.5", "1e5", "1E-5", "-12.50e+3", "true", "null", "\"\\u0041\"", "[]", "{}", "[1,[2,{\"a\":{}}]]"]
    {
        let mut reader = Reader::from_str(text);
        assert_eq!(reader.raw().unwrap(), text);
        reader.end().unwrap();
    }
    for text in [
        "",
        "-",
        "01",
        "1.",
        ".5",
        "1e",
        "+1",
        "tru",
        "nul",
        "nulll",
        "\"",
        "\"\\x\"",
        "\"\n\"",
        "[",
        "[1",
        "[1,]",
        "[,]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "}",
        "'a'",
        "\"\\ud800\"",
        "True",
        "[1 2]",
    ] {
        let mut reader = Reader::from_str(text);
        assert!(reader.skip().is_err() || reader.end().is_err(), "{text}");
        assert!(serde_json::from_str::<serde_json::Value>(text).is_err(), "{text}");
    }
}

#[test]
fn a_callback_that_reads_nothing_is_an_error_not_a_loop() {
    assert!(Reader::from_str("[1,2]").array(|_| Ok(())).is_err());
    assert!(Reader::from_str(r#"{"a":1}"#).object(|_, _| Ok(())).is_err());
}

#[test]
fn escapes_beside_characters_of_every_length_are_read() {
    // Whatever stands around them, and wherever the words of eight bytes that are copied together begin.
    for character in ["a", "\u{e9}", "\u{4e16}", "\u{1f600}"] {
        for length in 0..12 {
            for tail in ["", "\\\\", "\\\"", "\\\\\\\"\\n", "\\u00e9z"] {
                let plain = character.repeat(length);
                let text = format!("\"{plain}\\n{plain}{tail}{plain}\" and more");
                let mut reader = Reader::from_str(&text);
                let expected: String = serde_json::from_str(text.strip_suffix(" and more").unwrap()).unwrap();
                assert_eq!(reader.string().unwrap(), expected);
            }
        }
    }
}
