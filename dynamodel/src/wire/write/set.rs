//! Sets: a sequence whose type on the wire is that of its elements.

use super::super::error::CodecError;
use super::super::kind::Kind;
use super::element::ElementWriter;
use super::refuse::{No, refuse};
use super::{Place, Written};
use serde::Serialize;
use serde::ser::{SerializeSeq, SerializeTuple, SerializeTupleStruct, Serializer};

/// Writes a sequence as a set.
pub(super) struct SetWriter<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) place: Place,
    /// The type of its elements; `None`: the first one decides.
    pub(super) kind: Option<Kind>,
}

/// Writes the elements of a set whose brackets are open.
pub(super) struct ElementsWriter<'a> {
    out: &'a mut Vec<u8>,
    place: Place,
    kind: Option<Kind>,
    /// Where the set begins.
    mark: usize,
    index: usize,
}

/// How far the letter of the tag stands from the set's beginning: `{"_S":[`.
const LETTER: usize = 2;

impl ElementsWriter<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        if self.index > 0 {
            self.out.push(b',');
        }
        let writer = ElementWriter { out: self.out, kind: &mut self.kind, number: false };
        value.serialize(writer).map_err(|error| error.in_element(self.index))?;
        self.index += 1;
        Ok(())
    }

    fn close(self) -> Result<Written, CodecError> {
        if self.index == 0 {
            self.out.truncate(self.mark);
            return match self.place {
                Place::Field => Ok(Written::Nothing),
                Place::Elsewhere => Err(CodecError::mismatch(
                    "a set with an element (DynamoDB has no empty ones)",
                    "an empty set outside a struct's field",
                )),
            };
        }
        if let Some(letter) = self.out.get_mut(self.mark + LETTER) {
            *letter = match self.kind {
                Some(Kind::N) => b'N',
                Some(Kind::B) => b'B',
                _ => b'S',
            };
        }
        self.out.extend_from_slice(b"]}");
        Ok(Written::Value)
    }
}

macro_rules! elements {
    ($($name:ident::$method:ident)*) => { $(
        impl $name for ElementsWriter<'_> {
            type Ok = Written;
            type Error = CodecError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.element(value)
            }

            fn end(self) -> Result<Written, CodecError> {
                self.close()
            }
        }
    )* };
}

elements! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
}

#[cold]
fn refuse<T>(found: &str) -> Result<T, CodecError> {
    Err(CodecError::mismatch("a sequence, to be stored as a set", found))
}

impl<'a> Serializer for SetWriter<'a> {
    type Ok = Written;
    type Error = CodecError;
    type SerializeSeq = ElementsWriter<'a>;
    type SerializeTuple = ElementsWriter<'a>;
    type SerializeTupleStruct = ElementsWriter<'a>;
    type SerializeTupleVariant = No;
    type SerializeMap = No;
    type SerializeStruct = No;
    type SerializeStructVariant = No;

    fn serialize_seq(self, _: Option<usize>) -> Result<ElementsWriter<'a>, CodecError> {
        let mark = self.out.len();
        self.out.extend_from_slice(b"{\"_S\":[");
        Ok(ElementsWriter { out: self.out, place: self.place, kind: self.kind, mark, index: 0 })
    }

    fn serialize_tuple(self, length: usize) -> Result<ElementsWriter<'a>, CodecError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<ElementsWriter<'a>, CodecError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Written, CodecError> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Written, CodecError> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<Written, CodecError> {
        if self.place == Place::Field {
            return Ok(Written::Nothing);
        }
        self.out.extend_from_slice(b"{\"NULL\":true}");
        Ok(Written::Value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Written, CodecError> {
        refuse("an enum's variant")
    }

    refuse! {
        serialize_i8(i8) -> Written, "a number";
        serialize_i16(i16) -> Written, "a number";
        serialize_i32(i32) -> Written, "a number";
        serialize_i64(i64) -> Written, "a number";
        serialize_u8(u8) -> Written, "a number";
        serialize_u16(u16) -> Written, "a number";
        serialize_u32(u32) -> Written, "a number";
        serialize_u64(u64) -> Written, "a number";
        serialize_f32(f32) -> Written, "a number";
        serialize_f64(f64) -> Written, "a number";
        serialize_bool(bool) -> Written, "a boolean";
        serialize_char(char) -> Written, "a character";
        serialize_str(&str) -> Written, "a string";
        serialize_bytes(&[u8]) -> Written, "bytes";
        serialize_unit() -> Written, "a unit";
        serialize_unit_struct(&'static str) -> Written, "a unit";
        serialize_unit_variant(&'static str, u32, &'static str) -> Written, "an enum's variant";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No, "an enum's variant";
        serialize_map(Option<usize>) -> No, "a map";
        serialize_struct(&'static str, usize) -> No, "a struct";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No, "an enum's variant";
    }
}
