//! One element of a set: a bare JSON string whose type stands at the set.

use super::super::error::CodecError;
use super::super::kind::Kind;
use super::super::payload::float;
use super::super::reader::Reader;
use super::super::{base64, integer, number};
use super::any;
use super::integers::read_integers;
use super::value::visit_text;
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;

/// Reads one element of a set.
pub(super) struct ElementReader<'r, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
    /// The type of the element.
    pub(super) kind: Kind,
}

impl<'de> ElementReader<'_, 'de> {
    /// The text of the element, which must be of this type.
    fn text(self, kind: Kind) -> Result<Cow<'de, str>, CodecError> {
        if self.kind != kind {
            return Err(CodecError::mismatch(kind.words(), self.kind.words()));
        }
        self.reader.payload(kind)
    }
}

impl<'de> Deserializer<'de> for ElementReader<'_, 'de> {
    type Error = CodecError;

    read_integers! { self => integer::parse(&self.text(Kind::N)?)? }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let kind = self.kind;
        let text = self.text(kind)?;
        match kind {
            Kind::N => any::number(&text, visitor),
            Kind::B => visitor.visit_byte_buf(base64::decode(&text)?),
            _ => visit_text(text, visitor),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_f32(float(&self.text(Kind::N)?, |value: &f32| value.is_finite())?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_f64(float(&self.text(Kind::N)?, |value: &f64| value.is_finite())?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visit_text(self.text(Kind::S)?, visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_byte_buf(base64::decode(&self.text(Kind::B)?)?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_bytes(visitor)
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
            return visitor.visit_str(&self.text(Kind::N)?);
        }
        self.reader.enter(1)?;
        let value = visitor.visit_newtype_struct(ElementReader { reader: &mut *self.reader, kind: self.kind })?;
        self.reader.leave(1);
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        visitor.visit_enum(self.text(Kind::S)?.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
