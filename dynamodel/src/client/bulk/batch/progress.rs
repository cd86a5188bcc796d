//! What a batch of writes is told, and tells, while it is under way.

use crate::op::BatchOp;
use futures_core::Stream;
use std::pin::Pin;

/// Writes that are made while the batch is under way.
pub(super) type Writes<'s, T> = Pin<Box<dyn Stream<Item = BatchOp<T>> + Send + 's>>;

/// Who is told how far the batch is.
pub(super) type Listener<'s> = Box<dyn FnMut(BatchProgress) + Send + 's>;

/// How far a batch is, and in the end what it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BatchProgress {
    /// Writes that were carried out, or that a later one on the same item has made needless.
    pub done: u64,
    /// Writes that the batch was given so far.
    pub given: u64,
    /// Requests made.
    pub requests: u64,
    /// Writes that were sent again.
    pub retried: u64,
}
