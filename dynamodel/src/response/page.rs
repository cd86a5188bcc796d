//! Pages: of a query, of a scan, and of writes to what these found.

use crate::op::{Cursor, ScanCheckpoint};

/// What one awaited query gives: items, and where the pages beside it begin.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<E> {
    /// The items, in the query's order. May be empty although there is a next page.
    pub items: Vec<E>,
    /// Where the next page begins; `None` when this was the last one. Give it to
    /// [`Query::start_at`](crate::op::Query::start_at).
    pub next: Option<Cursor>,
    /// Where the page before this one begins; `None` when this is the first one.
    pub previous: Option<Cursor>,
    /// How many items DynamoDB looked at, those that a filter left out included.
    pub evaluated: u64,
    /// How many requests it took.
    pub requests: u32,
    /// The read units that were consumed, where the engine says so.
    pub consumed: Option<f64>,
}

impl<E> Page<E> {
    /// A page of a read that has no pages of its own.
    pub(crate) fn of(items: Vec<E>, requests: u32) -> Self {
        Self { items, next: None, previous: None, evaluated: 0, requests, consumed: None }
    }
}

impl<E> IntoIterator for Page<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// What one request of a scan gives: items, and how far the scan has come with them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScanPage<P> {
    /// The items. May be empty although there are more pages.
    pub items: Vec<P>,
    /// The segment that they are of.
    pub segment: u32,
    /// How many items DynamoDB looked at, those of other entities and those that a filter left out included.
    pub evaluated: u64,
    /// The read units that were consumed, where the engine says so.
    pub consumed: Option<f64>,
    /// How far the scan has come, with this page and all before it. Give it to
    /// [`Scan::resume_from`](crate::op::Scan::resume_from).
    pub checkpoint: ScanCheckpoint,
}

impl<P> IntoIterator for ScanPage<P> {
    type Item = P;
    type IntoIter = std::vec::IntoIter<P>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

/// What became of the items that one request of a query or a scan found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EachPage<C> {
    /// How many were deleted, or updated.
    pub done: u64,
    /// How many had changed in between, or were gone, and so were left alone.
    pub skipped: u64,
    /// How many items DynamoDB looked at to find them.
    pub evaluated: u64,
    /// The read units that were consumed to find them, where the engine says so.
    pub consumed: Option<f64>,
    /// Where to go on after this page: a [`Cursor`] of a query, a [`ScanCheckpoint`] of a scan. `None`: nothing is left.
    pub checkpoint: Option<C>,
}

/// What became of all items that a query or a scan found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct EachTotal {
    /// How many were deleted, or updated.
    pub done: u64,
    /// How many had changed in between, or were gone, and so were left alone.
    pub skipped: u64,
}
