//! The entries of a map and the fields of a struct.

use super::super::duplicates::Names;
use super::super::error::CodecError;
use super::super::payload::LEVEL;
use super::super::reader::Reader;
use super::key::KeyReader;
use super::value::ValueReader;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use std::borrow::Cow;

/// Reads the members of an object whose values are attribute values.
pub(super) struct MapReader<'r, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
    /// Where the name of the entry at hand stands, behind its quote.
    name_at: usize,
    first: bool,
    done: bool,
}

impl<'r, 'de> MapReader<'r, 'de> {
    /// Shows the map whose tag was read to a visitor, which must take every entry, and closes its frame.
    #[inline]
    pub(super) fn read<V: Visitor<'de>>(reader: &'r mut Reader<'de>, visitor: V) -> Result<V::Value, CodecError> {
        let mut map = MapReader::open(reader)?;
        let value = visitor.visit_map(&mut map)?;
        map.finish()?.close()?;
        Ok(value)
    }

    /// Opens the object.
    #[inline]
    pub(super) fn open(reader: &'r mut Reader<'de>) -> Result<Self, CodecError> {
        reader.enter(LEVEL)?;
        reader.eat(b'{', "a map's entries in braces")?;
        Ok(Self { reader, name_at: 0, first: true, done: false })
    }

    /// Closes the object, of which no member may be left.
    #[inline]
    pub(super) fn finish(mut self) -> Result<&'r mut Reader<'de>, CodecError> {
        if self.name()?.is_some() {
            return Err(CodecError::mismatch("no more entries", "an entry that nothing takes"));
        }
        self.reader.leave(LEVEL);
        Ok(self.reader)
    }

    /// The name of the next member, whose value comes next.
    #[inline]
    pub(super) fn name(&mut self) -> Result<Option<Cow<'de, str>>, CodecError> {
        if self.done {
            return Ok(None);
        }
        if !self.first
            && let Some(name) = self.reader.next_plain_name()
        {
            self.name_at = self.reader.at - name.len() - 2;
            return Ok(Some(Cow::Borrowed(name)));
        }
        if !self.more()? {
            return Ok(None);
        }
        self.reader.eat(b'"', "a name in quotes")?;
        self.name_at = self.reader.at;
        let name = self.reader.string_body()?;
        self.reader.eat(b':', "`:`")?;
        self.reader.peek();
        Ok(Some(name))
    }

    /// Whether another member follows.
    fn more(&mut self) -> Result<bool, CodecError> {
        let more = if self.first { self.reader.first(b'}') } else { self.reader.next(b'}')? };
        self.first = false;
        self.done = !more;
        Ok(more)
    }

    /// Says in an error in which entry it arose.
    #[cold]
    #[inline(never)]
    pub(super) fn located(&self, error: CodecError) -> CodecError {
        let mut reader = self.reader.clone();
        reader.at = self.name_at;
        error.in_field(&reader.string_body().unwrap_or_default())
    }
}

impl<'de> MapAccess<'de> for &mut MapReader<'_, 'de> {
    type Error = CodecError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, CodecError> {
        match self.name()? {
            Some(name) => seed.deserialize(KeyReader { name, depth: 0 }).map(Some),
            None => Ok(None),
        }
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, CodecError> {
        match seed.deserialize(ValueReader { reader: self.reader }) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.located(error)),
        }
    }
}

/// The same, and no name may occur twice.
pub(super) struct CheckedMapReader<'r, 'de> {
    map: MapReader<'r, 'de>,
    names: Names<'de>,
}

impl<'r, 'de> CheckedMapReader<'r, 'de> {
    /// Shows the map whose tag was read to a visitor, which must take every entry, and closes its frame.
    pub(super) fn read<V: Visitor<'de>>(reader: &'r mut Reader<'de>, visitor: V) -> Result<V::Value, CodecError> {
        let map = MapReader::open(reader)?;
        let names = Names::new(map.reader);
        let mut checked = Self { map, names };
        let value = visitor.visit_map(&mut checked)?;
        checked.map.finish()?.close()?;
        Ok(value)
    }
}

impl<'de> MapAccess<'de> for &mut CheckedMapReader<'_, 'de> {
    type Error = CodecError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, CodecError> {
        let Some(name) = self.map.name()? else {
            self.names.end()?;
            return Ok(None);
        };
        self.names.next(&name)?;
        seed.deserialize(KeyReader { name, depth: 0 }).map(Some)
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, CodecError> {
        (&mut self.map).next_value_seed(seed)
    }
}
