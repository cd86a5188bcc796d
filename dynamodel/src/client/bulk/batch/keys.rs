//! Which keys a batch get asks for, and how their items are read.

use crate::client::all_tuples;
use crate::entity::{Entity, Key, LivesIn, Projection};
use crate::error::Result;
use crate::op::key_json;
use crate::response::one;
use std::sync::Arc;
use std::time::SystemTime;

/// Reads items, given in the order of the keys.
pub(super) type Reading<O> =
    Arc<dyn Fn(&mut dyn Iterator<Item = Option<&str>>, Option<SystemTime>) -> Result<O> + Send + Sync>;

/// Keys to read: a list of one entity's, or a tuple of up to eight such lists.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no set of keys of the table's entities",
    label = "expected a `Vec` or an array of keys, or a tuple of those"
)]
pub trait KeySet<T, O> {
    /// Writes the keys as DynamoDB JSON.
    #[doc(hidden)]
    fn keys(&self, out: &mut Vec<String>) -> Result<()>;

    /// How their items are read.
    #[doc(hidden)]
    fn reading(&self) -> Reading<O>;
}

fn write_all<E: Entity>(keys: &[Key<E>], out: &mut Vec<String>) -> Result<()> {
    keys.iter().try_for_each(|key| key_json(key).map(|key| out.push(key)))
}

pub(super) fn read_all<P: Projection>(count: usize) -> Reading<Vec<Option<P>>> {
    Arc::new(move |items, alive_at| {
        items.take(count).map(|item| item.map_or(Ok(None), |item| one(item, None, alive_at))).collect()
    })
}

impl<E: LivesIn<T>, T> KeySet<T, Vec<Option<E>>> for Vec<Key<E>> {
    fn keys(&self, out: &mut Vec<String>) -> Result<()> {
        write_all(self, out)
    }

    fn reading(&self) -> Reading<Vec<Option<E>>> {
        read_all(self.len())
    }
}

impl<E: LivesIn<T>, T, const N: usize> KeySet<T, Vec<Option<E>>> for [Key<E>; N] {
    fn keys(&self, out: &mut Vec<String>) -> Result<()> {
        write_all(self, out)
    }

    fn reading(&self) -> Reading<Vec<Option<E>>> {
        read_all(N)
    }
}

macro_rules! tuples {
    ($([$name:ident $out:ident])+) => {
        impl<T, $($name: KeySet<T, $out>, $out: 'static),+> KeySet<T, ($($out,)+)> for ($($name,)+) {
            #[allow(non_snake_case)]
            fn keys(&self, out: &mut Vec<String>) -> Result<()> {
                let ($($name,)+) = self;
                $($name.keys(out)?;)+
                Ok(())
            }

            #[allow(non_snake_case)]
            fn reading(&self) -> Reading<($($out,)+)> {
                let ($($name,)+) = self;
                let ($($name,)+) = ($($name.reading(),)+);
                Arc::new(move |items, alive_at| Ok(($($name(items, alive_at)?,)+)))
            }
        }
    };
}

all_tuples! { tuples: [A AO] [B BO] [C CO] [D DO] [F FO] [G GO] [H HO] [I IO] }
