//! The elements of a set.

use super::super::error::CodecError;
use super::super::kind::Kind;
use super::super::reader::Reader;
use super::list::too_long;
use super::value::ValueReader;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Reads an attribute value that must be a set.
pub(super) struct SetReader<'r, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
}

impl<'de> Deserializer<'de> for SetReader<'_, 'de> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        let kind = self.reader.tag()?;
        if kind.element().is_none() {
            return Err(CodecError::mismatch("a set (SS, NS, BS)", kind.words()));
        }
        ElementsReader::read(self.reader, kind, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads a set whose tag was read.
pub(super) struct ElementsReader<'r, 'de> {
    reader: &'r mut Reader<'de>,
    kind: Kind,
    index: usize,
    done: bool,
}

impl<'r, 'de> ElementsReader<'r, 'de> {
    /// Shows the set to a visitor as a sequence, of which it must take every element, and closes its frame.
    pub(super) fn read<V: Visitor<'de>>(
        reader: &'r mut Reader<'de>,
        set: Kind,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let kind = set.element().unwrap_or(Kind::S);
        reader.eat(b'[', "a set's elements in brackets")?;
        let mut elements = ElementsReader { reader, kind, index: 0, done: false };
        let value = visitor.visit_seq(&mut elements)?;
        let taken = elements.index;
        if !elements.done && elements.more()? {
            return Err(too_long(taken));
        }
        elements.reader.close()?;
        Ok(value)
    }

    #[inline]
    fn more(&mut self) -> Result<bool, CodecError> {
        let more = if self.index == 0 { self.reader.first(b']') } else { self.reader.next(b']')? };
        self.done = !more;
        Ok(more)
    }
}

impl<'de> SeqAccess<'de> for &mut ElementsReader<'_, 'de> {
    type Error = CodecError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, CodecError> {
        if self.done || !self.more()? {
            return Ok(None);
        }
        match seed.deserialize(ValueReader::element(self.reader, self.kind)) {
            Ok(value) => {
                self.index += 1;
                Ok(Some(value))
            }
            Err(error) => Err(error.in_element(self.index)),
        }
    }
}
