//! The outcome of a batch: how many records were handled, and which are left.

use super::Record;
use crate::error::Error;
use std::error::Error as StdError;

/// The outcome of a [`Batch`](super::Batch): how many records were handled, and which are left.
#[must_use = "records that are left must be delivered again, or they are lost"]
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct BatchOutcome {
    /// How many were handled.
    pub done: usize,
    pub(super) failures: Vec<FailedRecord>,
}

/// A record that is left.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedRecord {
    /// The record.
    pub record: Record,
    /// Why; `None` where it was not handled because an earlier one failed.
    pub error: Option<Error>,
}

impl BatchOutcome {
    /// Whether every record was handled.
    pub fn is_complete(&self) -> bool {
        self.failures.is_empty()
    }

    /// The records that are left, in their order: first the one that failed, then those that were not handled.
    pub fn failures(&self) -> &[FailedRecord] {
        &self.failures
    }

    /// Why it ended early.
    pub fn error(&self) -> Option<&Error> {
        self.failures.first()?.error.as_ref()
    }
}

/// Why a record is left.
pub(super) enum HandleError {
    /// It cannot be decoded, or is of another table.
    Record(Error),
    /// Its handler failed.
    Handler(Box<dyn StdError + Send + Sync>),
}
