//! An enum's variant: a map with one entry.

use super::super::error::CodecError;
use super::super::reader::Reader;
use super::key::KeyReader;
use super::map::MapReader;
use super::value::ValueReader;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, VariantAccess, Visitor};

/// Reads the one member of an object as a variant.
pub(super) struct VariantReader<'m, 'r, 'de> {
    map: &'m mut MapReader<'r, 'de>,
}

impl<'m, 'r, 'de> VariantReader<'m, 'r, 'de> {
    /// Shows the object to a visitor as a variant.
    pub(super) fn read<V: Visitor<'de>>(reader: &'r mut Reader<'de>, visitor: V) -> Result<V::Value, CodecError> {
        let mut map = MapReader::open(reader)?;
        let value = visitor.visit_enum(VariantReader { map: &mut map })?;
        match map.finish() {
            Ok(_) => Ok(value),
            Err(_) => Err(CodecError::mismatch("a variant: a map with one entry", "a map with more")),
        }
    }
}

impl<'de> EnumAccess<'de> for VariantReader<'_, '_, 'de> {
    type Error = CodecError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), CodecError> {
        match self.map.name()? {
            Some(name) => Ok((seed.deserialize(KeyReader { name, depth: 0 })?, self)),
            None => Err(CodecError::mismatch("a variant: a map with one entry", "an empty map")),
        }
    }
}

impl<'de> VariantReader<'_, '_, 'de> {
    fn value<T>(self, read: impl FnOnce(ValueReader<'_, 'de>) -> Result<T, CodecError>) -> Result<T, CodecError> {
        match read(ValueReader { reader: self.map.reader }) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.map.located(error)),
        }
    }
}

impl<'de> VariantAccess<'de> for VariantReader<'_, '_, 'de> {
    type Error = CodecError;

    // As `serde_dynamo` does: the name says it all, whatever stands beside it.
    fn unit_variant(self) -> Result<(), CodecError> {
        self.value(|value| value.reader.skip())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, CodecError> {
        self.value(|value| seed.deserialize(value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.value(|value| value.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.value(|value| value.deserialize_struct("", fields, visitor))
    }
}
