//! The names of a map's entries.

use super::super::error::CodecError;
use super::super::reader::Reader;
use super::super::{digits, text};
use super::Written;
use super::refuse::{No, refuse};
use serde::Serialize;
use serde::ser::Serializer;
use std::fmt::Display;

/// Writes a map key as the name of a member, in quotes.
pub(super) struct KeyWriter<'a> {
    pub(super) out: &'a mut Vec<u8>,
}

/// The name that stands in the output between these places, with its comma and its colon.
#[cold]
pub(super) fn written(out: &[u8], from: usize, to: usize) -> String {
    let text = out.get(from..to).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let name = Reader::from_str(text.trim_start_matches(',')).name();
    name.unwrap_or_default().into_owned()
}

impl KeyWriter<'_> {
    fn quoted(self, write: impl FnOnce(&mut Vec<u8>)) -> Written {
        self.out.push(b'"');
        write(self.out);
        self.out.push(b'"');
        Written::Value
    }
}

/// The error for a name that DynamoDB refuses, of an attribute as of what stands in a map.
#[cold]
pub(super) fn empty() -> CodecError {
    CodecError::new("an empty name, of an attribute or in a map, and DynamoDB takes none: give the entry a name")
}

/// The error for a key that has no text.
#[cold]
fn refuse<T>(found: &str) -> Result<T, CodecError> {
    Err(CodecError::mismatch("a map key that is text, an integer, a boolean or a unit variant", found))
}

macro_rules! integers {
    ($($method:ident($ty:ty))*) => { $(
        fn $method(self, value: $ty) -> Result<Written, CodecError> {
            Ok(self.quoted(|out| digits::integer(out, value)))
        }
    )* };
}

impl Serializer for KeyWriter<'_> {
    type Ok = Written;
    type Error = CodecError;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = No;
    type SerializeStructVariant = No;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_bool(self, value: bool) -> Result<Written, CodecError> {
        Ok(self.quoted(|out| out.extend_from_slice(if value { b"true" } else { b"false" })))
    }

    fn serialize_char(self, value: char) -> Result<Written, CodecError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<Written, CodecError> {
        if value.is_empty() {
            return Err(empty());
        }
        text::write_string(self.out, value);
        Ok(Written::Value)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Written, CodecError> {
        self.out.push(b'"');
        let start = self.out.len();
        text::display(self.out, value)?;
        if self.out.len() == start {
            return Err(empty());
        }
        self.out.push(b'"');
        Ok(Written::Value)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Written, CodecError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Written, CodecError> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Written, CodecError> {
        refuse("an option")
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Written, CodecError> {
        refuse("a variant with a value")
    }

    refuse! {
        serialize_f32(f32) -> Written, "a float";
        serialize_f64(f64) -> Written, "a float";
        serialize_bytes(&[u8]) -> Written, "bytes";
        serialize_none() -> Written, "an option";
        serialize_unit() -> Written, "a unit";
        serialize_unit_struct(&'static str) -> Written, "a unit";
        serialize_seq(Option<usize>) -> No, "a sequence";
        serialize_tuple(usize) -> No, "a tuple";
        serialize_tuple_struct(&'static str, usize) -> No, "a tuple";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No, "a variant with values";
        serialize_map(Option<usize>) -> No, "a map";
        serialize_struct(&'static str, usize) -> No, "a struct";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No, "a variant with values";
    }
}
