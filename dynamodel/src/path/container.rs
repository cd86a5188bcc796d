//! Lists, sets and maps as traits on the field's type.

use super::{Accepts, Serde};
use crate::wire::{CodecError, Set};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// A list (L) of `T`: its elements have paths of their own.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no list",
    label = "only the elements of a list have an index: `Vec<T>`",
    note = "a map's value is `.key(..)`"
)]
pub trait ListOf<T, C> {}

/// A map (M) from strings to `T`: its values have paths of their own.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no map: it has no keys",
    label = "not a map attribute",
    note = "`.key(..)` works on maps with `String` keys; a list's element is `.index(..)`"
)]
pub trait MapOf<T, C> {}

/// A list (L) whose elements can be given as a `V`: append, prepend, `contains`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no list that takes a `{V}`",
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
    message = "a field of type `{Self}` is no set that takes a `{V}`",
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
