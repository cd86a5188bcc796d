//! `query`: the items of one partition, in the order of their sort keys.

mod cursor;
mod request;

pub(crate) use request::PageRequest;

use super::{Cursor, ReadOptions, Unsent};
use crate::entity::{Bounds, Collected, Consistent, Entity, FilterOn, Index, Item, KeyRange, OrUnknown, Projection};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Condition, Node};
use std::marker::PhantomData;

/// Reads the items of one access pattern: Query, on the table or on an index.
///
/// Awaiting it gives one [`Page`](crate::Page): as many items as DynamoDB hands out at once (1 MB), or exactly the
/// [`limit`](Self::limit) if there are so many. [`stream`](Self::stream) gives all items one by one. Items whose time to
/// live has passed are left out by the server. Costs half a read unit per 4 KB read, what the server leaves out included.
///
/// # Errors
/// [`Decode`](crate::ErrorKind::Decode) and [`WrongEntity`](crate::ErrorKind::WrongEntity) when an item in the range
/// cannot be read as the entity; [`InvalidKey`](crate::ErrorKind::InvalidKey),
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) and [`InvalidCursor`](crate::ErrorKind::InvalidCursor) before
/// anything is sent.
#[must_use = "an operation does nothing until awaited"]
pub struct Query<P: Item, I: Index, V = Unsent> {
    pub(crate) range: KeyRange<P, I>,
    filter: Result<Option<Node>>,
    pub(crate) options: ReadOptions,
    pub(crate) backward: bool,
    pub(crate) start: Option<Cursor>,
    pub(crate) via: V,
    read: PhantomData<fn() -> P>,
}

impl<P: Item, I: Index> Query<P, I> {
    /// An operation without a client.
    pub fn new(range: KeyRange<P, I>) -> Self {
        Self::via(range, Unsent)
    }
}

impl<P: Item, I: Index, V> Query<P, I, V> {
    pub(crate) fn via(range: KeyRange<P, I>, via: V) -> Self {
        Self {
            range,
            filter: Ok(None),
            options: ReadOptions::default(),
            backward: false,
            start: None,
            via,
            read: PhantomData,
        }
    }

    /// The same query, reading something else.
    pub(crate) fn reading<C: Item>(self) -> Query<C, I, V> {
        let Self { range, filter, options, backward, start, via, read: _ } = self;
        let range = range.reading();
        Query { range, filter, options, backward, start, via, read: PhantomData }
    }

    /// How many items to return at most. A page then holds exactly so many, if there are so many, also when a filter
    /// leaves most of them out.
    pub fn limit(mut self, items: u32) -> Self {
        self.options.limits.returned = Some(items);
        self
    }

    /// How many items DynamoDB may look at, at most, those that a filter leaves out included: what is read is paid for.
    /// A page may then hold fewer items than its limit, and still have a next one.
    pub fn evaluate_at_most(mut self, items: u64) -> Self {
        self.options.limits.evaluated = Some(items);
        self
    }

    /// How many requests to make at most. A page may then hold fewer items than its limit, and still have a next one.
    pub fn requests_at_most(mut self, requests: u32) -> Self {
        self.options.limits.requests = Some(requests);
        self
    }

    /// Largest sort key first (`ScanIndexForward = false`).
    pub fn backward(mut self) -> Self {
        self.backward = true;
        self
    }

    /// Reads what every write that succeeded before has left behind (`ConsistentRead`), at twice the cost.
    pub fn consistent(mut self) -> Self
    where
        I: Consistent,
    {
        self.options.consistent = true;
        self
    }

    /// Shows items also after their time to live has passed, as long as DynamoDB has not deleted them.
    pub fn include_expired(mut self) -> Self {
        self.options.include_expired = true;
        self
    }

    /// Gives the page that a cursor stands for: the next one or the previous one of a page that was read before.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// for id in ["s1", "s2", "s3"] {
    ///     shop.create(&Session::sample("u1", id)).await?;
    /// }
    /// let first = shop.query(Session::of_user("u1")).limit(2).await?;
    /// let second = shop.query(Session::of_user("u1")).limit(2).start_at(first.next.clone().unwrap()).await?;
    /// assert_eq!(second.items.len(), 1);
    /// let again = shop.query(Session::of_user("u1")).limit(2).start_at(second.previous.unwrap()).await?;
    /// assert_eq!(again.items, first.items);
    /// # Ok(()) }
    /// ```
    pub fn start_at(mut self, cursor: Cursor) -> Self {
        self.start = Some(cursor);
        self
    }

    /// The filter that the caller gave.
    pub(crate) fn given_filter(&self) -> Result<Option<&Node>> {
        self.filter.as_ref().map(Option::as_ref).map_err(Error::clone_without_current)
    }

    /// Whether the server may leave items out.
    pub(crate) fn is_filtered(&self) -> bool {
        !matches!(self.filter, Ok(None))
            || matches!(self.range.bounds(), Ok(Bounds { only: Some(_), .. }))
            || self.options.checked_ttl::<P>().is_some()
    }

    /// Whether no key lies in the range, or a limit is nothing, so that nothing need be asked.
    pub(crate) fn is_empty(&self) -> Result<bool> {
        Ok(self.range.bounds()?.is_empty() || self.options.limits.is_reached())
    }
}

impl<P: Projection, I: Index, V> Query<P, I, V> {
    /// Leaves items out on the server (`FilterExpression`): they are read and paid for, but not sent. Several filters
    /// must all hold.
    ///
    /// What is a key attribute of this very query by itself cannot be filtered by: the access pattern's own methods
    /// narrow the keys, and so what is read.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let mut busy = Session::sample("u1", "s1");
    /// busy.hits = 100;
    /// shop.create(&busy).await?;
    /// shop.create(&Session::sample("u1", "s2")).await?;
    ///
    /// let page = shop.query(Session::of_user("u1")).filter(|s| s.hits.ge(10)).await?;
    /// assert_eq!(page.items.len(), 1);
    /// # Ok(()) }
    /// ```
    pub fn filter<C>(mut self, condition: C) -> Self
    where
        P::Entity: FilterOn<I>,
        C: FnOnce(<P::Entity as FilterOn<I>>::Fields) -> Condition<P::Entity>,
    {
        let condition = condition(<P::Entity as FilterOn<I>>::filter_fields());
        let own: Vec<_> = P::Entity::SCHEMA.keys_of(I::NAME).filter(|key| key.is_own()).collect();
        let allowed = condition.node().and_then(|node| match own.iter().find(|key| node.looks_at(key.attribute)) {
            Some(key) => Err(Error::new(
                ErrorKind::InvalidRequest,
                "is a key attribute of this very query and cannot be filtered by: narrow the access pattern instead",
            )
            .of_entity(P::NAME)
            .at_attribute(key.attribute)),
            None => Ok(node.clone()),
        });
        self.filter = match (self.filter, allowed) {
            (Ok(given), Ok(more)) => Ok(Node::all(given.into_iter().chain([more]))),
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        self
    }
}

impl<E: Entity, I: Index, V> Query<E, I, V> {
    /// Reads some of the fields only: a struct with `#[derive(Projection)]`.
    pub fn part<P: Projection<Entity = E>>(self) -> Query<P, I, V> {
        self.reading()
    }
}

impl<C: Collected, I: Index, V> Query<C, I, V> {
    /// Keeps items of no entity that the table lists, as they are. Without it they are an error.
    pub fn keep_unknown(self) -> Query<OrUnknown<C>, I, V> {
        self.reading()
    }
}
