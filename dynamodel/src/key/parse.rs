//! From the value of a key attribute back to the values of its fields.

use super::{KeyValue, SegmentFault};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{KeyAttribute, Pattern, Piece, Spec};

/// A key attribute taken apart.
#[derive(Debug)]
pub struct Parts<'a> {
    key: &'a KeyAttribute,
    found: Vec<(&'static str, Spec, &'a str)>,
    native: Option<(&'static str, &'a KeyValue)>,
}

/// What stands in the place of one field.
pub(super) enum Part<'a> {
    Text(&'a str, Spec),
    Native(&'a KeyValue),
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
                None => Err(error(key, SegmentFault::malformed("the template's literals", text))),
            },
            (Pattern::Template(_), other) => {
                Err(error(key, SegmentFault::wrong_kind(crate::schema::KeyKind::S, other)))
            }
        }
    }

    /// What stands in a field's place; `None` when the template does not name it.
    pub(super) fn find(&self, name: &str) -> Option<Part<'_>> {
        match self.native {
            Some((native, value)) if native == name => Some(Part::Native(value)),
            _ => {
                let (_, spec, text) = self.found.iter().find(|(found, ..)| *found == name)?;
                Some(Part::Text(text, *spec))
            }
        }
    }

    /// The error of a field whose place holds no value of its type.
    pub(super) fn unreadable(&self, fault: SegmentFault) -> Error {
        error(self.key, fault)
    }
}

fn error(key: &KeyAttribute, fault: SegmentFault) -> Error {
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

/// The character at which a segment ends.
pub(super) fn separator(after: &[Piece]) -> Option<char> {
    match after.first() {
        Some(Piece::Literal(literal)) => literal.chars().next(),
        _ => None,
    }
}
