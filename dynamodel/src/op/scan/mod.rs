//! `scan`: all items of one entity, or of the table.

mod request;

use super::{ReadOptions, ScanCheckpoint, Unsent};
use crate::entity::{Collected, Entity, Item, OrUnknown, Projection};
use crate::error::{Error, Result};
use crate::expr::{Condition, Node};
use std::marker::PhantomData;

/// How many segments are read at once by default.
const CONCURRENCY: usize = 4;

/// Reads all items of one entity, of a part of one, or of the whole table: Scan.
///
/// It looks at every item of the *table* and is charged for each, half a read unit per 4 KB, also for those of other
/// entities and those that the [`filter`](Self::filter) leaves out. For anything that is done often there should be an
/// access pattern and a query. Items whose time to live has passed are left out by the server; so are items without an
/// entity type, as other writers leave them, unless the whole table is read.
///
/// [`pages`](Self::pages), [`stream`](Self::stream), [`collect`](Self::collect) and [`count`](Self::count) carry it out.
/// The order of the items is DynamoDB's own.
///
/// # Errors
/// [`Decode`](crate::ErrorKind::Decode) when an item cannot be read as what it says it is,
/// [`InvalidCursor`](crate::ErrorKind::InvalidCursor) for another scan's checkpoint and
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before anything is sent.
#[must_use = "an operation does nothing until its pages or items are asked for"]
pub struct Scan<P: Item, V = Unsent> {
    filter: Result<Option<Node>>,
    pub(crate) options: ReadOptions,
    /// Whether items without an entity type are found too: other programs write such.
    pub(crate) untyped: bool,
    segments: u32,
    concurrency: usize,
    pub(crate) read_units: Option<f64>,
    pub(crate) start: Option<ScanCheckpoint>,
    pub(crate) via: V,
    read: PhantomData<fn() -> P>,
}

impl<P: Item> Scan<P> {
    /// An operation without a client.
    pub fn new() -> Self {
        Self::via(Unsent)
    }
}

impl<P: Item> Default for Scan<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: Item, V> Scan<P, V> {
    pub(crate) fn via(via: V) -> Self {
        Self {
            filter: Ok(None),
            options: ReadOptions::default(),
            untyped: false,
            segments: 1,
            concurrency: CONCURRENCY,
            read_units: None,
            start: None,
            via,
            read: PhantomData,
        }
    }

    /// The same scan, reading something else.
    pub(crate) fn reading<C: Item>(self) -> Scan<C, V> {
        let Self { filter, options, untyped, segments, concurrency, .. } = self;
        let (read_units, start, via, read) = (self.read_units, self.start, self.via, PhantomData);
        Scan { filter, options, untyped, segments, concurrency, read_units, start, via, read }
    }

    /// How many items to return at most.
    pub fn limit(mut self, items: u32) -> Self {
        self.options.limits.returned = Some(items);
        self
    }

    /// How many items DynamoDB may look at, at most, those of other entities and those that a filter leaves out
    /// included: what is read is paid for.
    pub fn evaluate_at_most(mut self, items: u64) -> Self {
        self.options.limits.evaluated = Some(items);
        self
    }

    /// How many requests to make at most.
    pub fn requests_at_most(mut self, requests: u32) -> Self {
        self.options.limits.requests = Some(requests);
        self
    }

    /// Reads what every write that succeeded before has left behind (`ConsistentRead`), at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.options.consistent = true;
        self
    }

    /// Shows items also after their time to live has passed, as long as DynamoDB has not deleted them.
    pub fn include_expired(mut self) -> Self {
        self.options.include_expired = true;
        self
    }

    /// Cuts the table into so many parts, 1 to 1,000,000 (`TotalSegments`): as many can be read at once. One, where
    /// nothing is said.
    ///
    /// A segment holds about as many partition keys as the others; some may be empty.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # for id in ["s1", "s2", "s3"] { shop.create(&Session::sample(id, id)).await?; }
    /// let all = shop.scan::<Session>().segments(16).concurrency(4).collect().await?;
    /// assert_eq!(all.len(), 3);
    /// # Ok(()) }
    /// ```
    pub fn segments(mut self, segments: u32) -> Self {
        self.segments = segments;
        self
    }

    /// How many segments are read at once, at most: 4 by default.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Waits before a request until the average is not above so many read units a second, so that a scan in the
    /// background leaves the table's capacity to others. What was consumed is what DynamoDB says.
    ///
    /// One page may still cost up to 128 units at once (256 if consistent), and is waited for afterwards. The waiting is
    /// done by the SDK client's own `sleep_impl`.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let sessions = shop.scan::<Session>().read_units_per_second(25.0).count().await?;
    /// assert_eq!(sessions, 0);
    /// # Ok(()) }
    /// ```
    pub fn read_units_per_second(mut self, units: f64) -> Self {
        self.read_units = Some(units);
        self
    }

    /// Goes on where a scan had come to: see [`ScanCheckpoint`].
    pub fn resume_from(mut self, checkpoint: ScanCheckpoint) -> Self {
        self.start = Some(checkpoint);
        self
    }

    /// How many requests may be under way at once.
    pub(crate) fn at_once(&self) -> usize {
        self.concurrency.min(usize::try_from(self.segments).unwrap_or(usize::MAX))
    }

    /// The filter that the caller gave.
    pub(crate) fn given_filter(&self) -> Result<Option<&Node>> {
        self.filter.as_ref().map(Option::as_ref).map_err(Error::clone_without_current)
    }

    /// Whether the server may leave items out.
    pub(crate) fn is_filtered(&self) -> bool {
        !matches!(self.filter, Ok(None)) || P::only().is_some() || self.options.checked_ttl::<P>().is_some()
    }
}

impl<P: Projection, V> Scan<P, V> {
    /// Leaves items out on the server (`FilterExpression`): they are read and paid for, but not sent. Several filters
    /// must all hold.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// let idle = shop.scan::<Session>().filter(|s| s.hits.eq(0) & s.user_id.ne("root")).collect().await?;
    /// assert_eq!(idle.len(), 1);
    /// # Ok(()) }
    /// ```
    pub fn filter<C>(mut self, condition: C) -> Self
    where
        C: FnOnce(<P::Entity as Entity>::Fields) -> Condition<P::Entity>,
    {
        let condition = condition(P::Entity::fields());
        self.filter = match (self.filter, condition.node()) {
            (Ok(given), Ok(more)) => Ok(Node::all(given.into_iter().chain([more.clone()]))),
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        self
    }
}

impl<E: Entity, V> Scan<E, V> {
    /// Reads some of the fields only: a struct with `#[derive(Projection)]`. That saves transfer and decoding, and costs
    /// as much.
    pub fn part<P: Projection<Entity = E>>(self) -> Scan<P, V> {
        self.reading()
    }
}

impl<C: Collected, V> Scan<C, V> {
    /// Keeps items of no entity that the table lists, as they are. Without it they are an error.
    pub fn keep_unknown(self) -> Scan<OrUnknown<C>, V> {
        self.reading()
    }
}
