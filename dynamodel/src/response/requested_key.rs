//! Whether an item in a response is the one that was asked for: a response that belongs to another request must not pass for
//! this one's.

use crate::entity::{Entity, Key, Table, key_text_of};
use crate::error::{Error, ErrorKind};
use crate::wire::{CodecError, Number, Reader};
use serde::de::Error as _;
use std::borrow::Cow;

/// The names of a table's key attributes.
pub(crate) type KeyNames = [Option<&'static str>; 2];

/// The key that was asked for.
#[derive(Debug)]
pub(crate) struct RequestedKey {
    /// As DynamoDB JSON; other members may stand beside it.
    key: String,
    names: KeyNames,
}

/// Whether it is a number, and its text.
type Value<'a> = (bool, Cow<'a, str>);

impl RequestedKey {
    /// This key; `None` for one that cannot be sent.
    pub(crate) fn of<E: Entity>(key: &Key<E>) -> Option<Self> {
        let mut text = Vec::with_capacity(96);
        key.write(&mut text).ok()?;
        Some(Self { key: String::from_utf8(text).ok()?, names: [Some(E::Table::PARTITION_KEY), E::Table::SORT_KEY] })
    }

    /// The key that the body of a write names.
    pub(crate) fn by(body: &[u8], names: KeyNames) -> Option<Self> {
        let mut key = None;
        let read = Reader::new(body).ok()?.object(|reader, name| {
            match name {
                "Key" | "Item" => key = Some(reader.raw()?.to_owned()),
                _ => reader.skip()?,
            }
            Ok(())
        });
        read.ok()?;
        Some(Self { key: key?, names })
    }

    /// Whether an item has another key. One that comes without its key, as a part of an item may, does not say so.
    pub(crate) fn is_another(&self, item: Reader<'_>) -> bool {
        let asked = values(Reader::from_str(&self.key), self.names);
        let found = values(item, self.names);
        asked.iter().zip(&found).any(|pair| match pair {
            (Some(asked), Some(found)) => !is_same(asked, found),
            _ => false,
        })
    }

    /// What is to be said of it.
    pub(crate) fn wrong_item<T: Table>(&self) -> Error {
        let message = "the response holds an item of another key than the one that was asked for: it was altered on its way, or belongs to another request";
        Error::new(ErrorKind::Decode, message).at_key(key_text_of::<T>(&self.key))
    }
}

fn is_same((asked_is_number, asked): &Value<'_>, (found_is_number, found): &Value<'_>) -> bool {
    if asked_is_number != found_is_number {
        return false;
    }
    let number = |text: &str| text.parse::<Number>().map(|number| number.to_string()).ok();
    asked == found || (*asked_is_number && number(asked) == number(found))
}

/// The values of the key attributes, as far as they are there; one of no key's form is like none that is asked for. Nothing is
/// read behind the last of them.
fn values(mut item: Reader<'_>, names: KeyNames) -> [Option<Value<'_>>; 2] {
    let mut found = [None, None];
    let wanted = names.iter().flatten().count();
    let _ended = item.object(|reader, name| {
        let Some(place) = names.iter().position(|key| *key == Some(name)) else { return reader.skip() };
        let value = value(reader.raw()?).unwrap_or((false, Cow::Borrowed("")));
        if let Some(place) = found.get_mut(place) {
            *place = Some(value);
        }
        if found.iter().flatten().count() == wanted { Err(CodecError::custom("all are there")) } else { Ok(()) }
    });
    found
}

fn value(text: &str) -> Option<Value<'_>> {
    let mut found = None;
    let read = Reader::from_str(text).object(|reader, tag| {
        found = Some((tag == "N", reader.string()?));
        Ok(())
    });
    read.ok().and(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_another(body: &str, item: &str) -> bool {
        RequestedKey::by(body.as_bytes(), [Some("PK"), Some("SK")]).unwrap().is_another(Reader::from_str(item))
    }

    #[test]
    fn keys_are_compared_by_their_values() {
        let body = r#"{"TableName":"t","Key":{"PK":{"S":"a"},"SK":{"N":"10"}}}"#;
        for same in [
            r#"{"SK":{"N":"10"},"x":{"S":"y"},"PK":{"S":"a"}}"#,
            r#"{"PK":{"S":"\u0061"},"SK":{"N":"1E1"}}"#,
            r#"{"x":{"S":"y"}}"#,
            r#"{"PK":{"S":"a"}}"#,
            "{}",
        ] {
            assert!(!is_another(body, same), "{same}");
        }
        for other in [
            r#"{"PK":{"S":"b"},"SK":{"N":"10"}}"#,
            r#"{"PK":{"S":"a"},"SK":{"N":"11"}}"#,
            r#"{"PK":{"S":"a"},"SK":{"S":"10"}}"#,
            r#"{"SK":{"N":"1"}}"#,
            r#"{"PK":{"L":[]},"SK":{"N":"10"}}"#,
            r#"{"SK":{"N":"10"},"SK":{"L":[]},"PK":{"S":"b"}}"#,
        ] {
            assert!(is_another(body, other), "{other}");
        }
    }
}
