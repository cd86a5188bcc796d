//! What `#[derive(Entity)]` implements, and which entity belongs to which table.

use super::{Expiry, Incoming, Key, Projection, Table, Timestamps, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyPart, KeySegment, KeyValue, render};
use crate::schema::{EntitySchema, KeyAttribute};
use crate::wire::{CodecError, write_value};
use serde::Serialize;

/// What [`Entity::visit_keys`] calls with the values of each key attribute's fields, in the order of the schema.
pub type KeyVisitor<'a> = &'a mut dyn FnMut(&[&[&dyn KeyPart]]) -> Result<()>;

/// What [`Entity::key_parts`] calls for every field of a primary key.
pub type KeyPartsVisitor<'a> = &'a mut dyn FnMut(&'static str, Box<dyn KeyPart>);

/// What [`Entity::from_key`] calls for every field that is kept in the key alone: its stored name and its value.
pub type KeyOnlyFields<'a> = &'a mut dyn FnMut(&'static str, &dyn WireValue) -> Result<()>;

/// A value that can be written as DynamoDB JSON, by reference and without its type.
#[doc(hidden)]
pub trait WireValue {
    /// Appends it.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn write_wire(&self, out: &mut Vec<u8>) -> Result<(), CodecError>;
}

impl<T: Serialize> WireValue for T {
    fn write_wire(&self, out: &mut Vec<u8>) -> Result<(), CodecError> {
        write_value(out, self)
    }
}

/// Put by the derives in place of what they found mistakes in: it passes the checks that come after.
#[doc(hidden)]
pub trait Broken {}

#[diagnostic::do_not_recommend]
impl<E: Broken> super::Expires for E {}

#[diagnostic::do_not_recommend]
impl<E: Broken, T> EntityOf<T> for E {
    const DESCRIPTION: &'static EntitySchema = &EntitySchema::BROKEN;

    fn read_item(_: &mut Incoming<'_, '_>) -> Result<Self> {
        Err(Error::new(ErrorKind::Decode, "the entity has mistakes"))
    }

    fn item_expiry(&self) -> Option<Expiry> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<E, T: Broken> Member<T> for E {}

/// An entity without unique fields: a write that stands by itself, as those of a batch do, keeps it right.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has unique fields, and a batch cannot keep their values unique",
    label = "a batch writes items one by one, without their sentinels",
    note = "write it with `create`, `save`, `put` or `delete`, alone or in a transaction"
)]
pub trait WithoutUnique {}

#[diagnostic::do_not_recommend]
impl<E: Broken> WithoutUnique for E {}

/// A type of which it is known when two stored values are the same.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` cannot be unique",
    label = "unique fields are strings, integers, UUIDs, ULIDs, timestamps, dates, and newtypes and enums of `#[derive(KeySegment)]`",
    note = "floats, maps, lists and sets have several forms of one value"
)]
pub trait Comparable {}

#[diagnostic::do_not_recommend]
impl<V: KeySegment> Comparable for V {}

/// A struct whose values are items of a table. Implemented by `#[derive(Entity)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an entity",
    label = "derive it: `#[derive(Entity)]` with `#[dynamo(table = .., pk = \"..\")]`"
)]
pub trait Entity: Serialize + Projection<Entity = Self> {
    /// The table it lives in.
    type Table: Table;
    /// The type of its version field; [`NoVersion`](super::NoVersion) where it has none.
    type Version: VersionField;
    /// The paths to its fields.
    type Fields: Copy;

    /// Everything the derive knows.
    const SCHEMA: &'static EntitySchema;
    /// The attributes of its items that are not fields of the struct.
    const HIDDEN: &'static [&'static str];

    /// The paths to its fields, for expressions.
    fn fields() -> Self::Fields;

    /// Shows the values of every key attribute's fields, in the order of the schema.
    #[doc(hidden)]
    fn visit_keys(&self, visit: KeyVisitor<'_>) -> Result<()>;

    /// The version that the value carries.
    fn version(&self) -> &Self::Version;

    /// Puts another version into the value.
    #[doc(hidden)]
    fn set_version(&mut self, version: Self::Version);

    /// Puts the timestamps that a write has set into the value.
    #[doc(hidden)]
    fn set_timestamps(&mut self, _: &Timestamps) {}

    /// When the value expires; `None` where it has no time to live.
    fn expiry(&self) -> Option<Expiry>;

    /// The names of the fields that are kept in the key alone.
    #[doc(hidden)]
    const KEY_ONLY: &'static [&'static str] = &[];

    /// Shows the fields that are kept in the key alone, taken from a key.
    #[doc(hidden)]
    fn from_key(_: &Key<Self>, _: KeyOnlyFields<'_>) -> Result<()> {
        Ok(())
    }

    /// Shows the fields of a primary key with their values.
    #[doc(hidden)]
    fn key_parts(key: &Key<Self>, show: KeyPartsVisitor<'_>) -> Result<()>;

    /// The primary key of the value's item.
    fn primary_key(&self) -> Key<Self> {
        Key::of(self)
    }

    /// Every key attribute of the value's item with its value, the indexes' too, in the order of the schema. Sparse ones
    /// that are absent are left out.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidKey`](crate::ErrorKind::InvalidKey) when one cannot be.
    fn key_values(&self) -> Result<Vec<(&'static str, KeyValue)>> {
        let mut out = Vec::new();
        let visited = each_key(self, &mut |key, parts| {
            out.extend(render(key, parts)?.map(|value| (key.attribute, value)));
            Ok(())
        });
        visited.map_err(|error| error.of_entity(Self::SCHEMA.name))?;
        Ok(out)
    }
}

/// One key attribute of an entity, and the values of its fields.
type ShowKey<'a> = &'a mut dyn FnMut(&'static KeyAttribute, &[&dyn KeyPart]) -> Result<()>;

/// Shows every key attribute with the values of its fields, in the order of the schema.
pub(crate) fn each_key<E: Entity>(entity: &E, show: ShowKey<'_>) -> Result<()> {
    entity.visit_keys(&mut |parts| E::SCHEMA.keys.iter().zip(parts).try_for_each(|(key, parts)| show(key, parts)))
}

/// The entity says that it lives in the table `T`.
#[diagnostic::on_unimplemented(
    message = "the table `{T}` lists `{Self}`, which is not an entity of that table",
    label = "derive `Entity` on `{Self}` with `#[dynamo(table = {T})]`, or take it off this list"
)]
pub trait EntityOf<T> {
    /// Everything the derive knows.
    const DESCRIPTION: &'static EntitySchema;

    /// Reads an item as the entity.
    #[doc(hidden)]
    fn read_item(item: &mut Incoming<'_, '_>) -> Result<Self>
    where
        Self: Sized;

    /// When the value expires.
    #[doc(hidden)]
    fn item_expiry(&self) -> Option<Expiry>;
}

/// The table `T` lists the entity.
#[diagnostic::on_unimplemented(
    message = "`{Self}` says `table = {T}`, but `{T}` does not list it",
    label = "add `{Self}` to `#[dynamo(entities(..))]` on `{T}`"
)]
pub trait Member<T> {}

/// An entity may be used with a client of the table `T`: it lives there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not live in the table `{T}`",
    label = "this client is for `{T}` only",
    note = "use the client of the entity's own table"
)]
pub trait LivesIn<T>: Entity<Table = T> {}

#[diagnostic::do_not_recommend]
impl<E: Entity<Table = T>, T> LivesIn<T> for E {}
