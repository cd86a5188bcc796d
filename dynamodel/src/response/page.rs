//! One page of a query.

use crate::op::Cursor;

/// What one awaited query gives: items, and where to go on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page<E> {
    /// The items, in the order of their sort keys. May be empty although there is a next page.
    pub items: Vec<E>,
    /// Where the next page starts; `None` when this was the last one. Give it to
    /// [`Query::after`](crate::op::Query::after).
    pub next: Option<Cursor>,
}

impl<E> IntoIterator for Page<E> {
    type Item = E;
    type IntoIter = std::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}
