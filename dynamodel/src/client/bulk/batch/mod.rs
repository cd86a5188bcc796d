//! Batches: any number of items, in as many requests as it takes, of which nothing gets lost.

mod chunk;
mod get;
mod keys;
mod leftovers;
mod progress;
mod run;
mod write;

pub use get::BatchGet;
pub use keys::KeySet;
pub use progress::BatchProgress;
pub use write::{BatchWrite, Checked, Unchecked};

use crate::error::{Error, ErrorKind};
use crate::op::BatchOp;

/// How many requests of a batch are under way at once, unless it is said.
const CONCURRENCY: usize = 8;

/// Whether sending the same writes again may help, and can do no harm: puts and deletes of a batch do the same twice.
fn is_passing(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Throttled | ErrorKind::Unavailable | ErrorKind::OutcomeUnknown)
}

impl Error {
    /// What a batch did not write, after its last try: to be written later (`shop.batch_write().again(left)`), or to be
    /// looked at. Empty for other errors, and for those of another table.
    pub fn leftovers<T: 'static>(&self) -> &[BatchOp<T>] {
        self.left::<Vec<BatchOp<T>>>().map(Vec::as_slice).unwrap_or_default()
    }

    /// The same, taken out of the error.
    pub fn into_leftovers<T: 'static>(self) -> Vec<BatchOp<T>> {
        self.into_left().unwrap_or_default()
    }
}
