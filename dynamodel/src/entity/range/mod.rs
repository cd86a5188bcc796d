//! Which keys a query covers: one partition, and in it the keys that begin alike or lie in a range.

mod bounds;
mod prefix;

use super::{Entity, Index, Item, Projection};
use crate::error::{Error, Result};
use crate::key::KeyPart;
use std::fmt;
use std::marker::PhantomData;

use bounds::SortBound;
pub(crate) use bounds::{Bounds, SortTest};
pub use prefix::KeyPrefix;

/// The keys that a query covers, on the table itself (`I = Primary`) or on an index, and what it reads there.
///
/// Made by the entity's named access patterns (`Session::of_user("u1")`) and their methods.
pub struct KeyRange<P, I> {
    parts: Result<Bounds>,
    of: PhantomData<fn() -> (P, I)>,
}

impl<P: Projection, I: Index> KeyRange<P, I> {
    /// The range from the values of the partition key's fields, attribute by attribute: what the generated access
    /// patterns call.
    ///
    /// The sort key is bounded by its template's leading literal, so that items of other entities in the partition
    /// are never read, nor paid for.
    #[doc(hidden)]
    pub fn of(parts: &[&[&dyn KeyPart]]) -> Self {
        KeyPrefix::of(parts).all()
    }
}

impl<P, I> KeyRange<P, I> {
    fn new(parts: Result<Bounds>) -> Self {
        Self { parts, of: PhantomData }
    }

    pub(crate) fn bounds(&self) -> Result<&Bounds> {
        self.parts.as_ref().map_err(Error::clone_without_current)
    }

    /// The whole partition, whatever lies there.
    #[doc(hidden)]
    pub fn whole_partition<C>(self) -> KeyRange<C, I> {
        KeyRange::new(self.parts.map(Bounds::whole_partition))
    }

    /// The same keys, read as something else.
    #[doc(hidden)]
    pub fn reading<C>(self) -> KeyRange<C, I> {
        KeyRange::new(self.parts)
    }

    /// Of the partition, the keys that begin so.
    #[doc(hidden)]
    pub fn beginning<C>(self, attribute: &'static str, text: &'static str) -> KeyRange<C, I> {
        KeyRange::new(self.parts.map(|bounds| bounds.whole_partition().beginning(attribute, text)))
    }
}

/// What a query can be made from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an access pattern",
    label = "expected what `query = ..` or `index(name = ..)` of an entity made, for example `Session::of_user(..)`"
)]
pub trait IntoKeyRange {
    /// What is read.
    type Item: Item;
    /// The index it is queried on.
    type Index: Index;

    /// The keys to cover.
    fn into_key_range(self) -> KeyRange<Self::Item, Self::Index>;
}

impl<P: Item, I: Index> IntoKeyRange for KeyRange<P, I> {
    type Item = P;
    type Index = I;

    fn into_key_range(self) -> Self {
        self
    }
}

/// An access pattern of an entity of the table `T`, whose index holds whole items.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an access pattern of an entity of the table `{T}`",
    label = "expected one that reads whole entities, for example `Session::of_user(..)`"
)]
pub trait PartitionOf<T, I>: IntoKeyRange<Index = I> {}

#[diagnostic::do_not_recommend]
impl<R: IntoKeyRange<Index = I>, T, I> PartitionOf<T, I> for R where R::Item: Entity<Table = T> {}

/// The fields by which the items of a query on the index `I` can be filtered: all but those that are the index's own
/// key attributes, which DynamoDB takes in the key condition only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no access pattern on the index `{I}`",
    label = "declare one: `#[dynamo(index(name = {I}, ..))]`"
)]
pub trait FilterOn<I> {
    /// The paths to them.
    type Fields;

    /// The paths to them.
    #[doc(hidden)]
    fn filter_fields() -> Self::Fields;
}

impl<P, I> Clone for KeyRange<P, I> {
    fn clone(&self) -> Self {
        Self::new(self.bounds().cloned())
    }
}

impl<P, I> fmt::Debug for KeyRange<P, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KeyRange").field(&self.parts).finish()
    }
}
