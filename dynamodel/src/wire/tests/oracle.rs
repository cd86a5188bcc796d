//! The codec against `serde_dynamo`: the same meaning outside the documented differences.

use super::*;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_dynamo::AttributeValue;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap};

/// Values of every shape that both codecs know.
#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
enum Shape {
    Unit,
    Text(String),
    Char(char),
    Bool(bool),
    Small(i8),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Single(f32),
    Blob(serde_bytes::ByteBuf),
    Nothing(()),
    Maybe(Vec<Option<u8>>),
    List(Vec<Shape>),
    Pair(Box<Shape>, Box<Shape>),
    Map(BTreeMap<String, Shape>),
    Numbered(BTreeMap<i32, Shape>),
    Optional(HashMap<String, Option<Shape>>),
    Struct {
        id: String,
        inner: Box<Shape>,
        class: Class,
    },
    Internal(Internal),
    Adjacent(Box<Adjacent>),
    Untagged(Vec<Untagged>),
    #[serde(with = "serde_dynamo::string_set")]
    Strings(Vec<String>),
    #[serde(with = "serde_dynamo::number_set")]
    Numbers(Vec<i64>),
    #[serde(with = "serde_dynamo::binary_set")]
    Blobs(Vec<serde_bytes::ByteBuf>),
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
#[serde(rename_all = "kebab-case")]
enum Class {
    FirstClass,
    Second,
}
#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
#[serde(tag = "kind")]
enum Internal {
    Empty,
    Full { n: u64, f: f64, text: String, list: Vec<i64> },
}
#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Empty,
    One(Shape),
}
#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
#[serde(untagged)]
enum Untagged {
    Flag(bool),
    Int(i64),
    Text(String),
    Many(Vec<bool>),
}

/// Floats within DynamoDB's range: any bits, few digits, whole numbers.
fn float() -> impl Strategy<Value = f64> {
    // 2^-431 is above 1E-130, and 2^418 below 1E126.
    let bits =
        (any::<bool>(), 1023 - 431..1023 + 418_u64, 0..1_u64 << 52).prop_map(|(negative, exponent, fraction)| {
            f64::from_bits(u64::from(negative) << 63 | exponent << 52 | fraction)
        });
    let decimal = (any::<i32>(), -40..40_i32).prop_map(|(digits, exponent)| f64::from(digits) * 10_f64.powi(exponent));
    prop_oneof![bits, decimal, any::<i32>().prop_map(f64::from)]
}

/// Some floats lie halfway between their two shortest texts: `zmij` takes the even one, the standard library the upper.
fn one_shortest_text<T: zmij::Float + ToString>(float: T) -> bool {
    zmij::Buffer::new().format(float).parse::<Number>() == float.to_string().parse()
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,12}", any::<String>(), "[a-z]{0,40}"]
}

/// Text that may be a map's key.
fn name() -> impl Strategy<Value = String> {
    text().prop_filter("not empty", |text| !text.is_empty())
}

fn blob() -> impl Strategy<Value = serde_bytes::ByteBuf> {
    prop::collection::vec(any::<u8>(), 0..20).prop_map(serde_bytes::ByteBuf::from)
}

fn untagged() -> impl Strategy<Value = Untagged> {
    prop_oneof![
        any::<bool>().prop_map(Untagged::Flag),
        any::<i64>().prop_map(Untagged::Int),
        text().prop_map(Untagged::Text),
        prop::collection::vec(any::<bool>(), 0..3).prop_map(Untagged::Many),
    ]
}

fn scalar() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Unit),
        text().prop_map(Shape::Text),
        any::<char>().prop_map(Shape::Char),
        any::<bool>().prop_map(Shape::Bool),
        any::<i8>().prop_map(Shape::Small),
        any::<i64>().prop_map(Shape::Signed),
        any::<u64>().prop_map(Shape::Unsigned),
        float().prop_filter("no tie", |float| one_shortest_text(*float)).prop_map(Shape::Float),
        any::<f32>()
            .prop_filter("finite, no tie", |float| float.is_finite() && one_shortest_text(*float))
            .prop_map(Shape::Single),
        blob().prop_map(Shape::Blob),
        Just(Shape::Nothing(())),
        prop::collection::vec(any::<Option<u8>>(), 0..4).prop_map(Shape::Maybe),
        Just(Shape::Internal(Internal::Empty)),
        (
            any::<u64>(),
            float().prop_filter("no tie", |float| one_shortest_text(*float)),
            text(),
            prop::collection::vec(any::<i64>(), 0..3),
        )
            .prop_map(|(n, f, text, list)| Shape::Internal(Internal::Full { n, f, text, list })),
        prop::collection::vec(untagged(), 0..4).prop_map(Shape::Untagged),
        prop::collection::vec(text(), 1..4).prop_map(Shape::Strings),
        prop::collection::vec(any::<i64>(), 1..4).prop_map(Shape::Numbers),
        prop::collection::vec(blob(), 1..4).prop_map(Shape::Blobs),
    ]
}

fn shape() -> impl Strategy<Value = Shape> {
    scalar().prop_recursive(4, 40, 5, |inner| {
        let class = prop_oneof![Just(Class::FirstClass), Just(Class::Second)];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Shape::List),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| Shape::Pair(Box::new(one), Box::new(two))),
            prop::collection::btree_map(name(), inner.clone(), 0..20).prop_map(Shape::Map),
            prop::collection::btree_map(any::<i32>(), inner.clone(), 0..4).prop_map(Shape::Numbered),
            prop::collection::hash_map(name(), prop::option::of(inner.clone()), 0..4).prop_map(Shape::Optional),
            (text(), inner.clone(), class).prop_map(|(id, inner, class)| Shape::Struct {
                id,
                inner: Box::new(inner),
                class
            }),
            // No maps inside: through serde's buffer the integer keys of `Numbered` come back in no format.
            prop_oneof![Just(Adjacent::Empty), scalar().prop_map(Adjacent::One)]
                .prop_map(|adjacent| Shape::Adjacent(Box::new(adjacent))),
        ]
    })
}

/// What the SDK writes for an attribute value; numbers in their one text.
fn to_json(value: &AttributeValue) -> Json {
    use ::base64::Engine as _;
    let encode = |bytes: &Vec<u8>| ::base64::engine::general_purpose::STANDARD.encode(bytes);
    let number =
        |text: &String| text.parse::<Number>().map_or_else(|_| format!("? {text}"), |number| number.to_string());
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(text) => json!({ "N": number(text) }),
        AttributeValue::B(bytes) => json!({ "B": encode(bytes) }),
        AttributeValue::Bool(value) => json!({ "BOOL": value }),
        AttributeValue::Null(value) => json!({ "NULL": value }),
        AttributeValue::L(list) => json!({ "L": list.iter().map(to_json).collect::<Vec<_>>() }),
        AttributeValue::M(map) => {
            let members: serde_json::Map<_, _> =
                map.iter().map(|(name, value)| (name.clone(), to_json(value))).collect();
            json!({ "M": members })
        }
        AttributeValue::Ss(texts) => json!({ "SS": texts }),
        AttributeValue::Ns(texts) => json!({ "NS": texts.iter().map(number).collect::<Vec<_>>() }),
        AttributeValue::Bs(blobs) => json!({ "BS": blobs.iter().map(encode).collect::<Vec<_>>() }),
    }
}

/// The same value with whitespace between all tokens and other escapes.
fn reformatted(json: &Json) -> String {
    let pretty = serde_json::to_string_pretty(json).unwrap();
    pretty.chars().map(|char| if char.is_ascii() { char.to_string() } else { escaped(char) }).collect()
}

fn escaped(char: char) -> String {
    let units: Vec<_> = char.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect();
    units.concat()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_write_the_same_and_read_each_other(shape in shape()) {
        let ours = wire(&shape);
        let theirs: AttributeValue = serde_dynamo::to_attribute_value(&shape).unwrap();
        let json = to_json(&theirs);
        prop_assert_eq!(&serde_json::from_str::<Json>(&ours).unwrap(), &json);
        prop_assert_eq!(&value::<Shape>(&ours).unwrap(), &shape);
        prop_assert_eq!(&value::<Shape>(&reformatted(&json)).unwrap(), &shape);
        prop_assert_eq!(&serde_dynamo::from_attribute_value::<_, Shape>(theirs).unwrap(), &shape);
    }

    #[test]
    fn wide_integers_come_back(signed in any::<i128>(), unsigned in any::<u128>()) {
        let (signed, unsigned) = (signed / 10, unsigned / 10);
        prop_assert_eq!(value::<i128>(&wire(&signed)).unwrap(), signed);
        prop_assert_eq!(value::<u128>(&wire(&unsigned)).unwrap(), unsigned);
        prop_assert_eq!(Number::try_from(signed).unwrap().to_i128(), Some(signed));
    }

    #[test]
    fn floats_come_back_and_agree_with_numbers(float in float()) {
        let text = wire(&float);
        prop_assert_eq!(value::<f64>(&text).unwrap().to_bits(), (float + 0.0).to_bits());
        prop_assert_eq!(wire(&value::<Number>(&text).unwrap()), text);
    }

    #[test]
    fn numbers_are_ordered_as_floats_are(one in float(), two in float()) {
        let (a, b) = (Number::try_from(one).unwrap(), Number::try_from(two).unwrap());
        prop_assert_eq!(a.partial_cmp(&b), one.partial_cmp(&two));
    }

    #[test]
    fn an_items_size_never_exceeds_its_text(map in prop::collection::hash_map(name(), shape(), 0..5)) {
        let text = item(&map);
        prop_assert!(item_size(&text).unwrap() <= text.len());
    }
}
