//! A marker type per field, and the path that carries it.

use super::{Inside, Location, Root, Segment};
use serde::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// What is known of a field, carried by a marker type that a derive makes for it.
pub trait Field: 'static {
    /// The field's own type.
    type Value;
    /// What the field is for: plain data, part of a key, the version, …
    type Role;
    /// How it is written.
    type Codec;
    /// Whether it may be absent: its type, or [`Defaulted`](super::Defaulted).
    type Absence;
    /// The name under which it is stored; empty for what has none, the element of a list or a map.
    const NAME: &'static str;
    /// The name of the Rust field, which key templates use.
    const IDENT: &'static str = Self::NAME;
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

/// The path to an attribute of the entity `E`, made from its field `F`, which lies at `L`.
///
/// Comes from the closures of the operations (`|s| s.hits`) or from `Session::fields()`. At the top of an item it takes
/// no space; it is `Copy` everywhere.
pub struct Path<E, F, L = Root> {
    pub(super) location: L,
    entity: PhantomData<fn() -> (E, F)>,
}

impl<E, F> Path<E, F> {
    /// The path to a field at the top of the item. Made by the derive; users take it from `fields()`.
    #[doc(hidden)]
    pub const fn new() -> Self {
        Self::at(Root)
    }
}

impl<E, F, L> Path<E, F, L> {
    /// The path to a field at a place. Made by the derive; users take it from `fields()`.
    #[doc(hidden)]
    pub const fn at(location: L) -> Self {
        Self { location, entity: PhantomData }
    }
}

impl<E, F: Field, L: Location> Path<E, F, L> {
    /// The steps to the attribute, outermost first.
    pub(crate) fn segments(&self) -> Vec<Segment> {
        let mut out = Vec::with_capacity(1);
        Inside(self.location, F::NAME).steps(&mut |segment| out.push(segment));
        out
    }
}

impl<E, F, L: Copy> Clone for Path<E, F, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, F, L: Copy> Copy for Path<E, F, L> {}

impl<E, F: Field, L: Location> fmt::Display for Path<E, F, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.segments(), f)
    }
}

impl<E, F: Field, L: Location> fmt::Debug for Path<E, F, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({self})")
    }
}

/// Steps as text for people: `lines[3].quantity`.
pub(crate) fn show(segments: &[Segment], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, segment) in segments.iter().enumerate() {
        if at > 0 && !matches!(segment, Segment::Index(_)) {
            f.write_str(".")?;
        }
        write!(f, "{segment}")?;
    }
    Ok(())
}
