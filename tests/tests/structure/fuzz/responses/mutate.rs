//! Changes to a response's body: of its bytes, and of the values that it is made of.

use dynamodel_tests::storm::Random;
use serde_json::{Map, Value, json};

/// What it was, and the body.
pub fn mutated(body: &str, random: &mut Random) -> (String, String) {
    let (mut how, mut text) = (Vec::new(), body.to_owned());
    for _ in 0..=random.below(2) {
        let (name, changed) = match random.below(10) {
            0 => ("bytes", bytes(&text, random)),
            1 => ("cut off", cut(&text, random)),
            2 => ("a member twice", twice(&text, random)),
            3 => ("other keys", text.replace("#0-", "#1-").replace("\"0-", "\"1-")),
            _ => structure(&text, random).unwrap_or_else(|| ("bytes", bytes(&text, random))),
        };
        how.push(name);
        text = changed;
    }
    (how.join(", "), text)
}

fn place(random: &mut Random, length: usize) -> usize {
    usize::try_from(random.below(length as u64 + 1)).unwrap()
}

/// Some bits of some bytes are others.
fn bytes(text: &str, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(3) {
        let at = place(random, bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << random.below(8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn cut(text: &str, random: &mut Random) -> String {
    let at = place(random, text.len());
    String::from_utf8_lossy(&text.as_bytes()[..at]).into_owned()
}

/// A member of an object comes again in it, or in another one.
fn twice(text: &str, random: &mut Random) -> String {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return bytes(text, random) };
    let mut members = Vec::new();
    collect(&value, &mut members);
    let opening: Vec<_> = text.match_indices('{').map(|(at, _)| at).collect();
    if members.is_empty() || opening.is_empty() {
        return bytes(text, random);
    }
    let (name, value) = members[place(random, members.len() - 1)];
    let value = if random.percent(50) { value.clone() } else { other(value, random) };
    let at = opening[place(random, opening.len() - 1)] + 1;
    let comma = if text[at..].starts_with('}') { "" } else { "," };
    format!("{}{}:{value}{comma}{}", &text[..at], json!(name), &text[at..])
}

fn collect<'v>(value: &'v Value, members: &mut Vec<(&'v str, &'v Value)>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            members.push((name, value));
            collect(value, members);
        }),
        Value::Array(array) => array.iter().for_each(|value| collect(value, members)),
        _ => {}
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(object) => object.values().map(count).sum(),
        Value::Array(array) => array.iter().map(count).sum(),
        _ => 0,
    }
}

/// One of the values is changed: its members, its elements, or itself.
fn structure(text: &str, random: &mut Random) -> Option<(&'static str, String)> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let mut left = place(random, count(&value) - 1);
    let name = change(&mut value, &mut left, random)?;
    Some((name, value.to_string()))
}

fn change(value: &mut Value, left: &mut usize, random: &mut Random) -> Option<&'static str> {
    if *left == 0 {
        return Some(change_here(value, random));
    }
    *left -= 1;
    match value {
        Value::Object(object) => object.values_mut().find_map(|value| change(value, left, random)),
        Value::Array(array) => array.iter_mut().find_map(|value| change(value, left, random)),
        _ => None,
    }
}

const NAMES: [&str; 12] =
    ["S", "N", "M", "L", "NULL", "PK", "SK", "Item", "Items", "Attributes", "version", "UnprocessedItems"];

fn change_here(value: &mut Value, random: &mut Random) -> &'static str {
    if random.percent(25) {
        *value = other(value, random);
        return "another value";
    }
    match value {
        Value::Object(object) if !object.is_empty() => members(object, random),
        Value::Array(array) if !array.is_empty() => {
            let at = place(random, array.len() - 1);
            match random.below(4) {
                0 => drop(array.remove(at)),
                1 => array.push(array[at].clone()),
                2 => array.reverse(),
                _ => array[at] = other(&array[at], random),
            }
            "an array"
        }
        Value::String(text) => {
            *text = match text.parse::<f64>() {
                Ok(_) => numeral(text, random),
                Err(_) => word(text, random),
            };
            "a text"
        }
        Value::Number(_) => {
            *value = [json!(0), json!(-1), json!(1_000_000_000), json!(u64::MAX), json!(1.5)][place(random, 4)].clone();
            "a number"
        }
        _ => {
            *value = other(value, random);
            "another value"
        }
    }
}

fn members(object: &mut Map<String, Value>, random: &mut Random) -> &'static str {
    let names: Vec<_> = object.keys().cloned().collect();
    let name = &names[place(random, names.len() - 1)];
    let Some(old) = object.remove(name) else { return "nothing" };
    match random.below(4) {
        0 => "a member less",
        1 => {
            object.insert(word(name, random), old);
            "a member's name"
        }
        2 => {
            object.insert(NAMES[place(random, NAMES.len() - 1)].to_owned(), old);
            "another member's name"
        }
        _ => {
            let new = other(&old, random);
            object.insert(name.clone(), new);
            "a member's value"
        }
    }
}

fn numeral(text: &str, random: &mut Random) -> String {
    let forms = ["-1", "0", "1E125", "1E999", "NaN", "18446744073709551616", "1.5", "", "1e-200", " 1", "0x10"];
    match random.below(3) {
        0 => format!("{text}{}", random.below(10)),
        1 => "9".repeat(60),
        _ => forms[place(random, forms.len() - 1)].to_owned(),
    }
}

fn word(text: &str, random: &mut Random) -> String {
    match random.below(5) {
        0 => String::new(),
        1 => format!("{text}x"),
        2 => text.chars().rev().collect(),
        3 => "x".repeat(place(random, 100_000)),
        _ => bytes(text, random),
    }
}

/// A value of some other type, deep or long ones among them.
fn other(value: &Value, random: &mut Random) -> Value {
    match random.below(14) {
        0 | 1 => Value::Null,
        2 => json!(true),
        3 => json!(7),
        4 => json!("text"),
        5 => json!([]),
        6 => json!({}),
        7 => json!([value]),
        8 => json!({ "M": value }),
        9 => json!({ "S": "other" }),
        10 => json!({ "N": "12" }),
        11 => json!({ "NULL": true }),
        12 => (0..20 + random.below(30)).fold(json!({ "S": "deep" }), |inner, _| json!({ "L": [inner] })),
        _ => json!({ "L": vec![json!({ "N": "1" }); place(random, 2_000)] }),
    }
}
