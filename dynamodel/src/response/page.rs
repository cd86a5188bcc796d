//! One page of a query.

use crate::op::Cursor;

/// What one awaited query gives: items, and where the pages beside it begin.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<E> {
    /// The items, in the query's order. May be empty although there is a next page.
    pub items: Vec<E>,
    /// Where the next page begins; `None` when this was the last one. Give it to [`Query::at`](crate::op::Query::at).
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
