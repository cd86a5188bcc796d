//! The deserializer of one attribute value.

use super::super::error::CodecError;
use super::super::kind::Kind;
use super::super::payload::float;
use super::super::reader::Reader;
use super::super::{base64, number, set};
use super::integers::read_integers;
use super::list::ListReader;
use super::map::{CheckedMapReader, MapReader};
use super::set::{ElementsReader, SetReader};
use super::{any, element};
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use std::borrow::Cow;

/// Reads the attribute value that the reader stands at.
pub(super) struct ValueReader<'r, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
}

/// Gives a text to a visitor, borrowed where it can be.
#[inline]
pub(super) fn visit_text<'de, V: Visitor<'de>>(text: Cow<'de, str>, visitor: V) -> Result<V::Value, CodecError> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

impl<'de> ValueReader<'_, 'de> {
    /// The payload of the type whose tag was read, up to and with the frame's end.
    fn payload<V: Visitor<'de>>(self, kind: Kind, visitor: V) -> Result<V::Value, CodecError> {
        let reader = self.reader;
        match kind {
            Kind::L => return ListReader::read(reader, visitor),
            Kind::M => return CheckedMapReader::read(reader, visitor),
            Kind::Ss | Kind::Ns | Kind::Bs => return ElementsReader::read(reader, kind, visitor),
            Kind::Null => {
                reader.null_payload()?;
                return visitor.visit_unit();
            }
            Kind::Bool => {
                let value = reader.boolean()?;
                reader.close()?;
                return visitor.visit_bool(value);
            }
            Kind::S | Kind::N | Kind::B => {}
        }
        let text = reader.payload(kind)?;
        reader.close()?;
        match kind {
            Kind::N => any::number(&text, visitor),
            Kind::B => visitor.visit_byte_buf(base64::decode(&text)?),
            _ => visit_text(text, visitor),
        }
    }
}

impl<'de> Deserializer<'de> for ValueReader<'_, 'de> {
    type Error = CodecError;

    read_integers! { self => self.reader.integer_value()? }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let kind = self.reader.tag()?;
        self.payload(kind, visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_f32(float(&self.reader.number_value()?, |value: &f32| value.is_finite())?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_f64(float(&self.reader.number_value()?, |value: &f64| value.is_finite())?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_bool(self.reader.boolean_value()?)
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let start = self.reader.at;
        if self.reader.take(b"{\"S\":\"")
            && let Some(text) = self.reader.plain_string()
            && self.reader.take(b"}")
        {
            return visitor.visit_borrowed_str(text);
        }
        self.reader.at = start;
        visit_text(self.reader.string_value()?, visitor)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.reader.tagged(Kind::B)?;
        self.payload(Kind::B, visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        if self.reader.null_value()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.reader.tagged(Kind::Null)?;
        self.payload(Kind::Null, visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match name {
            number::NEWTYPE => visitor.visit_str(&self.reader.number_value()?),
            set::NEWTYPE => visitor.visit_newtype_struct(SetReader { reader: self.reader }),
            _ => {
                // A newtype reads nothing by itself: one that holds an option of itself would never end.
                self.reader.enter(1)?;
                let value = visitor.visit_newtype_struct(ValueReader { reader: &mut *self.reader })?;
                self.reader.leave(1);
                Ok(value)
            }
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let kind = self.reader.tag()?;
        if kind == Kind::L || kind.element().is_some() {
            return self.payload(kind, visitor);
        }
        Err(CodecError::mismatch("a list (L) or a set (SS, NS, BS)", kind.words()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.reader.tagged(Kind::M)?;
        CheckedMapReader::read(self.reader, visitor)
    }

    // serde reports a struct's repeated fields by itself.
    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.reader.tag()? {
            Kind::M => MapReader::read(self.reader, visitor),
            Kind::L => ListReader::read(self.reader, visitor),
            kind => Err(CodecError::mismatch(Kind::M.words(), kind.words())),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        match self.reader.tag()? {
            Kind::S => {
                let text = self.reader.payload(Kind::S)?;
                self.reader.close()?;
                match text {
                    Cow::Borrowed(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
                    Cow::Owned(text) => visitor.visit_enum(text.into_deserializer()),
                }
            }
            Kind::M => {
                let mut map = MapReader::open(self.reader)?;
                let value = visitor.visit_enum(MapAccessDeserializer::new(&mut map))?;
                map.finish()?.close()?;
                Ok(value)
            }
            kind => Err(CodecError::mismatch("a variant: a string (S) or a map (M) with one entry", kind.words())),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.reader.skip()?;
        visitor.visit_unit()
    }
}

impl<'r, 'de> ValueReader<'r, 'de> {
    /// A reader of a set's element, which has no frame of its own.
    pub(super) fn element(reader: &'r mut Reader<'de>, kind: Kind) -> element::ElementReader<'r, 'de> {
        element::ElementReader { reader, kind }
    }
}
