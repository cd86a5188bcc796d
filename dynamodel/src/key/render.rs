//! From the values of fields to the value of a key attribute.

use super::parse::separator;
use super::{KeyPart, KeyValue, SegmentFault, check_limits};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{KeyAttribute, Pattern, Piece};

/// The value of a key attribute, its text borrowed from the buffer that it was rendered into.
#[derive(Debug)]
pub(crate) enum Rendered<'a> {
    Text(&'a str),
    Native(KeyValue),
}

/// Renders one key attribute from the values of its fields, in the template's order.
///
/// `None` where an absent field makes the index sparse.
///
/// # Errors
/// When a value has no text under the template, or the key is empty or too long.
pub(crate) fn render_into<'a>(
    key: &KeyAttribute,
    parts: &[&dyn KeyPart],
    scratch: &'a mut String,
) -> Result<Option<Rendered<'a>>> {
    let pieces = match key.pattern {
        Pattern::Template(pieces) => pieces,
        Pattern::Native { .. } => {
            let Some(value) = parts.first().and_then(|part| part.native()) else { return Ok(None) };
            check_limits(value.size(), key.attribute, key.position)?;
            return Ok(Some(Rendered::Native(value)));
        }
    };
    scratch.clear();
    if !text(key, pieces, parts, scratch)? {
        return Ok(None);
    }
    check_limits(scratch.len(), key.attribute, key.position)?;
    Ok(Some(Rendered::Text(scratch)))
}

/// Renders one key attribute into a value of its own.
///
/// # Errors
/// When a value has no text under the template, or the key is empty or too long.
pub fn render(key: &KeyAttribute, parts: &[&dyn KeyPart]) -> Result<Option<KeyValue>> {
    let mut scratch = String::with_capacity(64);
    Ok(match render_into(key, parts, &mut scratch)? {
        None => None,
        Some(Rendered::Native(value)) => Some(value),
        Some(Rendered::Text(_)) => Some(KeyValue::S(scratch)),
    })
}

/// Appends the text of the next field of a template, of which `pieces` is left.
///
/// # Errors
/// When the value has no text under the template.
pub(crate) fn extend_text(key: &KeyAttribute, pieces: &[Piece], part: &dyn KeyPart, out: &mut String) -> Result<()> {
    let Some((piece @ Piece::Field { .. }, after)) = pieces.split_first() else { return Ok(()) };
    if field(key, piece, after, part, out)? {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidKey, "is absent, and a range needs a value").at_attribute(key.attribute))
}

/// Appends the text; gives `false` when a field is absent.
fn text(key: &KeyAttribute, pieces: &[Piece], parts: &[&dyn KeyPart], out: &mut String) -> Result<bool> {
    let mut parts = parts.iter();
    let mut rest = pieces;
    while let [piece, after @ ..] = rest {
        rest = after;
        match piece {
            Piece::Literal(literal) => out.push_str(literal),
            Piece::Field { .. } => {
                let Some(part) = parts.next() else { return Ok(false) };
                if !field(key, piece, after, *part, out)? {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}

/// Appends the text of one field; gives `false` when it is absent.
fn field(key: &KeyAttribute, piece: &Piece, after: &[Piece], part: &dyn KeyPart, out: &mut String) -> Result<bool> {
    let Piece::Field { name, spec, .. } = piece else { return Ok(true) };
    let start = out.len();
    let written = part.text(*spec, out).and_then(|present| {
        if spec.raw {
            check_raw(out.get(start..).unwrap_or_default(), after)?;
        }
        Ok(present)
    });
    written.map_err(|fault| {
        Error::new(ErrorKind::InvalidKey, format!("the field `{name}` cannot stand in the key"))
            .at_attribute(key.attribute)
            .with_source(fault)
    })
}

/// A raw segment ends at the first character of what follows it, so it must not hold that character.
fn check_raw(value: &str, after: &[Piece]) -> Result<(), SegmentFault> {
    let separator = separator(after);
    match separator {
        Some(separator) if value.contains(separator) => Err(SegmentFault::new(format!(
            "the raw value {value:?} holds `{separator}`, at which its segment ends: it could not be read back"
        ))),
        _ => Ok(()),
    }
}
