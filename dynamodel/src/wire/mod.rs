//! The codec between serde types and DynamoDB JSON bytes (`{"S":"x"}`): it must know nothing of tables, entities, keys
//! or operations.
//!
//! There is no tree of attribute values and no hash map in between: a value's `Serialize` writes straight into the
//! request body, and a value's `Deserialize` reads straight from the response body.
//!
//! # Stored form
//!
//! | Rust (serde's data model) | DynamoDB |
//! |---|---|
//! | integers to 128 bits, floats, [`Number`] | N |
//! | `str`, `char`, unit variant | S |
//! | bytes, [`Bytes`] | B |
//! | `bool` | BOOL |
//! | unit, unit struct, `None` inside a list or a map | NULL |
//! | `None` as the field of a struct, at every level | left out |
//! | sequence, tuple, tuple struct | L |
//! | map, struct | M |
//! | newtype variant, tuple variant, struct variant | M with one entry, named after the variant |
//! | [`Set`], `serde(with = "serde_dynamo::string_set")` and its siblings | SS, NS, BS; an empty one as a field is left out |
//!
//! An absent field and NULL both read as `None`. Newtype structs are transparent. That is what `serde_dynamo` does too,
//! with these differences: `None` fields and empty sets are left out; NaN, infinities, numbers outside DynamoDB's
//! range and empty keys of maps are errors; 128-bit integers work; one number has one text (`548`, never `548.0`).
//!
//! # Oddities that follow from serde
//!
//! * `Some(())` and `Some(None)` have no form of their own: the first is stored as NULL, the second as `None`, and both
//!   read as `None`. `Some` of an empty [`Set`] in a field is left out and reads as `None`.
//! * A struct with a `flatten` field reaches a serializer as a map of unknown length. Such maps are taken for structs:
//!   a `None` among their values is left out, also one that came from a flattened map.
//! * `flatten`, internally tagged and untagged enums buffer what they read, and serde's buffer holds integers of 64 bits
//!   and `f64`. There an `i128` or `u128` is a typed error, and a [`Number`] that is not a 64-bit integer passes as an `f64`:
//!   one that has more than 15 digits as such is a typed error. Integer keys of maps do not come back through the buffer
//!   in any format.
//! * A float halfway between its two shortest texts (`…210.25` as `…210.2` or `…210.3`) is written as the even one, where
//!   `serde_dynamo` takes the upper one. Both read as the same float.
//!
//! # Bounds
//!
//! Writing stops with an error below [`MAX_DEPTH`] nested lists and maps, reading below a somewhat higher bound.
//! No input makes the reader panic, recurse without bound, or reserve memory that the input does not account for.

mod base64;
mod bytes;
mod cursor;
#[cfg(feature = "rust_decimal")]
pub mod decimal;
mod digits;
mod duplicates;
mod error;
mod escapes;
mod integer;
mod kind;
mod messages;
mod number;
mod numeral;
mod numeral_text;
mod payload;
mod read;
mod reader;
mod scan;
mod set;
mod size;
mod skip;
mod text;
mod unescape;
mod write;

#[cfg(test)]
mod tests;

pub use bytes::Bytes;
pub use error::CodecError;
pub use number::{Number, NumberError};
pub use read::{ItemView, WatchedAttribute, read_item, read_value};
pub use reader::Reader;
pub use set::Set;
pub use size::item_size;
pub(crate) use size::value_text_size;
pub use text::{write_b, write_n, write_s, write_string};
pub use write::{Patch, write_attributes, write_field, write_value};

/// How many lists and maps DynamoDB lets stand inside each other in one attribute.
pub const MAX_DEPTH: u8 = 32;
