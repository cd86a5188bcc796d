//! A primary key without its entity: what a request is about, and what an item in a response is compared with.

use super::Table;
use crate::error::{Error, ErrorKind};
use crate::key::KeyValue;
use crate::wire::{self, CodecError, Number, Reader};
use serde::de::Error as _;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The values of an item's key attributes, with the attributes' names. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PrimaryKey(Arc<Parts>);

#[derive(Debug, PartialEq, Eq, Hash)]
struct Parts {
    names: KeyNames,
    partition: KeyValue,
    sort: Option<KeyValue>,
}

/// The names of a table's key attributes.
pub(crate) type KeyNames = [Option<&'static str>; 2];

/// Whether it is a number, and its text.
type Found<'a> = (bool, Cow<'a, str>);

impl PrimaryKey {
    /// A key of a table whose key attributes have these names.
    pub(crate) fn new(names: KeyNames, partition: KeyValue, sort: Option<KeyValue>) -> Self {
        Self(Arc::new(Parts { names, partition, sort }))
    }

    /// A key of the table.
    pub(crate) fn of<T: Table>(partition: KeyValue, sort: Option<KeyValue>) -> Self {
        Self::new([Some(T::PARTITION_KEY), T::SORT_KEY], partition, sort)
    }

    pub(crate) fn partition(&self) -> &KeyValue {
        &self.0.partition
    }

    pub(crate) fn sort(&self) -> Option<&KeyValue> {
        self.0.sort.as_ref()
    }

    fn attributes(&self) -> impl Iterator<Item = (&'static str, &KeyValue)> {
        let values = [Some(&self.0.partition), self.0.sort.as_ref()];
        self.0.names.into_iter().flatten().zip(values.into_iter().flatten())
    }

    /// Appends it as DynamoDB JSON.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for (at, (name, value)) in self.attributes().enumerate() {
            out.push(if at == 0 { b'{' } else { b',' });
            wire::write_string(out, name);
            out.push(b':');
            value.write(out);
        }
        out.push(b'}');
    }

    /// Whether an item has another key. One that comes without its key, as a part of an item may, does not say so. Nothing is
    /// read behind the last of the key's attributes.
    pub(crate) fn is_another(&self, mut item: Reader<'_>) -> bool {
        let (mut another, mut missing) = (false, self.attributes().count());
        let _ended = item.object(|reader, name| {
            let Some((_, wanted)) = self.attributes().find(|(attribute, _)| *attribute == name) else {
                return reader.skip();
            };
            let found = value(reader.raw()?).unwrap_or((false, Cow::Borrowed("")));
            another |= !is_same(wanted, &found);
            missing = missing.saturating_sub(1);
            if another || missing == 0 { Err(CodecError::custom("it is known")) } else { Ok(()) }
        });
        another
    }

    /// The error of a response that holds an item of another key.
    pub(crate) fn wrong_item(&self) -> Error {
        let message = "the response holds an item of another key than the one that was asked for: it was altered on its way, or belongs to another request";
        Error::new(ErrorKind::Decode, message).at_key(self)
    }
}

fn is_same(wanted: &KeyValue, (is_number, found): &Found<'_>) -> bool {
    let number = |text: &str| text.parse::<Number>().map(|number| number.to_string()).ok();
    match wanted {
        KeyValue::S(text) => !is_number && text == found,
        KeyValue::N(text) => *is_number && (text == found || number(text) == number(found)),
        KeyValue::B(bytes) => {
            let mut wanted = Vec::with_capacity(bytes.len() * 2);
            wire::write_b(&mut wanted, bytes);
            let wanted = String::from_utf8_lossy(&wanted);
            value(&wanted).is_some_and(|(_, wanted)| wanted == *found)
        }
    }
}

/// A key attribute's value; `None` for one of no key's form, which is like none that is asked for.
fn value(text: &str) -> Option<Found<'_>> {
    let mut found = None;
    let read = Reader::from_str(text).object(|reader, tag| {
        found = Some((tag == "N", reader.string()?));
        Ok(())
    });
    read.ok().and(found)
}

impl fmt::Display for PrimaryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.sort {
            Some(sort) => write!(f, "{} / {sort}", self.0.partition),
            None => write!(f, "{}", self.0.partition),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_compared_by_their_values() {
        let key = PrimaryKey::new([Some("PK"), Some("SK")], "a".into(), Some(KeyValue::N("10".into())));
        for same in [
            r#"{"SK":{"N":"10"},"x":{"S":"y"},"PK":{"S":"a"}}"#,
            r#"{"PK":{"S":"\u0061"},"SK":{"N":"1E1"}}"#,
            r#"{"x":{"S":"y"}}"#,
            r#"{"PK":{"S":"a"}}"#,
            "{}",
        ] {
            assert!(!key.is_another(Reader::from_str(same)), "{same}");
        }
        for other in [
            r#"{"PK":{"S":"b"},"SK":{"N":"10"}}"#,
            r#"{"PK":{"S":"a"},"SK":{"N":"11"}}"#,
            r#"{"PK":{"S":"a"},"SK":{"S":"10"}}"#,
            r#"{"SK":{"N":"1"}}"#,
            r#"{"PK":{"L":[]},"SK":{"N":"10"}}"#,
            r#"{"SK":{"N":"10"},"SK":{"L":[]},"PK":{"S":"b"}}"#,
        ] {
            assert!(key.is_another(Reader::from_str(other)), "{other}");
        }
        let bytes = PrimaryKey::new([Some("PK"), None], KeyValue::B(vec![0, 1, 2]), None);
        assert!(!bytes.is_another(Reader::from_str(r#"{"PK":{"B":"AAEC"}}"#)));
        assert!(bytes.is_another(Reader::from_str(r#"{"PK":{"B":"AAED"}}"#)));
    }

    #[test]
    fn it_is_written_as_dynamodb_json() {
        let mut out = Vec::new();
        PrimaryKey::new([Some("PK"), Some("SK")], "a\"".into(), Some(KeyValue::N("10".into()))).write(&mut out);
        assert_eq!(out, br#"{"PK":{"S":"a\""},"SK":{"N":"10"}}"#);
    }
}
