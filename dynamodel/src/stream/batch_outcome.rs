//! What became of the records of a batch.

use super::Record;
use crate::error::Error;
use std::error::Error as StdError;

/// What became of the records of a [`Batch`](super::Batch).
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
    /// Why; `None` where it was not looked at, because one before it failed.
    pub error: Option<Error>,
}

impl BatchOutcome {
    /// Whether every record was handled.
    pub fn is_complete(&self) -> bool {
        self.failures.is_empty()
    }

    /// What is left, in its order: first what failed, then what was not looked at.
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
    /// It cannot be read, or is none of those that were asked for.
    Record(Error),
    /// Its handler said so.
    Handler(Box<dyn StdError + Send + Sync>),
}
