//! Several items of one partition as one value: a struct with a field for each entity.

mod gathered;
mod slot;

use super::{Expiry, Incoming, IntoKeyRange, Table};
use crate::error::Result;
use crate::schema::EntitySchema;
use std::any::Any;
use std::marker::PhantomData;

pub use gathered::{Gathered, Gathering};
pub use slot::Slot;

/// An item on its way into a collection, whatever its type.
pub type Value = Box<dyn Any + Send + Sync>;

/// A struct of several entities that lie in one partition. Implemented by `#[derive(Collection)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a collection",
    label = "derive it: `#[derive(Collection)]` and `#[dynamo(of = ..)]`, the table"
)]
pub trait Collection: Sized + Send + Sync + 'static {
    /// The table whose items it is made of.
    type Table: Table;
    /// The types of its fields: `(Cart, (Vec<CartLine>, ()))`.
    #[doc(hidden)]
    type Members;
    /// The struct's name.
    const NAME: &'static str;

    /// Its fields, in order.
    #[doc(hidden)]
    const FIELDS: &'static [CollectionField];
    /// The entities that are read past.
    #[doc(hidden)]
    const IGNORED: &'static [&'static EntitySchema];

    /// Puts the items into the fields.
    #[doc(hidden)]
    fn gather(items: &mut Gathering) -> Result<Self>;
}

/// Reads an item into a field, and says when it expires.
type ReadValue = fn(&mut Incoming<'_, '_>) -> Result<(Value, Option<Expiry>)>;

/// A field of a collection.
#[doc(hidden)]
#[derive(Debug)]
pub struct CollectionField {
    pub name: &'static str,
    pub entity: &'static EntitySchema,
    pub read: ReadValue,
}

/// The access pattern of an entity that stands in a field of the collection `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an access pattern of an entity in the collection `{V}`",
    label = "expected one of an entity in its fields"
)]
pub trait RangeOf<V, I, At>: IntoKeyRange<Index = I> {}

#[diagnostic::do_not_recommend]
impl<R, V, I, At> RangeOf<V, I, At> for R
where
    R: IntoKeyRange<Index = I>,
    V: Collection,
    V::Members: Holds<R::Item, V::Table, At>,
{
}

/// The entity `E` is that of a field in a list of fields, at the place `At`: `(Cart, (Vec<CartLine>, ()))`.
#[doc(hidden)]
pub trait Holds<E, T, At> {}

/// At the first place.
#[doc(hidden)]
#[derive(Debug)]
pub struct Here;

/// At a place further on.
#[doc(hidden)]
#[derive(Debug)]
pub struct Further<At>(PhantomData<At>);

#[diagnostic::do_not_recommend]
impl<E, T, S: Slot<T, Entity = E>, Rest> Holds<E, T, Here> for (S, Rest) {}

#[diagnostic::do_not_recommend]
impl<E, T, First, Rest: Holds<E, T, At>, At> Holds<E, T, Further<At>> for (First, Rest) {}
