//! Which keys a query covers: one partition, and in it the keys that begin alike.

use super::{Entity, Index};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyPart, KeyValue, check_limits, render, render_prefix};
use crate::schema::{KeyAttribute, Pattern, Piece, Position};
use std::fmt;
use std::marker::PhantomData;

/// The keys that a query covers, on the table itself (`I = Primary`) or on an index.
///
/// Made by the entity's named access patterns (`Session::of_user("u1")`).
pub struct KeyRange<E, I> {
    parts: Result<Bounds>,
    of: PhantomData<fn() -> (E, I)>,
}

/// The values of a key condition.
#[derive(Debug)]
pub(crate) struct Bounds {
    /// Every partition attribute with its value.
    pub(crate) partition: Vec<(&'static str, KeyValue)>,
    pub(crate) sort: Option<SortBound>,
}

/// What a query asks of the sort key.
#[derive(Debug)]
pub(crate) enum SortBound {
    /// Every sort key of the pattern is this one: its template is a constant.
    Equals(&'static str, KeyValue),
    /// Every sort key of the pattern begins so.
    BeginsWith(&'static str, KeyValue),
}

impl<E: Entity, I: Index> KeyRange<E, I> {
    /// The range from the values of the partition key's fields, attribute by attribute: what the generated access
    /// patterns call.
    ///
    /// The sort key is bounded by its template's leading literal, so that items of other entities in the partition
    /// are never read, nor paid for.
    #[doc(hidden)]
    pub fn of(parts: &[&[&dyn KeyPart]]) -> Self {
        Self { parts: bounds::<E, I>(parts).map_err(|error| error.of_entity(E::SCHEMA.name)), of: PhantomData }
    }

    pub(crate) fn bounds(&self) -> Result<&Bounds> {
        self.parts.as_ref().map_err(Error::again)
    }
}

fn bounds<E: Entity, I: Index>(parts: &[&[&dyn KeyPart]]) -> Result<Bounds> {
    // A local index has the table's partition key.
    let local = I::NAME.is_some() && !E::SCHEMA.keys_of(I::NAME).any(|key| key.position == Position::Partition);
    let keys = E::SCHEMA.keys_of(if local { None } else { I::NAME });
    let mut partition = Vec::with_capacity(parts.len());
    for (key, parts) in keys.filter(|key| key.position == Position::Partition).zip(parts) {
        let value = render(key, parts)?.ok_or_else(|| {
            Error::new(ErrorKind::InvalidKey, "is absent, and a query needs a partition").at_attribute(key.attribute)
        })?;
        partition.push((key.attribute, value));
    }
    let sort = E::SCHEMA.keys_of(I::NAME).find(|key| key.position == Position::Sort).map(prefix).transpose()?;
    Ok(Bounds { partition, sort: sort.flatten() })
}

fn prefix(key: &'static KeyAttribute) -> Result<Option<SortBound>> {
    let Pattern::Template(pieces) = key.pattern else { return Ok(None) };
    let Some(value) = render_prefix(key, &[])? else { return Ok(None) };
    if value == KeyValue::S(String::new()) {
        return Ok(None);
    }
    check_limits(value.size(), key.attribute, Position::Sort)?;
    let constant = !pieces.iter().any(|piece| matches!(piece, Piece::Field { .. }));
    let bound = if constant { SortBound::Equals } else { SortBound::BeginsWith };
    Ok(Some(bound(key.attribute, value)))
}

/// What a query can be made from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no access pattern",
    label = "expected what `query = ..` or `index(name = ..)` of an entity made, for example `Session::of_user(..)`"
)]
pub trait IntoKeyRange {
    /// The entity that is queried.
    type Entity: Entity;
    /// The index it is queried on.
    type Index: Index;

    /// The keys to cover.
    fn into_key_range(self) -> KeyRange<Self::Entity, Self::Index>;
}

impl<E: Entity, I: Index> IntoKeyRange for KeyRange<E, I> {
    type Entity = E;
    type Index = I;

    fn into_key_range(self) -> Self {
        self
    }
}

impl<E, I> fmt::Debug for KeyRange<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyRange").field(&self.parts).finish()
    }
}
