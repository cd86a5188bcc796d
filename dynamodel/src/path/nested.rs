//! Structs inside an item, whose own fields can be named.

use super::{AtIndex, Inside, ListOf, Location, Path, Serde};
use std::marker::PhantomData;

/// A type that stands in an entity as `#[dynamo(nested)]`: `#[derive(Nested)]` makes paths for its fields.
#[diagnostic::on_unimplemented(
    message = "the fields of `{Self}` are not known",
    label = "`{Self}` has no `#[derive(Nested)]`",
    note = "take `nested` off to treat the attribute as a whole"
)]
pub trait Nested {
    /// The paths to its fields, where the struct lies at `L` of the entity `E`.
    type Paths<E, L: Location>: Copy;

    /// The paths, made from the place.
    fn paths<E, L: Location>(location: L) -> Self::Paths<E, L>;
}

impl<T: Nested> Nested for Option<T> {
    type Paths<E, L: Location> = T::Paths<E, L>;

    fn paths<E, L: Location>(location: L) -> Self::Paths<E, L> {
        T::paths(location)
    }
}

impl<T: Nested> Nested for Box<T> {
    type Paths<E, L: Location> = T::Paths<E, L>;

    fn paths<E, L: Location>(location: L) -> Self::Paths<E, L> {
        T::paths(location)
    }
}

/// A list of structs: `.index(3)` leads to the paths of one.
#[derive(Debug)]
pub struct ListPaths<E, T, L> {
    location: L,
    element: PhantomData<fn() -> (E, T)>,
}

impl<E, T, L: Copy> Clone for ListPaths<E, T, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, T, L: Copy> Copy for ListPaths<E, T, L> {}

impl<E, T: Nested, L: Location> ListPaths<E, T, L> {
    /// The paths of the struct at an index, counted from 0.
    pub fn index(self, index: u32) -> T::Paths<E, AtIndex<L>>
    where
        Vec<T>: ListOf<T, Serde>,
    {
        T::paths(AtIndex(self.location, index))
    }
}

impl<T: Nested> Nested for Vec<T> {
    type Paths<E, L: Location> = ListPaths<E, T, L>;

    fn paths<E, L: Location>(location: L) -> Self::Paths<E, L> {
        ListPaths { location, element: PhantomData }
    }
}

/// A nested field: the paths of what stands in it, and the path of the whole.
///
/// It is what its inner paths are (`s.address.city`, `s.lines.index(3).sku`); [`whole`](Self::whole) is the attribute
/// itself.
pub struct NestedPaths<E, F: super::Field, L: Location>
where
    F::Value: Nested,
{
    location: L,
    inner: <F::Value as Nested>::Paths<E, Inside<L>>,
}

impl<E, F: super::Field, L: Location> NestedPaths<E, F, L>
where
    F::Value: Nested,
{
    /// The nested field at a place. Made by the derive; users take it from `fields()`.
    #[doc(hidden)]
    pub fn at(location: L) -> Self {
        Self { location, inner: F::Value::paths(Inside(location, F::NAME)) }
    }

    /// The attribute as a whole.
    pub fn whole(self) -> Path<E, F, L> {
        Path::at(self.location)
    }
}

impl<E, F: super::Field, L: Location> Clone for NestedPaths<E, F, L>
where
    F::Value: Nested,
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, F: super::Field, L: Location> Copy for NestedPaths<E, F, L> where F::Value: Nested {}

impl<E, F: super::Field, L: Location> std::ops::Deref for NestedPaths<E, F, L>
where
    F::Value: Nested,
{
    type Target = <F::Value as Nested>::Paths<E, Inside<L>>;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}

impl<E, F: super::Field, L: Location> std::fmt::Debug for NestedPaths<E, F, L>
where
    F::Value: Nested,
{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NestedPaths({})", Path::<E, F, L>::at(self.location))
    }
}

/// What stands for an attribute of `E` whose field has the type `T`: a path, or nested paths.
#[diagnostic::on_unimplemented(
    message = "the field has another type in the entity",
    label = "`{T}` is not its type there: a part has the entity's own types"
)]
pub trait PartOf<E, T> {
    /// The name under which it is stored.
    const NAME: &'static str;
}

impl<E, F: super::Field> PartOf<E, F::Value> for Path<E, F>
where
    F::Role: super::Stored<F>,
{
    const NAME: &'static str = F::NAME;
}

impl<E, F: super::Field> PartOf<E, F::Value> for NestedPaths<E, F, super::Root>
where
    F::Value: Nested,
{
    const NAME: &'static str = F::NAME;
}
