//! The primary key of one item.

use super::{Entity, PrimaryKey, Table, each_key};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyPart, KeyValue, Parts, check_limits, render};
use crate::schema::{KeyAttribute, Position};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The primary key of an item of the entity `E`.
///
/// Made by the generated `Session::key(..)` or taken from a value by [`Entity::primary_key`]. A key that cannot be (an
/// empty one, one over DynamoDB's limits of 2,048 and 1,024 bytes, a number with too many digits) keeps its error until
/// it is used, so that building requests stays one expression; [`values`](Self::values) asks for it at once.
pub struct Key<E> {
    parts: Result<PrimaryKey, Arc<Error>>,
    entity: PhantomData<fn() -> E>,
}

impl<E> Key<E> {
    /// The key of a stored item, by the values that DynamoDB gave for it.
    #[cfg(any(feature = "lambda", feature = "streams"))]
    pub(crate) fn stored(key: PrimaryKey) -> Self {
        Self { parts: Ok(key), entity: PhantomData }
    }
}

impl<E: Entity> Key<E> {
    /// The same without the entity.
    ///
    /// # Errors
    /// Where it cannot be sent.
    pub(crate) fn primary(&self) -> Result<&PrimaryKey> {
        self.parts.as_ref().map_err(|error| error.clone_without_current())
    }

    /// The key of an item that something else wrote, from its key attributes as they stand in the table.
    pub fn from_values(partition: impl Into<KeyValue>, sort: Option<KeyValue>) -> Self {
        let partition = partition.into();
        let checked =
            check_limits(partition.size(), E::Table::PARTITION_KEY, Position::Partition).and_then(|()| {
                match (E::Table::SORT_KEY, &sort) {
                    (Some(name), Some(value)) => check_limits(value.size(), name, Position::Sort),
                    (None, None) => Ok(()),
                    (Some(name), None) => Err(missing(name)),
                    (None, Some(_)) => Err(Error::new(ErrorKind::InvalidKey, "has a sort key, and its table has none")),
                }
            });
        Self::new(checked.map(|()| PrimaryKey::of::<E::Table>(partition, sort)))
    }

    /// The key of a value's item.
    pub(super) fn of(entity: &E) -> Self {
        let mut found = Found::default();
        let visited = each_key(entity, &mut |key, parts| {
            if key.index.is_none() {
                found.take(key, render(key, parts)?);
            }
            Ok(())
        });
        Self::new(visited.and_then(|()| found.values::<E>()))
    }

    /// The key from the values of its fields, given with the place of their template among the entity's: what the
    /// generated constructors call.
    #[doc(hidden)]
    pub fn render(parts: &[(usize, &[&dyn KeyPart])]) -> Self {
        let mut found = Found::default();
        let rendered = parts.iter().try_for_each(|(at, parts)| {
            if let Some(key) = E::SCHEMA.keys.get(*at) {
                found.take(key, render(key, parts)?);
            }
            Ok(())
        });
        Self::new(rendered.and_then(|()| found.values::<E>()))
    }

    fn new(parts: Result<PrimaryKey>) -> Self {
        let parts = parts.map_err(|error| Arc::new(error.of_entity(E::SCHEMA.name)));
        Self { parts, entity: PhantomData }
    }

    /// The partition key's value and the sort key's.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidKey`] when the key cannot be.
    pub fn values(&self) -> Result<(&KeyValue, Option<&KeyValue>)> {
        match &self.parts {
            Ok(key) => Ok((key.partition(), key.sort())),
            Err(error) => Err(error.clone_without_current()),
        }
    }

    /// Appends the key as DynamoDB JSON: `{"PK":{"S":".."},"SK":{"S":".."}}`.
    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        self.primary()?.write(out);
        Ok(())
    }

    /// Takes the key's attributes apart by their templates: what the generated `parse_key` calls.
    #[doc(hidden)]
    pub fn parse(&self) -> Result<KeyFields<'_>> {
        let (partition, sort) = self.values()?;
        let mut parts = Vec::with_capacity(2);
        for key in E::SCHEMA.keys_of(None) {
            let value = match key.position {
                Position::Partition => Some(partition),
                Position::Sort => sort,
            };
            let value = value.ok_or_else(|| missing(key.attribute))?;
            parts.push(Parts::of(key, value).map_err(|error| error.of_entity(E::SCHEMA.name))?);
        }
        Ok(KeyFields { parts, entity: E::SCHEMA.name })
    }
}

/// A key taken apart into its fields.
#[derive(Debug)]
pub struct KeyFields<'a> {
    parts: Vec<Parts<'a>>,
    entity: &'static str,
}

impl KeyFields<'_> {
    /// The value of a field, as its type reads it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidKey`] when its place holds no value of its type.
    pub fn field<T>(&self, name: &str, read: fn(&Parts<'_>, &str) -> Result<Option<T>>) -> Result<T> {
        for part in &self.parts {
            if let Some(value) = read(part, name).map_err(|error| error.of_entity(self.entity))? {
                return Ok(value);
            }
        }
        Err(Error::new(ErrorKind::InvalidKey, format!("the key has no field `{name}`")).of_entity(self.entity))
    }
}

/// What was rendered of a key so far.
#[derive(Default)]
struct Found {
    partition: Option<KeyValue>,
    sort: Option<KeyValue>,
}

impl Found {
    fn take(&mut self, key: &KeyAttribute, value: Option<KeyValue>) {
        match key.position {
            Position::Partition => self.partition = value,
            Position::Sort => self.sort = value,
        }
    }

    fn values<E: Entity>(self) -> Result<PrimaryKey> {
        let partition = self.partition.ok_or_else(|| missing(E::Table::PARTITION_KEY))?;
        match (E::Table::SORT_KEY, &self.sort) {
            (Some(name), None) => Err(missing(name)),
            _ => Ok(PrimaryKey::of::<E::Table>(partition, self.sort)),
        }
    }
}

fn missing(attribute: &str) -> Error {
    Error::new(ErrorKind::InvalidKey, "is missing, and every item needs its whole key").at_attribute(attribute)
}

impl<E> Clone for Key<E> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), entity: PhantomData }
    }
}

impl<E> PartialEq for Key<E> {
    fn eq(&self, other: &Self) -> bool {
        matches!((&self.parts, &other.parts), (Ok(a), Ok(b)) if a == b)
    }
}

impl<E> fmt::Display for Key<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.parts {
            Ok(key) => write!(f, "{key}"),
            Err(error) => write!(f, "no key ({error})"),
        }
    }
}

impl<E> fmt::Debug for Key<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}
