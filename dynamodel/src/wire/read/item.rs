//! The attributes of an item: the members of the outermost object, which has no type around it.

use super::super::duplicates::Names;
use super::super::error::CodecError;
use super::super::reader::Reader;
use super::key::KeyReader;
use super::map::MapReader;
use super::value::ValueReader;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::cell::Cell;

/// What to show serde of an item.
#[derive(Default, Clone, Copy, Debug)]
pub struct ItemView<'v, 'de> {
    /// The attributes to pass over.
    pub hide: &'v [&'v str],
    /// Attributes to show after the item's own, by name and wire text.
    pub extra: &'de [(&'de str, &'de str)],
    /// A hidden attribute to note on the way.
    pub watch: Option<&'v WatchedAttribute<'de>>,
}

/// A hidden attribute whose text is kept while an item is read, so that it is looked for once.
#[derive(Debug)]
pub struct WatchedAttribute<'de> {
    name: &'static str,
    found: Cell<Option<&'de str>>,
}

impl<'de> WatchedAttribute<'de> {
    /// A watch for the attribute of that name. It must be among those that the view hides.
    pub fn new(name: &'static str) -> Self {
        Self { name, found: Cell::new(None) }
    }

    /// The attribute's wire text, once the item has been read; `None` if it was not there.
    pub fn found(&self) -> Option<&'de str> {
        self.found.get()
    }
}

/// Who notices that an attribute occurs twice: serde does for the fields of a struct.
#[derive(Clone, Copy)]
enum Check {
    ByCodec,
    BySerde,
}

/// Reads an item.
pub(super) struct ItemReader<'r, 'v, 'de> {
    pub(super) reader: &'r mut Reader<'de>,
    pub(super) view: &'v ItemView<'v, 'de>,
}

impl<'v, 'de> ItemReader<'_, 'v, 'de> {
    /// Shows the attributes, all of which must be taken.
    #[inline]
    fn attributes<T>(
        self,
        check: Check,
        take: impl FnOnce(&mut AttributesReader<'_, 'v, 'de>) -> Result<T, CodecError>,
    ) -> Result<T, CodecError> {
        let map = MapReader::open(self.reader)?;
        let names = match check {
            Check::ByCodec => Some(Names::new(map.reader)),
            Check::BySerde => None,
        };
        let mut item = AttributesReader {
            map,
            hide: self.view.hide,
            extra: self.view.extra,
            watch: self.view.watch,
            text: None,
            names,
        };
        let value = take(&mut item)?;
        if item.name()?.is_some() {
            return Err(CodecError::mismatch("no more attributes", "one that nothing takes"));
        }
        item.map.finish()?;
        Ok(value)
    }
}

impl<'de> Deserializer<'de> for ItemReader<'_, '_, 'de> {
    type Error = CodecError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.attributes(Check::ByCodec, |attributes| visitor.visit_map(attributes))
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.attributes(Check::BySerde, |attributes| visitor.visit_map(attributes))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, CodecError> {
        self.reader.enter(1)?;
        let value = visitor.visit_newtype_struct(ItemReader { reader: &mut *self.reader, view: self.view })?;
        self.reader.leave(1);
        Ok(value)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        visitor.visit_some(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, CodecError> {
        self.deserialize_ignored_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CodecError> {
        self.reader.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.attributes(Check::BySerde, |attributes| visitor.visit_enum(MapAccessDeserializer::new(attributes)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit seq tuple tuple_struct
        map identifier
    }
}

/// Reads attributes one by one.
struct AttributesReader<'r, 'v, 'de> {
    map: MapReader<'r, 'de>,
    hide: &'v [&'v str],
    extra: &'de [(&'de str, &'de str)],
    watch: Option<&'v WatchedAttribute<'de>>,
    /// The extra attribute at hand.
    text: Option<(&'de str, &'de str)>,
    names: Option<Names<'de>>,
}

impl<'de> AttributesReader<'_, '_, 'de> {
    /// The name of the next attribute that is shown.
    #[inline]
    fn name(&mut self) -> Result<Option<Cow<'de, str>>, CodecError> {
        while let Some(name) = self.map.name()? {
            if let Some(names) = &mut self.names {
                names.next(&name)?;
            }
            if !self.hide.contains(&&*name) {
                return Ok(Some(name));
            }
            let passed = match self.watch {
                Some(watch) if watch.name == &*name => self.map.reader.raw().map(|text| watch.found.set(Some(text))),
                _ => self.map.reader.skip(),
            };
            if let Err(error) = passed {
                return Err(self.map.located(error));
            }
        }
        let Some((extra, rest)) = self.extra.split_first() else { return self.end() };
        self.extra = rest;
        self.text = Some(*extra);
        Ok(Some(Cow::Borrowed(extra.0)))
    }

    fn end(&mut self) -> Result<Option<Cow<'de, str>>, CodecError> {
        if let Some(names) = &mut self.names {
            names.end()?;
        }
        Ok(None)
    }
}

impl<'de> MapAccess<'de> for &mut AttributesReader<'_, '_, 'de> {
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
        let Some((name, text)) = self.text.take() else { return (&mut self.map).next_value_seed(seed) };
        let mut reader = Reader::from_str(text);
        reader.peek();
        seed.deserialize(ValueReader { reader: &mut reader }).map_err(|error| error.in_field(name))
    }
}
