//! The name of a map's entry, as the key that it stands for.

use super::super::error::CodecError;
use super::super::{integer, number};
use super::integers::read_integers;
use super::value::visit_text;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;

/// Reads a key from the name of a member.
pub(super) struct KeyReader<'de> {
    pub(super) name: Cow<'de, str>,
    /// How many newtypes stand around it.
    pub(super) depth: u8,
}

/// More newtypes than this around a key are taken for ones without end.
const MAX_NEWTYPES: u8 = 16;

impl<'de> Deserializer<'de> for KeyReader<'de> {
    type Error = CodecError;

    read_integers! { self => integer::parse(&self.name)? }

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visit_text(self.name, visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        match &*self.name {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(CodecError::mismatch("`true` or `false` as a map's key", "another text")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        if name == number::NEWTYPE {
            return visit_text(self.name, visitor);
        }
        if self.depth > MAX_NEWTYPES {
            return Err(CodecError::new("a map's key is a newtype around itself"));
        }
        visitor.visit_newtype_struct(Self { depth: self.depth + 1, ..self })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.name {
            Cow::Borrowed(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            Cow::Owned(name) => visitor.visit_enum(name.into_deserializer()),
        }
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
