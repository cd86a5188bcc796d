//! From the value of a key attribute back to the values of its fields.

use super::render::separator;
use super::{KeySegment, KeyValue, SegmentFault};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{KeyAttribute, Pattern, Piece, Spec};

/// A key attribute taken apart.
#[derive(Debug)]
pub struct Parts<'a> {
    key: &'a KeyAttribute,
    found: Vec<(&'static str, Spec, &'a str)>,
    native: Option<(&'static str, &'a KeyValue)>,
}

impl<'a> Parts<'a> {
    /// Takes the value of a key attribute apart by its template.
    ///
    /// # Errors
    /// When the value does not have the template's form.
    pub fn of(key: &'a KeyAttribute, value: &'a KeyValue) -> Result<Self> {
        match (key.pattern, value) {
            (Pattern::Native { name, .. }, value) => Ok(Self { key, found: Vec::new(), native: Some((name, value)) }),
            (Pattern::Template(pieces), KeyValue::S(text)) => match split(pieces, text) {
                Some(found) => Ok(Self { key, found, native: None }),
                None => Err(fault(key, SegmentFault::malformed("the template's literals", text))),
            },
            (Pattern::Template(_), other) => {
                Err(fault(key, SegmentFault::wrong_kind(crate::schema::KeyKind::S, other)))
            }
        }
    }

    /// The value of a field; `None` when the template does not name it.
    ///
    /// # Errors
    /// When the text in its place is no value of its type.
    pub fn field<T: KeySegment>(&self, name: &str) -> Result<Option<T>> {
        let value = match self.native {
            Some((native, value)) if native == name => T::from_native(value).map(Some),
            _ => match self.found.iter().find(|(found, ..)| *found == name) {
                Some((_, spec, text)) => T::parse(text, *spec).map(Some),
                None => Ok(None),
            },
        };
        value.map_err(|fault_| fault(self.key, fault_))
    }
}

fn fault(key: &KeyAttribute, fault: SegmentFault) -> Error {
    Error::new(
        ErrorKind::InvalidKey,
        "the key does not have the form of its template; was it written by something else?",
    )
    .at_attribute(key.attribute)
    .with_source(fault)
}

fn split<'a>(pieces: &[Piece], text: &'a str) -> Option<Vec<(&'static str, Spec, &'a str)>> {
    let mut rest = text;
    let mut found = Vec::new();
    let mut left = pieces;
    while let [piece, after @ ..] = left {
        left = after;
        match piece {
            Piece::Literal(literal) => rest = rest.strip_prefix(literal)?,
            Piece::Field { name, spec, .. } => {
                // A field ends at `#`, whatever its template; a raw one at the character that follows it there.
                let end = if spec.raw { separator(after).and_then(|end| rest.find(end)) } else { rest.find('#') };
                let (value, tail) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
                found.push((*name, *spec, value));
                rest = tail;
            }
        }
    }
    rest.is_empty().then_some(found)
}
