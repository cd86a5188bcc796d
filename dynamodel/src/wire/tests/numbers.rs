//! Numbers of every kind.

use super::*;

#[test]
fn integers_of_every_width() {
    both(&i8::MIN, r#"{"N":"-128"}"#);
    both(&u8::MAX, r#"{"N":"255"}"#);
    both(&i16::MIN, r#"{"N":"-32768"}"#);
    both(&u32::MAX, r#"{"N":"4294967295"}"#);
    both(&i64::MIN, r#"{"N":"-9223372036854775808"}"#);
    both(&u64::MAX, r#"{"N":"18446744073709551615"}"#);
    both(&99_999_999_999_999_999_999_999_999_999_999_999_999_u128, r#"{"N":"99999999999999999999999999999999999999"}"#);
    both(
        &-99_999_999_999_999_999_999_999_999_999_999_999_999_i128,
        r#"{"N":"-99999999999999999999999999999999999999"}"#,
    );
    // 39 digits, the last of which is none.
    both(
        &340_282_366_920_938_463_463_374_607_431_768_211_450_u128,
        r#"{"N":"340282366920938463463374607431768211450"}"#,
    );
}

#[test]
fn integers_of_more_than_38_digits_are_refused() {
    for error in [write_error(&u128::MAX), write_error(&i128::MIN), write_error(&i128::MAX)] {
        assert_eq!(error.found(), Some("more than 38 significant digits"));
    }
}

#[test]
fn normalised_integers_are_exact() {
    for (text, number) in [
        ("5E0", 5_u64),
        ("1E2", 100),
        ("5.0", 5),
        ("500E-2", 5),
        ("0.5e1", 5),
        ("+5", 5),
        ("0005", 5),
        ("0", 0),
        ("-0", 0),
        ("0E50", 0),
        ("1.8446744073709551615E19", u64::MAX),
        ("18446744073709551615.000", u64::MAX),
    ] {
        let text = format!("{{\"N\":\"{text}\"}}");
        assert_eq!(value::<u64>(&text).unwrap(), number, "{text}");
        assert_eq!(value::<u128>(&text).unwrap(), u128::from(number), "{text}");
    }
    assert_eq!(value::<i64>(r#"{"N":"-9.223372036854775808E18"}"#).unwrap(), i64::MIN);
    assert_eq!(value::<u128>(r#"{"N":"340282366920938463463374607431768211455"}"#).unwrap(), u128::MAX);
    assert_eq!(value::<i128>(r#"{"N":"-170141183460469231731687303715884105728"}"#).unwrap(), i128::MIN);
}

#[test]
fn what_is_no_integer_of_the_type_is_refused() {
    for text in
        ["1.5", "1E-1", "", "-", "x", "1x", "0x1", "1 ", " 1", "--1", "1e", "1E+", ".", "inf", "NaN", "²", "1_0"]
    {
        assert!(value::<u64>(&format!("{{\"N\":\"{text}\"}}")).is_err(), "{text}");
        assert!(value::<i128>(&format!("{{\"N\":\"{text}\"}}")).is_err(), "{text}");
    }
    for text in ["256", "-1", "1E3", "999999999999999999999999999999999999999", "1E9999999999999999999"] {
        let error = value::<u8>(&format!("{{\"N\":\"{text}\"}}")).unwrap_err();
        assert_eq!(error.expected(), Some("a number (N) that fits u8"), "{text}");
    }
    assert!(value::<u128>(r#"{"N":"340282366920938463463374607431768211456"}"#).is_err());
    assert!(value::<i64>(r#"{"N":"9223372036854775808"}"#).is_err());
}

#[test]
fn floats_have_one_text_per_number() {
    for (float, text) in [
        (548.0, "548"),
        (0.0, "0"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (-1.5, "-1.5"),
        (1e16, "10000000000000000"),
        (1.5e16, "15000000000000000"),
        (1e30, "1000000000000000000000000000000"),
        (1e-7, "0.0000001"),
        (1e-20, "0.00000000000000000001"),
        (1.25e-21, "0.00000000000000000000125"),
        (1.25e-22, "1.25E-22"),
        (1e39, "1000000000000000000000000000000000000000"),
        (1e40, "1E40"),
        (-1.5e100, "-1.5E100"),
        (9.9e125, "9.9E125"),
        (1e-130, "1E-130"),
    ] {
        both(&float, &format!("{{\"N\":\"{text}\"}}"));
        let number = Number::try_from(float).unwrap();
        assert_eq!(number.to_string(), text);
        assert!((number.to_f64() - float).abs() <= 0.0);
    }
    both(&0.1_f32, r#"{"N":"0.1"}"#);
    both(&16_777_216_f32, r#"{"N":"16777216"}"#);
}

#[test]
fn floats_beyond_the_range_are_refused() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e126, -1e126, 9.9e-131, f64::MAX, f64::MIN_POSITIVE] {
        assert_eq!(write_error(&float).expected().map(|words| words.contains("number")), Some(true), "{float}");
        assert!(Number::try_from(float).is_err());
    }
    assert!(!wire(&f32::MAX).is_empty());
    assert!(write_error(&f32::NAN).to_string().contains("NaN"));
}

#[test]
fn floats_read_any_number_and_nothing_else() {
    for (text, float) in [("1", 1.0), ("1E2", 100.0), (".5", 0.5), ("5.", 5.0), ("-1e-3", -0.001), ("1E-400", 0.0)] {
        assert!((value::<f64>(&format!("{{\"N\":\"{text}\"}}")).unwrap() - float).abs() <= 0.0, "{text}");
    }
    for text in ["", "inf", "-inf", "nan", "infinity", "1E400", "-1E400", "e", "1x", "1..2", "1e1e1", "+-1"] {
        assert!(value::<f64>(&format!("{{\"N\":\"{text}\"}}")).is_err(), "{text}");
        assert!(value::<f32>(&format!("{{\"N\":\"{text}\"}}")).is_err(), "{text}");
    }
    assert!(value::<f32>(r#"{"N":"1E39"}"#).is_err());
    assert!(value::<f64>(r#"{"S":"1"}"#).is_err());
}

#[test]
fn numbers_are_canonical_and_ordered_by_value() {
    for (text, canonical) in [
        ("0", "0"),
        ("-0.00", "0"),
        ("007", "7"),
        ("1.50", "1.5"),
        ("+1.5E1", "15"),
        ("-1200E-2", "-12"),
        ("0.00012", "0.00012"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("1E125", "1E125"),
        ("100E-132", "1E-130"),
        ("0E999999999999999999999", "0"),
        ("1234.5678E100", "1.2345678E103"),
    ] {
        let number: Number = text.parse().unwrap();
        assert_eq!(number.to_string(), canonical);
        assert_eq!(canonical.parse::<Number>().unwrap(), number);
        both(&number, &format!("{{\"N\":\"{canonical}\"}}"));
    }
    let texts =
        ["-1E125", "-100", "-12.1", "-12", "-0.5", "0", "1E-130", "0.05", "0.5", "0.51", "1", "9", "10", "12", "1E40"];
    let numbers: Vec<Number> = texts.iter().map(|text| text.parse().unwrap()).collect();
    assert!(numbers.is_sorted());
    assert!(numbers.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn what_dynamodb_cannot_hold_is_no_number() {
    for text in [
        "",
        "-",
        ".",
        "e1",
        "1e",
        "abc",
        "1 ",
        "NaN",
        "1.2.3",
        "1E126",
        "1E-131",
        "123456789012345678901234567890123456789",
        "1E99999999999999999999",
    ] {
        assert!(text.parse::<Number>().is_err(), "{text}");
        assert!(value::<Number>(&format!("{{\"N\":\"{text}\"}}")).is_err(), "{text}");
    }
    let long = format!("1{}", "0".repeat(1_000_000));
    assert!(long.parse::<Number>().is_err());
    assert!(value::<Number>(r#"{"S":"1"}"#).is_err());
}

#[test]
fn numbers_convert() {
    assert_eq!(Number::from(u64::MAX).to_string(), u64::MAX.to_string());
    assert_eq!(Number::from(i64::MIN).to_i128(), Some(i64::MIN.into()));
    assert_eq!("1.5".parse::<Number>().unwrap().to_i128(), None);
    assert_eq!("1E30".parse::<Number>().unwrap().to_i128(), Some(10_i128.pow(30)));
    assert_eq!("1E100".parse::<Number>().unwrap().to_i128(), None);
    assert!(Number::try_from(u128::MAX).is_err());
    assert_eq!(Number::default(), Number::from(0));
}

#[test]
fn a_visitor_of_anything_gets_the_smallest_type() {
    use serde_json::Value;
    for (text, json) in [
        ("1", "1"),
        ("-1", "-1"),
        ("18446744073709551615", "18446744073709551615"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("1E2", "100"),
        ("0.5", "0.5"),
        ("1E30", "1e30"),
        ("0.123456789012345678901", "0.12345678901234568"),
    ] {
        let read: Value = value(&format!("{{\"N\":\"{text}\"}}")).unwrap();
        assert_eq!(read, serde_json::from_str::<Value>(json).unwrap(), "{text}");
    }
    assert!(value::<Value>(r#"{"N":"1E999"}"#).is_err());
    assert!(value::<Value>(r#"{"N":"x"}"#).is_err());
}

#[cfg(feature = "rust_decimal")]
#[test]
fn decimals() {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Serialize};
    #[derive(Serialize, Deserialize, Debug, PartialEq)]
    struct Price {
        #[serde(with = "crate::wire::decimal")]
        amount: Decimal,
    }
    both_items(&Price { amount: Decimal::new(-1990, 2) }, r#"{"amount":{"N":"-19.9"}}"#);
    for decimal in [Decimal::MAX, Decimal::MIN, Decimal::ZERO, Decimal::new(1, 28)] {
        assert_eq!(Decimal::try_from(Number::from(decimal)).unwrap(), decimal);
    }
    for text in ["1E40", "1E-29", "12345678901234567890123456789012345678"] {
        assert!(Decimal::try_from(text.parse::<Number>().unwrap()).is_err(), "{text}");
    }
    assert_eq!(Decimal::try_from("1E-22".parse::<Number>().unwrap()).unwrap(), Decimal::new(1, 22));
}
