//! Deleting and updating every item that a query or a scan finds.

mod sentinels;
mod unchanged;

pub use sentinels::AddMissingSentinels;

pub(crate) use unchanged::{StillMatches, get_raw, item_check};

use super::{Query, Scan, Update};
use crate::entity::{Entity, Index, Item, Projection};

/// How many writes are under way at once by default.
const CONCURRENCY: usize = 8;

/// Deletes every item that a query or a scan finds: Query or Scan for the keys, page by page, and a DeleteItem for each.
///
/// Each delete has the condition that the item is still there, is of the entity and of the access pattern, and that the
/// filter still holds: what has changed in between is left alone and counted as skipped. Versions are not checked, as in
/// `delete(key)`. The records of locks that lie among other entities are left alone and counted as skipped; an operation on
/// nothing but locks is refused before anything is sent ([`InvalidRequest`](crate::ErrorKind::InvalidRequest)). Costs what the read costs, and one write unit per KB of each item, also when skipped.
///
/// Awaited, it gives the [`EachTotal`](crate::op::EachTotal); its [`pages`](Self::pages) say how far it has come, and where
/// to go on after a stop or an error.
///
/// # Errors
/// Those of the read, and those of the deletes. [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when a response was
/// lost and the item may be gone by it: going on from the last checkpoint is safe.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// for id in ["s1", "s2", "s3"] {
///     shop.create(&Session::sample("u1", id)).await?;
/// }
/// let total = shop.query(Session::of_user("u1")).filter(|s| s.hits.eq(0)).delete_each().await?;
/// assert_eq!((total.done, total.skipped), (3, 0));
/// # Ok(()) }
/// ```
#[must_use = "an operation does nothing until awaited, or its pages are asked for"]
pub struct DeleteEach<S> {
    pub(crate) source: S,
    pub(crate) concurrency: usize,
}

/// Updates every item that a query or a scan finds: Query or Scan for the keys, page by page, and an UpdateItem for each.
///
/// Each update has, beside its own conditions and those of `update(key)`, the condition that the item is of the entity
/// and still of the access pattern, and that the filter still holds: what has changed in between is left alone and counted as skipped.
/// Index keys follow their fields, and versions are bumped without a check, as in `update(key)`. Costs what the read
/// costs, and the write units of each update, also when skipped.
///
/// An update that was stopped within a page does that page again from the checkpoint before it. Where twice is not once
/// (`add`, `append`), let the filter say what the update makes false. An update that moves items within the very index
/// that is read may find them again: the same helps.
///
/// # Errors
/// Those of the read, and those of the updates but for items that are gone or do not fit any more.
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when a response was lost and twice is not once.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// for id in ["s1", "s2", "s3"] {
///     shop.create(&Session::sample("u1", id)).await?;
/// }
/// let sessions = shop.query(Session::of_user("u1")).filter(|s| s.hits.eq(0));
/// let total = sessions.update_each(|session| session.set(|s| s.hits, 1)).await?;
/// assert_eq!((total.done, total.skipped), (3, 0));
/// # Ok(()) }
/// ```
#[must_use = "an operation does nothing until awaited, or its pages are asked for"]
pub struct UpdateEach<S, F> {
    pub(crate) source: S,
    pub(crate) change: F,
    pub(crate) concurrency: usize,
}

impl<S> DeleteEach<S> {
    /// How many deletes are under way at once, at most: 8 by default.
    pub fn concurrency(mut self, writes: usize) -> Self {
        self.concurrency = writes.max(1);
        self
    }
}

impl<S, F> UpdateEach<S, F> {
    /// How many updates are under way at once, at most: 8 by default.
    pub fn concurrency(mut self, writes: usize) -> Self {
        self.concurrency = writes.max(1);
        self
    }
}

impl<P: Item, I: Index, V> Query<P, I, V> {
    /// Deletes every item that the query finds: see [`DeleteEach`].
    pub fn delete_each(self) -> DeleteEach<Self> {
        DeleteEach { source: self, concurrency: CONCURRENCY }
    }
}

impl<P: Projection, I: Index, V> Query<P, I, V> {
    /// Updates every item that the query finds, each as the closure says: see [`UpdateEach`].
    pub fn update_each<F>(self, change: F) -> UpdateEach<Self, F>
    where
        F: FnMut(Update<P::Entity>) -> Update<P::Entity> + Send + 'static,
    {
        UpdateEach { source: self, change, concurrency: CONCURRENCY }
    }
}

impl<P: Item, V> Scan<P, V> {
    /// Deletes every item that the scan finds: see [`DeleteEach`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # shop.create(&Session::sample("u1", "s1")).await?;
    /// let idle = shop.scan::<Session>().filter(|s| s.hits.lt(10)).read_units_per_second(1000.0);
    /// assert_eq!(idle.delete_each().concurrency(4).await?.done, 1);
    /// # Ok(()) }
    /// ```
    pub fn delete_each(self) -> DeleteEach<Self> {
        DeleteEach { source: self, concurrency: CONCURRENCY }
    }
}

impl<P: Projection, V> Scan<P, V> {
    /// Updates every item that the scan finds, each as the closure says: see [`UpdateEach`].
    pub fn update_each<F>(self, change: F) -> UpdateEach<Self, F>
    where
        F: FnMut(Update<P::Entity>) -> Update<P::Entity> + Send + 'static,
    {
        UpdateEach { source: self, change, concurrency: CONCURRENCY }
    }
}

impl<E: Entity> Update<E> {
    /// The same update on a client, on the condition that what a read found of the item still holds.
    pub(crate) fn on_condition<V>(self, condition: Option<crate::expr::Node>, via: V) -> Update<E, V> {
        let mut update = self.with_client(via);
        update.and_condition(condition);
        update
    }
}
