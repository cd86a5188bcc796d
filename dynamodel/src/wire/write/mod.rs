//! The serializers: from a serde value to wire text.

mod element;
mod frame;
mod item;
mod key;
mod list;
mod map;
mod refuse;
mod set;
mod value;

use super::error::CodecError;
use serde::Serialize;

pub use item::Patch;

/// The first byte of every newtype name that this codec gives a meaning to, its own and `serde_dynamo`'s alike
/// (`U+037E`, the Greek question mark): nearly all names are told apart by it.
const MAGIC: u8 = 0xCD;

/// What a serializer made of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// It stands in the output.
    Value,
    /// It has no form in a struct's field: the field must be left out, its name too.
    Nothing,
}

/// Where a value stands, which decides what becomes of `None` and of an empty set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// As a struct's field: left out.
    Field,
    /// In a list, as a map's value, or alone: `None` is NULL, an empty set an error.
    Elsewhere,
}

/// Writes one attribute value, as in `{"S":"x"}`. `None` is NULL here.
///
/// # Errors
///
/// When the value has no form in DynamoDB: NaN, a number beyond the range, a map key that is empty or no text, an empty set, more
/// than 32 levels. Then `out` is as it was before.
pub fn write_value<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<(), CodecError> {
    let mark = out.len();
    let written = value.serialize(value::ValueWriter { out, depth: 0, place: Place::Elsewhere });
    if written.is_err() {
        out.truncate(mark);
    }
    written.map(drop)
}

/// Writes one attribute value as the field of a struct would be: `None` and an empty set have no form there. Gives
/// whether anything was written.
///
/// # Errors
///
/// As [`write_value`]. Then `out` is as it was before.
pub fn write_field<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<bool, CodecError> {
    let mark = out.len();
    let written = value.serialize(value::ValueWriter { out, depth: 0, place: Place::Field });
    if !matches!(written, Ok(Written::Value)) {
        out.truncate(mark);
    }
    Ok(written? == Written::Value)
}

/// Writes the fields of a struct, or the entries of a map, as attributes: `"a":{"S":…},"b":{…}`, with no braces around
/// them and a comma before each unless `out` ends with `{`.
///
/// A field that is `None` or an empty set is left out. The fields that `patch` names are left out, or written with the
/// text it gives for them.
///
/// # Errors
///
/// As [`write_value`]; and when the value is neither struct nor map. Then `out` is as it was before.
pub fn write_attributes<T: Serialize + ?Sized>(
    out: &mut Vec<u8>,
    value: &T,
    patch: &Patch<'_>,
) -> Result<(), CodecError> {
    let mark = out.len();
    let written = value.serialize(item::ItemWriter { out, patch });
    if written.is_err() {
        out.truncate(mark);
    }
    written.map(drop)
}
