//! Both sides must say the same before it matters which is faster.

use dynamodel::Number;
use serde_json::Value;

/// The request's body as JSON in one form: sets sorted, numbers by value, what is `NULL` left out.
pub fn normal(body: &[u8]) -> Value {
    let mut value = serde_json::from_slice(body).unwrap();
    normalise(&mut value);
    value
}

fn normalise(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| *member != serde_json::json!({"NULL": true}));
            for (name, member) in members {
                match (name.as_str(), &mut *member) {
                    ("N", Value::String(text)) => number(text),
                    ("NS", Value::Array(elements)) => {
                        for element in elements.iter_mut() {
                            if let Value::String(text) = element {
                                number(text);
                            }
                        }
                        sort(elements);
                    }
                    ("SS" | "BS", Value::Array(elements)) => sort(elements),
                    _ => normalise(member),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(normalise),
        _ => {}
    }
}

/// A number's one text.
fn number(text: &mut String) {
    *text = text.parse::<Number>().unwrap().to_string();
}

fn sort(elements: &mut [Value]) {
    elements.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
}
