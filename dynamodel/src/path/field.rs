//! A marker type per field, and the path that carries it.

use serde::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What is known of a field, carried by a marker type that `#[derive(Entity)]` makes for it.
pub trait Field: 'static {
    /// The field's own type.
    type Value;
    /// What the field is for: plain data, part of a key, the version, …
    type Role;
    /// How it is written.
    type Codec;
    /// The name under which it is stored.
    const NAME: &'static str;
}

/// Writes a field's value as the field itself would be written.
pub trait Codec<T: ?Sized> {
    /// Writes `value`.
    ///
    /// # Errors
    /// Whatever the serializer says.
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// The codec of a field without `#[serde(with = ..)]`: its type's own `Serialize`.
#[derive(Debug, Clone, Copy)]
pub struct Serde;

impl<T: Serialize + ?Sized> Codec<T> for Serde {
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// A value with the codec of its field, as something that serde can write.
pub struct FieldCodec<'a, T: ?Sized, C>(pub &'a T, pub PhantomData<C>);

impl<T: ?Sized, C> fmt::Debug for FieldCodec<'_, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FieldCodec")
    }
}

impl<T: ?Sized, C: Codec<T>> Serialize for FieldCodec<'_, T, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(self.0, serializer)
    }
}

/// The path to an attribute of the entity `E`, made from its field `F`.
///
/// Comes from the closures of the operations (`|s| s.hits`) or from `Session::fields()`; it takes no space.
pub struct Path<E, F> {
    entity: PhantomData<fn() -> (E, F)>,
}

impl<E, F: Field> Path<E, F> {
    /// The path to the field. Made by the derive; users take it from `fields()`.
    #[doc(hidden)]
    pub const fn new() -> Self {
        Self { entity: PhantomData }
    }

    /// The name under which the field is stored.
    pub const fn name(self) -> &'static str {
        F::NAME
    }
}

impl<E, F> Clone for Path<E, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, F> Copy for Path<E, F> {}

impl<E, F: Field> Default for Path<E, F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E, F: Field> fmt::Debug for Path<E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(F::NAME)
    }
}
