//! `Debug` for operations: which one, on which entity; never a value, since logs outlive the reason for them.

use super::{Check, Create, Delete, DeleteEach, Get, Put, Query, Save, Scan, Target, Update, UpdateEach};
use crate::entity::{Entity, Index, Item};
use std::fmt;

macro_rules! debug {
    ($($name:ident <$($lifetime:lifetime,)? E $(; $($via:ident),+)?>)*) => {$(
        impl<$($lifetime,)? E: Entity $($(, $via)+)?> fmt::Debug for $name<$($lifetime,)? E $($(, $via)+)?> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), E::SCHEMA.name)
            }
        }
    )*};
}

debug! { Check<E; V> Create<E; V> Delete<E; V> Get<E; V, P> Put<E; V> Save<'e, E; V> Target<E> Update<E; V, R> }

impl<P: Item, I: Index, V> fmt::Debug for Query<P, I, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({})", P::NAME)
    }
}

impl<P: Item, V> fmt::Debug for Scan<P, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scan({})", P::NAME)
    }
}

impl<S: fmt::Debug> fmt::Debug for DeleteEach<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeleteEach({:?})", self.source)
    }
}

impl<S: fmt::Debug, F> fmt::Debug for UpdateEach<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UpdateEach({:?})", self.source)
    }
}
