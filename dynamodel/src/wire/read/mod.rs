//! The deserializers: from wire text to a serde value.

mod any;
mod element;
mod integers;
mod item;
mod key;
mod list;
mod map;
mod set;
mod value;

use super::error::CodecError;
use super::reader::Reader;
use serde::Deserialize;

pub use item::{ItemView, WatchedAttribute};

/// Reads an item, `{"a":{"S":…},…}`, as `view` shows it.
///
/// # Errors
///
/// When the text is malformed, or the item does not fit the type; the error says where.
#[inline]
pub fn read_item<'de, T: Deserialize<'de>>(
    reader: &mut Reader<'de>,
    view: &ItemView<'_, 'de>,
) -> Result<T, CodecError> {
    T::deserialize(item::ItemReader { reader, view })
}

/// Reads one attribute value, as in `{"S":"x"}`.
///
/// # Errors
///
/// When the text is malformed, or the value does not fit the type; the error says where.
#[inline]
pub fn read_value<'de, T: Deserialize<'de>>(reader: &mut Reader<'de>) -> Result<T, CodecError> {
    reader.peek();
    T::deserialize(value::ValueReader { reader })
}
