//! `Debug` for operations: which one, on which entity; never a value, since logs outlive the reason for them.

use super::{Create, Delete, Get, Put, Query, Save, Target, Update};
use crate::entity::{Entity, Index};
use std::fmt;

macro_rules! debug {
    ($($name:ident <$($lifetime:lifetime,)? E $(, $index:ident)? $(; $($via:ident),+)?>)*) => {$(
        impl<$($lifetime,)? E: Entity $(, $index: Index)? $($(, $via)+)?> fmt::Debug for $name<$($lifetime,)? E $(, $index)? $($(, $via)+)?> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), E::SCHEMA.name)
            }
        }
    )*};
}

debug! { Create<E; V> Delete<E; V> Get<E; V, P> Put<E; V> Query<E, I; V, P> Save<'e, E; V> Target<E> Update<E; V, R> }
