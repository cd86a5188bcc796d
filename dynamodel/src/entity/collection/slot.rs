//! What can be a field of a collection, and how many items it takes.

use super::{Gathering, Value};
use crate::entity::{Entity, Expiry, Incoming};
use crate::error::Result;
use crate::schema::EntitySchema;

/// What can be a field of a collection: `E` for exactly one item, `Option<E>` for one at most, `Vec<E>` for any number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a collection of the table `{T}`",
    label = "expected an entity of `{T}`, or an `Option` or a `Vec` of one"
)]
pub trait Slot<T>: Sized {
    /// The entity.
    type Entity: Entity<Table = T>;

    /// What is known of the entity.
    #[doc(hidden)]
    const SCHEMA: &'static EntitySchema = <Self::Entity as Entity>::SCHEMA;

    /// Reads one item.
    #[doc(hidden)]
    fn read(item: &mut Incoming<'_, '_>) -> Result<(Value, Option<Expiry>)> {
        let entity: Self::Entity = item.read()?;
        let expiry = entity.expiry();
        Ok((Box::new(entity), expiry))
    }

    /// Takes what belongs into the field at this place.
    #[doc(hidden)]
    fn take(items: &mut Gathering, at: usize) -> Result<Self> {
        items.take::<Self::Entity, Self>(at, Self::fill)
    }

    /// From the items that were found.
    #[doc(hidden)]
    fn fill(items: Vec<Self::Entity>) -> Result<Self, &'static str>;
}

const MISSING: &str = "and there must be one: make the field an `Option` if it can be absent";
const SECOND: &str = "and there must be no more than one: make the field a `Vec`";

#[diagnostic::do_not_recommend]
impl<E: Entity<Table = T>, T> Slot<T> for E {
    type Entity = E;

    fn fill(items: Vec<E>) -> Result<Self, &'static str> {
        <Option<E> as Slot<T>>::fill(items)?.ok_or(MISSING)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Entity<Table = T>, T> Slot<T> for Option<E> {
    type Entity = E;

    fn fill(items: Vec<E>) -> Result<Self, &'static str> {
        let mut items = items.into_iter();
        match (items.next(), items.next()) {
            (first, None) => Ok(first),
            (_, Some(_)) => Err(SECOND),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<E: Entity<Table = T>, T> Slot<T> for Vec<E> {
    type Entity = E;

    fn fill(items: Vec<E>) -> Result<Self, &'static str> {
        Ok(items)
    }
}
