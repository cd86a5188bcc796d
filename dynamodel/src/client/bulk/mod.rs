//! Many writes and reads at once: batches, and what is done to each item that a query or scan finds.

mod batch;
mod each;

pub use batch::{BatchGet, BatchProgress, BatchWrite, Checked, KeySet, Unchecked};
