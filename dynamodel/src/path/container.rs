//! Lists, sets and maps as traits on the field's type, and the paths to what is in them.

use super::{Accepts, AtIndex, AtKey, Defaulted, Field, Inside, Location, Path, Plain, Serde};
use crate::wire::{CodecError, Set};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;

/// The element of a list or the value in a map, where a field could stand.
pub struct Element<T>(PhantomData<fn() -> T>);

impl<T> fmt::Debug for Element<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Element")
    }
}

impl<T: 'static> Field for Element<T> {
    type Value = T;
    type Role = Plain;
    type Codec = Serde;
    type Absence = Defaulted;
    const NAME: &'static str = "";
    const IDENT: &'static str = "";
}

impl<E, F: Field, L: Location> Path<E, F, L> {
    /// An element of the list, counted from 0.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cart.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// let first_is_gift = Cart::fields().notes.index(0).eq("gift");
    /// assert_eq!(format!("{first_is_gift:#}"), r#"notes[0] = "gift""#);
    /// # Ok(()) }
    /// ```
    pub fn index<T: 'static>(self, index: u32) -> Path<E, Element<T>, AtIndex<Inside<L>>>
    where
        F::Value: ListOf<T, F::Codec>,
    {
        Path::at(AtIndex(Inside(self.location, F::NAME), index))
    }

    /// The value under a key of the map.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// let dark = Session::fields().data.key("theme").eq("dark");
    /// assert_eq!(format!("{dark:#}"), r#"data.theme = "dark""#);
    /// # Ok(()) }
    /// ```
    pub fn key<T: 'static>(self, key: &str) -> Path<E, Element<T>, AtKey<'_, Inside<L>>>
    where
        F::Value: MapOf<T, F::Codec>,
    {
        Path::at(AtKey(Inside(self.location, F::NAME), key))
    }
}

/// A list (L) of `T`: its elements have paths of their own.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a list",
    label = "only the elements of a list have an index: `Vec<T>`",
    note = "a map's value is `.key(..)`"
)]
pub trait ListOf<T, C> {}

/// A map (M) from strings to `T`: its values have paths of their own.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a map: it has no keys",
    label = "not a map attribute",
    note = "`.key(..)` works on maps with `String` keys; a list's element is `.index(..)`"
)]
pub trait MapOf<T, C> {}

/// A list (L) whose elements can be given as a `V`: append, prepend, `contains`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a list that takes a `{V}`",
    label = "list functions need a list (`Vec<T>`) and elements of its type"
)]
pub trait ListTakes<V, C> {
    /// Appends an element as DynamoDB JSON.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn encode(element: &V, out: &mut Vec<u8>) -> Result<(), CodecError>;
}

/// A set (SS, NS, BS) whose elements can be given as a `V`: elements added and deleted, `has`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is not a set that takes a `{V}`",
    label = "set functions need a set (`dynamodel::Set<T>`) and elements of its type",
    note = "a `BTreeSet` or `HashSet` is stored as a list, whose elements cannot be added or deleted by value"
)]
pub trait SetTakes<V, C> {
    /// Appends an element as DynamoDB JSON.
    ///
    /// # Errors
    /// When it cannot be stored.
    fn encode(element: &V, out: &mut Vec<u8>) -> Result<(), CodecError>;
}

impl<T> ListOf<T, Serde> for Vec<T> {}
impl<T> ListOf<T, Serde> for VecDeque<T> {}
impl<T> MapOf<T, Serde> for BTreeMap<String, T> {}
impl<T, S> MapOf<T, Serde> for HashMap<String, T, S> {}

impl<L: ListOf<T, C>, T, C> ListOf<T, C> for Option<L> {}
impl<M: MapOf<T, C>, T, C> MapOf<T, C> for Option<M> {}

macro_rules! takes {
    ($($which:ident for $container:ident)*) => {$(
        impl<T: Accepts<V, Serde>, V> $which<V, Serde> for $container<T> {
            fn encode(element: &V, out: &mut Vec<u8>) -> Result<(), CodecError> {
                <T as Accepts<V, Serde>>::encode(element, out)
            }
        }
    )*};
}

takes!(ListTakes for Vec ListTakes for VecDeque SetTakes for Set);

impl<L: ListTakes<V, C>, V, C> ListTakes<V, C> for Option<L> {
    fn encode(element: &V, out: &mut Vec<u8>) -> Result<(), CodecError> {
        L::encode(element, out)
    }
}

impl<S: SetTakes<V, C>, V, C> SetTakes<V, C> for Option<S> {
    fn encode(element: &V, out: &mut Vec<u8>) -> Result<(), CodecError> {
        S::encode(element, out)
    }
}
