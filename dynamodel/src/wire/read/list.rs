//! The elements of a list.

use super::super::error::CodecError;
use super::super::payload::LEVEL;
use super::super::reader::Reader;
use super::value::ValueReader;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};

/// Reads a list whose tag was read.
pub(super) struct ListReader<'r, 'de> {
    reader: &'r mut Reader<'de>,
    index: usize,
    done: bool,
}

impl<'r, 'de> ListReader<'r, 'de> {
    /// Shows the list to a visitor, which must take every element, and closes its frame.
    #[inline]
    pub(super) fn read<V: Visitor<'de>>(reader: &'r mut Reader<'de>, visitor: V) -> Result<V::Value, CodecError> {
        reader.enter(LEVEL)?;
        reader.eat(b'[', "a list's elements in brackets")?;
        let mut list = ListReader { reader, index: 0, done: false };
        let value = visitor.visit_seq(&mut list)?;
        let taken = list.index;
        if !list.done && list.more()? {
            return Err(too_long(taken));
        }
        let reader = list.reader;
        reader.leave(LEVEL);
        reader.close()?;
        Ok(value)
    }

    #[inline]
    fn more(&mut self) -> Result<bool, CodecError> {
        let more = if self.index == 0 { self.reader.first(b']') } else { self.reader.next(b']')? };
        self.done = !more;
        Ok(more)
    }
}

/// The error for elements that no field of a tuple takes.
#[cold]
pub(super) fn too_long(taken: usize) -> CodecError {
    CodecError::mismatch(format!("{taken} elements"), "more")
}

impl<'de> SeqAccess<'de> for &mut ListReader<'_, 'de> {
    type Error = CodecError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, CodecError> {
        if self.done || !self.more()? {
            return Ok(None);
        }
        self.reader.peek();
        match seed.deserialize(ValueReader { reader: self.reader }) {
            Ok(value) => {
                self.index += 1;
                Ok(Some(value))
            }
            Err(error) => Err(error.in_element(self.index)),
        }
    }
}
