//! The entries of a map and the fields of a nested struct.

use super::super::error::CodecError;
use super::key::KeyWriter;
use super::value::ValueWriter;
use super::{Place, Written, frame};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, SerializeStructVariant};

/// Writes a map whose brackets are open.
pub(super) struct MapWriter<'a> {
    out: &'a mut Vec<u8>,
    depth: u8,
    first: bool,
    /// What becomes of `None`: [`Place::Field`] for structs.
    place: Place,
    /// Whether the map is a struct variant's, with the variant's map around it.
    variant: bool,
    /// Where the entry at hand begins, its comma included.
    mark: usize,
}

impl<'a> MapWriter<'a> {
    #[inline]
    pub(super) fn new(out: &'a mut Vec<u8>, depth: u8, sparse: bool, variant: bool) -> Self {
        let place = if sparse { Place::Field } else { Place::Elsewhere };
        Self { out, depth, first: true, place, variant, mark: 0 }
    }

    /// The value of the entry whose name is written; without a value the name goes too.
    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let writer = ValueWriter { out: self.out, depth: self.depth, place: self.place };
        match value.serialize(writer)? {
            Written::Value => self.first = false,
            Written::Nothing => self.out.truncate(self.mark),
        }
        Ok(())
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see `frame::name`")]
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
        if name.is_empty() {
            return Err(super::key::empty());
        }
        self.mark = self.out.len();
        frame::name(self.out, self.first, name);
        self.value(value).map_err(|error| error.in_field(name))
    }

    #[inline]
    fn close(self) -> Written {
        frame::close_map(self.out);
        if self.variant {
            frame::close_map(self.out);
        }
        Written::Value
    }
}

impl SerializeMap for MapWriter<'_> {
    type Ok = Written;
    type Error = CodecError;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        self.mark = self.out.len();
        if !self.first {
            self.out.push(b',');
        }
        key.serialize(KeyWriter { out: self.out })?;
        self.out.push(b':');
        Ok(())
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let named = self.out.len();
        match self.value(value) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.in_field(&super::key::written(self.out, self.mark, named))),
        }
    }

    #[inline]
    fn end(self) -> Result<Written, CodecError> {
        Ok(self.close())
    }
}

impl SerializeStruct for MapWriter<'_> {
    type Ok = Written;
    type Error = CodecError;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see `frame::name`")]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
        self.field(name, value)
    }

    #[inline]
    fn end(self) -> Result<Written, CodecError> {
        Ok(self.close())
    }
}

impl SerializeStructVariant for MapWriter<'_> {
    type Ok = Written;
    type Error = CodecError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
        self.field(name, value)
    }

    fn end(self) -> Result<Written, CodecError> {
        Ok(self.close())
    }
}
