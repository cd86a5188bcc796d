//! Where the keys come from: a query or a scan.

use crate::client::Client;
use crate::entity::{Index, Item, Keyed, Table};
use crate::error::Result;
use crate::op::{Cursor, Query, Scan, ScanCheckpoint, Still};
use std::task::{Context, Poll};

/// The keys of one page, and what is said of it.
pub struct Found<P, C> {
    pub(super) keys: Vec<Keyed<P>>,
    pub(super) evaluated: u64,
    pub(super) consumed: Option<f64>,
    pub(super) checkpoint: Option<C>,
}

/// Asks for the next page of keys.
pub type MoreKeys<P, C> = Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<Result<Found<P, C>>>> + Send>;

/// A query or a scan that a client carries out.
pub trait Source: Send + 'static {
    /// Whose client.
    type Table: Table;
    /// What the read would give.
    type Item: Item<Table = Self::Table>;
    /// Where to go on.
    type Checkpoint: Send + 'static;

    #[doc(hidden)]
    fn client(&self) -> &Client<Self::Table>;

    #[doc(hidden)]
    fn guard(&self) -> Result<Guarded>;

    #[doc(hidden)]
    fn keys(self) -> MoreKeys<Self::Item, Self::Checkpoint>;
}

/// What must still hold when an item is written to.
#[derive(Debug, Clone)]
pub struct Guarded(pub(super) Still);

impl<P: Item<Table = T>, I: Index, T: Table> Source for Query<P, I, Client<T>> {
    type Table = T;
    type Item = P;
    type Checkpoint = Cursor;

    fn client(&self) -> &Client<T> {
        &self.via
    }

    fn guard(&self) -> Result<Guarded> {
        self.still().map(Guarded).map_err(|error| error.of_entity(P::NAME))
    }

    fn keys(self) -> MoreKeys<P, Cursor> {
        let back = self.is_reversed();
        let mut pages = self.reading::<Keyed<P>>().pages();
        Box::new(move |context| {
            pages.poll(context).map_ok(|page| Found {
                keys: page.items,
                evaluated: page.evaluated,
                consumed: page.consumed,
                checkpoint: if back { page.previous } else { page.next },
            })
        })
    }
}

impl<P: Item<Table = T>, T: Table> Source for Scan<P, Client<T>> {
    type Table = T;
    type Item = P;
    type Checkpoint = ScanCheckpoint;

    fn client(&self) -> &Client<T> {
        &self.via
    }

    fn guard(&self) -> Result<Guarded> {
        self.still().map(Guarded).map_err(|error| error.of_entity(P::NAME))
    }

    fn keys(self) -> MoreKeys<P, ScanCheckpoint> {
        let mut pages = self.reading::<Keyed<P>>().pages();
        Box::new(move |context| {
            pages.poll(context).map_ok(|page| Found {
                keys: page.items,
                evaluated: page.evaluated,
                consumed: page.consumed,
                checkpoint: Some(page.checkpoint).filter(|checkpoint| !checkpoint.is_done()),
            })
        })
    }
}

impl<P, C> std::fmt::Debug for Found<P, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Found({})", self.keys.len())
    }
}
