//! One element of a set: a bare JSON string whose type stands at the set.

use super::super::error::CodecError;
use super::super::kind::Kind;
use super::super::{base64, digits, number, text};
use super::Written;
use super::refuse::{No, refuse};
use serde::Serialize;
use serde::ser::Serializer;
use std::fmt::Display;

/// Writes one element of a set.
pub(super) struct ElementWriter<'a> {
    pub(super) out: &'a mut Vec<u8>,
    /// The type of the set's elements, once it is known.
    pub(super) kind: &'a mut Option<Kind>,
    /// Whether a text is a number's.
    pub(super) number: bool,
}

impl ElementWriter<'_> {
    /// An element of this type, which must be that of the others.
    fn element(
        self,
        kind: Kind,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), CodecError>,
    ) -> Result<Written, CodecError> {
        let wanted = *self.kind.get_or_insert(kind);
        if wanted != kind {
            return Err(CodecError::mismatch(wanted.words(), kind.words()));
        }
        self.out.push(b'"');
        write(self.out)?;
        self.out.push(b'"');
        Ok(Written::Value)
    }
}

#[cold]
fn refuse<T>(found: &str) -> Result<T, CodecError> {
    Err(CodecError::mismatch("a string, a number or bytes in a set", found))
}

macro_rules! integers {
    ($($method:ident($ty:ty))*) => { $(
        fn $method(self, value: $ty) -> Result<Written, CodecError> {
            self.element(Kind::N, |out| { digits::integer(out, value); Ok(()) })
        }
    )* };
}

impl Serializer for ElementWriter<'_> {
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
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
    }

    fn serialize_i128(self, value: i128) -> Result<Written, CodecError> {
        self.element(Kind::N, |out| digits::wide(out, value.is_negative(), value.unsigned_abs()))
    }

    fn serialize_u128(self, value: u128) -> Result<Written, CodecError> {
        self.element(Kind::N, |out| digits::wide(out, false, value))
    }

    fn serialize_f32(self, value: f32) -> Result<Written, CodecError> {
        self.element(Kind::N, |out| digits::float(out, value))
    }

    fn serialize_f64(self, value: f64) -> Result<Written, CodecError> {
        self.element(Kind::N, |out| digits::float(out, value))
    }

    fn serialize_char(self, value: char) -> Result<Written, CodecError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Written, CodecError> {
        let kind = if self.number { Kind::N } else { Kind::S };
        self.element(kind, |out| {
            text::escape(out, value);
            Ok(())
        })
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Written, CodecError> {
        let kind = if self.number { Kind::N } else { Kind::S };
        self.element(kind, |out| text::display(out, value))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Written, CodecError> {
        self.element(Kind::B, |out| {
            base64::encode(out, value);
            Ok(())
        })
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Written, CodecError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Written, CodecError> {
        value.serialize(Self { number: self.number || name == number::NEWTYPE, ..self })
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
        serialize_bool(bool) -> Written, "a boolean";
        serialize_none() -> Written, "an option";
        serialize_unit() -> Written, "a unit";
        serialize_unit_struct(&'static str) -> Written, "a unit";
        serialize_seq(Option<usize>) -> No, "a sequence (bytes have types of their own)";
        serialize_tuple(usize) -> No, "a tuple";
        serialize_tuple_struct(&'static str, usize) -> No, "a tuple";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No, "a variant with values";
        serialize_map(Option<usize>) -> No, "a map";
        serialize_struct(&'static str, usize) -> No, "a struct";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No, "a variant with values";
    }
}
