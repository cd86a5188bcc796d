//! The serializer of one attribute value.

use super::super::error::CodecError;
use super::super::kind::Kind;
use super::super::{digits, number, set, text};
use super::element::ElementWriter;
use super::list::ListWriter;
use super::map::MapWriter;
use super::set::SetWriter;
use super::{MAGIC, Place, Written, frame};
use serde::Serialize;
use serde::ser::Serializer;
use std::fmt::Display;

/// Writes one attribute value where it stands.
pub(super) struct ValueWriter<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) depth: u8,
    pub(super) place: Place,
}

impl<'a> ValueWriter<'a> {
    #[inline]
    fn integer(self, value: impl itoa::Integer) -> Written {
        self.out.extend_from_slice(b"{\"N\":\"");
        digits::integer(self.out, value);
        self.out.extend_from_slice(b"\"}");
        Written::Value
    }

    #[inline]
    fn float(self, value: impl zmij::Float) -> Result<Written, CodecError> {
        self.out.extend_from_slice(b"{\"N\":\"");
        digits::float(self.out, value)?;
        self.out.extend_from_slice(b"\"}");
        Ok(Written::Value)
    }

    fn wide(self, negative: bool, magnitude: u128) -> Result<Written, CodecError> {
        self.out.extend_from_slice(b"{\"N\":\"");
        digits::wide(self.out, negative, magnitude)?;
        self.out.extend_from_slice(b"\"}");
        Ok(Written::Value)
    }

    fn null(self) -> Written {
        self.out.extend_from_slice(b"{\"NULL\":true}");
        Written::Value
    }

    #[inline]
    fn list(self, variant: bool) -> Result<ListWriter<'a>, CodecError> {
        let depth = frame::deeper(self.depth)?;
        self.out.extend_from_slice(b"{\"L\":[");
        Ok(ListWriter { out: self.out, depth, index: 0, variant })
    }

    #[inline]
    fn map(self, sparse: bool, variant: bool) -> Result<MapWriter<'a>, CodecError> {
        let depth = frame::deeper(self.depth)?;
        self.out.extend_from_slice(b"{\"M\":{");
        Ok(MapWriter::new(self.out, depth, sparse, variant))
    }

    /// The value inside the map with one entry that holds a variant.
    fn variant(self, variant: &str) -> Result<Self, CodecError> {
        let depth = frame::deeper(self.depth)?;
        frame::open_variant(self.out, variant)?;
        Ok(Self { out: self.out, depth, place: Place::Elsewhere })
    }

    /// The newtypes whose name means something.
    #[cold]
    #[inline(never)]
    fn magic<T: Serialize + ?Sized>(self, name: &str, value: &T) -> Result<Written, CodecError> {
        if name == number::NEWTYPE {
            self.out.extend_from_slice(b"{\"N\":");
            let mut kind = Some(Kind::N);
            value.serialize(ElementWriter { out: self.out, kind: &mut kind, number: true })?;
            self.out.push(b'}');
            return Ok(Written::Value);
        }
        let kind = match name {
            set::NEWTYPE => None,
            set::STRING_SET => Some(Kind::S),
            set::NUMBER_SET => Some(Kind::N),
            set::BINARY_SET => Some(Kind::B),
            _ => return value.serialize(self),
        };
        value.serialize(SetWriter { out: self.out, place: self.place, kind })
    }
}

macro_rules! integers {
    ($($method:ident($ty:ty))*) => { $(
        #[inline]
        fn $method(self, value: $ty) -> Result<Written, CodecError> {
            Ok(self.integer(value))
        }
    )* };
}

impl<'a> Serializer for ValueWriter<'a> {
    type Ok = Written;
    type Error = CodecError;
    type SerializeSeq = ListWriter<'a>;
    type SerializeTuple = ListWriter<'a>;
    type SerializeTupleStruct = ListWriter<'a>;
    type SerializeTupleVariant = ListWriter<'a>;
    type SerializeMap = MapWriter<'a>;
    type SerializeStruct = MapWriter<'a>;
    type SerializeStructVariant = MapWriter<'a>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
    }

    fn serialize_i128(self, value: i128) -> Result<Written, CodecError> {
        self.wide(value.is_negative(), value.unsigned_abs())
    }

    fn serialize_u128(self, value: u128) -> Result<Written, CodecError> {
        self.wide(false, value)
    }

    #[inline]
    fn serialize_f32(self, value: f32) -> Result<Written, CodecError> {
        self.float(value)
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Result<Written, CodecError> {
        self.float(value)
    }

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<Written, CodecError> {
        self.out.extend_from_slice(if value { b"{\"BOOL\":true}" } else { b"{\"BOOL\":false}" });
        Ok(Written::Value)
    }

    fn serialize_char(self, value: char) -> Result<Written, CodecError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<Written, CodecError> {
        text::write_s(self.out, value);
        Ok(Written::Value)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Written, CodecError> {
        self.out.extend_from_slice(b"{\"S\":\"");
        text::display(self.out, value)?;
        self.out.extend_from_slice(b"\"}");
        Ok(Written::Value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Written, CodecError> {
        text::write_b(self.out, value);
        Ok(Written::Value)
    }

    #[inline]
    fn serialize_none(self) -> Result<Written, CodecError> {
        Ok(if self.place == Place::Field { Written::Nothing } else { self.null() })
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Written, CodecError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Written, CodecError> {
        Ok(self.null())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Written, CodecError> {
        Ok(self.null())
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Written, CodecError> {
        self.serialize_str(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Written, CodecError> {
        if name.as_bytes().first() == Some(&MAGIC) {
            return self.magic(name, value);
        }
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Written, CodecError> {
        let Self { out, depth, place } = self.variant(variant)?;
        value.serialize(ValueWriter { out: &mut *out, depth, place }).map_err(|error| error.in_field(variant))?;
        frame::close_map(out);
        Ok(Written::Value)
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<ListWriter<'a>, CodecError> {
        self.list(false)
    }

    fn serialize_tuple(self, _: usize) -> Result<ListWriter<'a>, CodecError> {
        self.list(false)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ListWriter<'a>, CodecError> {
        self.list(false)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<ListWriter<'a>, CodecError> {
        self.variant(variant)?.list(true)
    }

    // A map of unknown length is a struct with a `flatten` field: its `None` fields are left out as any struct's are.
    #[inline]
    fn serialize_map(self, length: Option<usize>) -> Result<MapWriter<'a>, CodecError> {
        self.map(length.is_none(), false)
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MapWriter<'a>, CodecError> {
        self.map(true, false)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<MapWriter<'a>, CodecError> {
        self.variant(variant)?.map(true, true)
    }
}
