//! The attributes of an item: the fields of the outermost struct, without a type around them.

use super::super::error::CodecError;
use super::super::reader::Reader;
use super::key::KeyWriter;
use super::refuse::{No, refuse};
use super::value::ValueWriter;
use super::{Place, Written, frame};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

/// What to write differently among an item's attributes.
#[derive(Default, Clone, Copy, Debug)]
pub struct Patch<'a> {
    /// The attributes to leave out.
    pub omit: &'a [&'a str],
    /// Attributes and the finished wire text to write in place of the field's value.
    pub replace: &'a [(&'a str, &'a [u8])],
}

/// What a patch says of one attribute.
#[derive(Clone, Copy)]
enum Fate<'a> {
    Written,
    Omitted,
    Replaced(&'a [u8]),
}

impl<'a> Patch<'a> {
    #[inline]
    fn fate(&self, name: &str) -> Fate<'a> {
        if self.omit.contains(&name) {
            return Fate::Omitted;
        }
        match self.replace.iter().find(|(replaced, _)| *replaced == name) {
            Some((_, value)) => Fate::Replaced(value),
            None => Fate::Written,
        }
    }

    /// The same of a name as it stands in the output, in quotes and with its colon.
    fn fate_written(&self, member: &[u8]) -> Fate<'a> {
        if self.omit.is_empty() && self.replace.is_empty() {
            return Fate::Written;
        }
        let member = std::str::from_utf8(member).unwrap_or_default();
        Reader::from_str(member).name().map_or(Fate::Written, |name| self.fate(&name))
    }
}

/// Writes a struct or a map as the attributes of an item.
pub(super) struct ItemWriter<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) patch: &'a Patch<'a>,
}

/// Writes attributes one by one.
pub(super) struct AttributesWriter<'a> {
    out: &'a mut Vec<u8>,
    patch: &'a Patch<'a>,
    /// Where the attribute at hand begins, its comma included.
    mark: usize,
    /// What becomes of the map entry at hand.
    fate: Fate<'a>,
}

impl AttributesWriter<'_> {
    /// The value of the attribute whose name is written; without a value the name goes too.
    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, fate: Fate<'_>, value: &T) -> Result<(), CodecError> {
        match fate {
            Fate::Written => {
                let writer = ValueWriter { out: self.out, depth: 0, place: Place::Field };
                if value.serialize(writer)? == Written::Nothing {
                    self.out.truncate(self.mark);
                }
            }
            Fate::Omitted => self.out.truncate(self.mark),
            Fate::Replaced(text) => self.out.extend_from_slice(text),
        }
        Ok(())
    }
}

impl SerializeStruct for AttributesWriter<'_> {
    type Ok = Written;
    type Error = CodecError;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see `frame::name`")]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
        if name.is_empty() {
            return Err(super::key::empty());
        }
        self.mark = self.out.len();
        frame::name(self.out, self.out.last() == Some(&b'{'), name);
        self.value(self.patch.fate(name), value).map_err(|error| error.in_field(name))
    }

    #[inline]
    fn end(self) -> Result<Written, CodecError> {
        Ok(Written::Value)
    }
}

impl SerializeMap for AttributesWriter<'_> {
    type Ok = Written;
    type Error = CodecError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        self.mark = self.out.len();
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
        key.serialize(KeyWriter { out: self.out })?;
        self.out.push(b':');
        let member = self.out.get(self.mark..).unwrap_or_default();
        self.fate = self.patch.fate_written(member.strip_prefix(b",").unwrap_or(member));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let named = self.out.len();
        match self.value(self.fate, value) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.in_field(&super::key::written(self.out, self.mark, named))),
        }
    }

    fn end(self) -> Result<Written, CodecError> {
        Ok(Written::Value)
    }
}

#[cold]
fn refuse<T>(found: &str) -> Result<T, CodecError> {
    Err(CodecError::mismatch("a struct or a map, to be stored as an item", found))
}

impl<'a> Serializer for ItemWriter<'a> {
    type Ok = Written;
    type Error = CodecError;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = AttributesWriter<'a>;
    type SerializeStruct = AttributesWriter<'a>;
    type SerializeStructVariant = No;

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<AttributesWriter<'a>, CodecError> {
        let mark = self.out.len();
        Ok(AttributesWriter { out: self.out, patch: self.patch, mark, fate: Fate::Written })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<AttributesWriter<'a>, CodecError> {
        self.serialize_struct("", 0)
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

    // A struct without fields has no attributes of its own; its keys come from elsewhere.
    fn serialize_unit_struct(self, _: &'static str) -> Result<Written, CodecError> {
        Ok(Written::Value)
    }

    // An enum is an item whose one attribute is named after the variant.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Written, CodecError> {
        let mut attributes = self.serialize_struct(name, 1)?;
        attributes.serialize_field(variant, value)?;
        SerializeStruct::end(attributes)
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
        serialize_i128(i128) -> Written, "a number";
        serialize_u128(u128) -> Written, "a number";
        serialize_f32(f32) -> Written, "a number";
        serialize_f64(f64) -> Written, "a number";
        serialize_bool(bool) -> Written, "a boolean";
        serialize_char(char) -> Written, "a character";
        serialize_str(&str) -> Written, "a string";
        serialize_bytes(&[u8]) -> Written, "bytes";
        serialize_none() -> Written, "none";
        serialize_unit() -> Written, "a unit";
        serialize_unit_variant(&'static str, u32, &'static str) -> Written, "a unit variant";
        serialize_seq(Option<usize>) -> No, "a sequence";
        serialize_tuple(usize) -> No, "a tuple";
        serialize_tuple_struct(&'static str, usize) -> No, "a tuple";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> No, "a tuple variant";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No, "a struct variant";
    }
}
