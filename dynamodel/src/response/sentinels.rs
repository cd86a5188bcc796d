//! What became of the sentinels of the items that a query or a scan found.

use crate::error::Error;

/// What became of the sentinels of the items that one request of a query or a scan found.
#[derive(Debug)]
#[non_exhaustive]
pub struct SentinelPage<C> {
    /// How many items lacked a sentinel, or had one with another expiry, and have now all that they can have: see
    /// `problems` for the others.
    pub added: u64,
    /// How many had all that they can have.
    pub present: u64,
    /// How many were gone or expired when it was their turn.
    pub skipped: u64,
    /// The values that could not be kept for their item, each with the item's key and the field: a
    /// [`UniqueViolation`](crate::ErrorKind::UniqueViolation) where another item has it
    /// ([`owner`](Error::owner)), an [`InvalidValue`](crate::ErrorKind::InvalidValue) where it cannot be unique.
    pub problems: Vec<Error>,
    /// How many items DynamoDB looked at to find them.
    pub evaluated: u64,
    /// The read units that were consumed to find them, where the engine says so.
    pub consumed: Option<f64>,
    /// Where to go on after this page: a [`Cursor`](crate::Cursor) of a query, a
    /// [`ScanCheckpoint`](crate::op::ScanCheckpoint) of a scan. `None`: nothing is left.
    pub checkpoint: Option<C>,
}

/// What became of the sentinels of all items that a query or a scan found: the sums of [`SentinelPage`].
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct SentinelTotal {
    /// How many items lacked a sentinel, or had one with another expiry, and have now all that they can have: see
    /// `problems` for the others.
    pub added: u64,
    /// How many had all that they can have.
    pub present: u64,
    /// How many were gone or expired when it was their turn.
    pub skipped: u64,
    /// The values that could not be kept for their item: see [`SentinelPage::problems`].
    pub problems: Vec<Error>,
}
