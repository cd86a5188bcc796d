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

use crate::error::Error;
use crate::op::BatchOp;

/// How many requests of a batch are under way at once, unless it is said.
const CONCURRENCY: usize = 8;

impl Error {
    /// What a batch did not write, after its last try: to be written later
    /// (`shop.batch_write().retry_leftovers(left)`), or to be looked at. Empty for other errors, and for those of
    /// another table.
    pub fn leftovers<T: 'static>(&self) -> &[BatchOp<T>] {
        self.left::<Vec<BatchOp<T>>>().map(Vec::as_slice).unwrap_or_default()
    }

    /// The same, taken out of the error.
    pub fn into_leftovers<T: 'static>(self) -> Vec<BatchOp<T>> {
        self.into_left().unwrap_or_default()
    }
}
