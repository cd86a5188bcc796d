//! Messages of other crates' types, with the values of the item taken out.

use crate::wire::{CodecError, Reader};

/// What stands in a message in place of a value.
const HIDDEN: &str = "…";

/// Shorter values tell nothing, and would be found in the midst of words.
const SHORTEST: usize = 3;

/// The message without the texts, numbers and binaries that the item holds: a type's own `Deserialize` may repeat what it
/// could not read. Without the item, a sentence in its place.
pub(super) fn conceal(message: String, item: &str) -> String {
    if item.is_empty() {
        return "its type does not take the value".to_owned();
    }
    let mut values = Vec::new();
    // What cannot be read to its end has shown its values up to there.
    let _read = Reader::from_str(item).object(|reader, _| scalars(reader, &mut values));
    without(message, values)
}

/// The message without the texts, numbers and binaries that a request has sent: in items, keys and the values of expressions.
pub(crate) fn conceal_sent(message: String, request: &[u8]) -> String {
    let mut values = Vec::new();
    // Requests are this library's own.
    let _read = Reader::new(request).and_then(|mut reader| sent(&mut reader, &mut values));
    without(message, values)
}

fn without(mut message: String, mut values: Vec<String>) -> String {
    // A value may be a part of another one.
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    for value in values {
        if message.contains(&value) {
            message = message.replace(&value, HIDDEN);
        }
    }
    message
}

/// The scalars in the body of a request, or of an action in it.
fn sent(reader: &mut Reader<'_>, out: &mut Vec<String>) -> Result<(), CodecError> {
    reader.object(|reader, name| match name {
        "Item" | "Key" | "ExclusiveStartKey" | "ExpressionAttributeValues" => {
            reader.object(|reader, _| scalars(reader, out))
        }
        // `[{"Put":{..}}]`
        "TransactItems" => reader.array(|reader| reader.object(|reader, _| sent(reader, out))),
        _ => reader.skip(),
    })
}

/// The scalars of one attribute value.
fn scalars(reader: &mut Reader<'_>, out: &mut Vec<String>) -> Result<(), CodecError> {
    reader.object(|reader, tag| match tag {
        "S" | "N" | "B" => {
            keep(&reader.string()?, out);
            Ok(())
        }
        "SS" | "NS" | "BS" => reader.array(|reader| {
            keep(&reader.string()?, out);
            Ok(())
        }),
        "L" => reader.array(|reader| scalars(reader, out)),
        "M" => reader.object(|reader, _| scalars(reader, out)),
        _ => reader.skip(),
    })
}

fn keep(value: &str, out: &mut Vec<String>) {
    if value.chars().count() >= SHORTEST {
        out.push(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind_are_taken_out_of_a_message_and_words_stay() {
        let item = r#"{"a":{"S":"hunter2"},"b":{"L":[{"M":{"c":{"N":"4711"}}}]},"d":{"SS":["swordfish","no"]}}"#;
        let message = "no unit `hunter2`, 4711 or swordfish is known".to_owned();
        assert_eq!(conceal(message, item), "no unit `…`, … or … is known");
    }
}
