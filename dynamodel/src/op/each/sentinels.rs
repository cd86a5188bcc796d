//! Adding the sentinels that the unique values of stored items lack.

use super::CONCURRENCY;
use crate::entity::{Index, Projection};
use crate::op::{Query, Scan};

/// Makes the [sentinels](crate::guide::unique) that are missing of what a query or a scan finds: for a table that had items
/// before a field was unique, or whose items another program writes.
///
/// Each item is read consistently, and so are its sentinels (GetItem). Where one is missing, or says another expiry,
/// the sentinels are written in one TransactWriteItems, on the condition that the item still has these values; where it
/// has changed, it is read again. The item itself is not written. A value that another item has already is not an error
/// of the operation: it is listed in the [`problems`](crate::op::SentinelTotal::problems), and one of the two has to
/// change. Doing it again does no harm. Costs what the read costs, a read unit or more for each item and each sentinel,
/// and what is written.
///
/// Awaited, it gives the [`SentinelTotal`](crate::op::SentinelTotal); its [`pages`](Self::pages) say how far it has come, and where
/// to go on after a stop or an error.
///
/// A policy must allow it [`Scan`](crate::define::Access::Scan) or [`Query`](crate::define::Access::Query),
/// [`Get`](crate::define::Access::Get), [`Put`](crate::define::Access::Put) and
/// [`Check`](crate::define::Access::Check) on the table.
///
/// # Errors
/// Those of the read and of the writes.
///
/// # Examples
/// See [`guide::unique`](crate::guide::unique).
#[must_use = "an operation does nothing until awaited, or its pages are asked for"]
#[derive(Debug)]
pub struct AddMissingSentinels<S> {
    pub(crate) source: S,
    pub(crate) concurrency: usize,
}

impl<S> AddMissingSentinels<S> {
    /// How many items are worked on at once, at most: 8 by default.
    pub fn concurrency(mut self, items: usize) -> Self {
        self.concurrency = items.max(1);
        self
    }
}

impl<P: Projection, I: Index, V> Query<P, I, V> {
    /// Makes the missing sentinels of the unique values of what the query finds: see [`AddMissingSentinels`].
    pub fn add_missing_sentinels(self) -> AddMissingSentinels<Self> {
        AddMissingSentinels { source: self, concurrency: CONCURRENCY }
    }
}

impl<P: Projection, V> Scan<P, V> {
    /// Makes the missing sentinels of the unique values of what the scan finds: see [`AddMissingSentinels`]. Items without an
    /// entity type, as other programs may write them, are found too, where their keys have the form of the entity's.
    pub fn add_missing_sentinels(mut self) -> AddMissingSentinels<Self> {
        self.untyped = true;
        AddMissingSentinels { source: self, concurrency: CONCURRENCY }
    }
}
