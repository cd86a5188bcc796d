//! What a batch could not write: at most one write of an item, the latest that was given.

use crate::op::{BatchOp, ItemKey};
use std::collections::HashMap;

/// Writes that were not carried out, in the order of their requests.
#[derive(Debug)]
pub(super) struct Leftovers<T> {
    /// Those that a later write has made needless leave a gap.
    ops: Vec<Option<BatchOp<T>>>,
    places: HashMap<ItemKey, usize>,
}

impl<T> Leftovers<T> {
    pub(super) fn new() -> Self {
        Self { ops: Vec::new(), places: HashMap::new() }
    }

    /// Drops the write of this item, since a later one has been sent. Whether there was one.
    pub(super) fn forget(&mut self, key: &ItemKey) -> bool {
        let place = self.places.remove(key).and_then(|at| self.ops.get_mut(at));
        place.is_some_and(|place| place.take().is_some())
    }

    /// The writes by themselves.
    pub(super) fn into_ops(self) -> Vec<BatchOp<T>> {
        self.ops.into_iter().flatten().collect()
    }
}

impl<T> Extend<BatchOp<T>> for Leftovers<T> {
    fn extend<I: IntoIterator<Item = BatchOp<T>>>(&mut self, ops: I) {
        for op in ops {
            self.places.insert(op.key().clone(), self.ops.len());
            self.ops.push(Some(op));
        }
    }
}
