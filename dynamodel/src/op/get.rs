//! `get`: one item by its key.

use super::{Body, Context, Operation, ReadOptions, Request, Unsent};
use crate::entity::{Entity, Key, Projection, Table as _};
use crate::error::Result;
use crate::expr::Placeholders;
use std::marker::PhantomData;

/// Reads one item: GetItem.
///
/// Awaiting it gives `Option<E>`. An item whose time to live has passed reads as `None`, whether or not DynamoDB has
/// deleted it yet. Costs half a read unit per 4 KB, a whole one if consistent.
///
/// # Errors
/// [`Decode`](crate::ErrorKind::Decode) when the item cannot be read as the entity,
/// [`WrongEntity`](crate::ErrorKind::WrongEntity) when it is another one,
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent.
#[must_use = "an operation does nothing until awaited"]
pub struct Get<E: Entity, V = Unsent, P = E> {
    pub(crate) key: Key<E>,
    pub(crate) options: ReadOptions,
    pub(crate) via: V,
    pub(crate) part: PhantomData<fn() -> P>,
}

impl<E: Entity> Get<E> {
    /// An operation without a client.
    pub fn new(key: Key<E>) -> Self {
        Self::via(key, Unsent)
    }
}

impl<E: Entity, V> Get<E, V> {
    pub(crate) fn via(key: Key<E>, via: V) -> Self {
        Self { key, options: ReadOptions::default(), via, part: PhantomData }
    }

    /// Reads some of the fields only: a struct with `#[derive(Projection)]`.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::Projection;
    ///
    /// #[derive(Projection, serde::Deserialize)]
    /// #[dynamo(of = Session)]
    /// struct Visits {
    ///     hits: u64,
    /// }
    ///
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// let visits = shop.get(Session::key("u1", "s1")).part::<Visits>().await?;
    /// assert_eq!(visits.map(|v| v.hits), Some(0));
    /// # Ok(()) }
    /// ```
    pub fn part<P: Projection<Entity = E>>(self) -> Get<E, V, P> {
        let Self { key, options, via, part: _ } = self;
        Get { key, options, via, part: PhantomData }
    }
}

impl<E: Entity, V, P: Projection<Entity = E>> Get<E, V, P> {
    /// Reads what every write that succeeded before has left behind (`ConsistentRead`), at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.options.consistent = true;
        self
    }

    /// Shows an item also after its time to live has passed, as long as DynamoDB has not deleted it.
    pub fn include_expired(mut self) -> Self {
        self.options.include_expired = true;
        self
    }

    pub(crate) fn request(&self, cx: &Context<'_>) -> Result<Request> {
        self.request_of(cx, None)
    }

    /// The same, which asks for the partition key too: where an item that has none of the attributes of a part cannot be told
    /// from none.
    pub(crate) fn request_with_key(&self, cx: &Context<'_>) -> Result<Request> {
        self.request_of(cx, Some(E::Table::PARTITION_KEY))
    }

    fn request_of(&self, cx: &Context<'_>, also: Option<&'static str>) -> Result<Request> {
        let mut body = Body::new(cx.table);
        body.key(&self.key)?;
        if let Some(attributes) = P::ATTRIBUTES {
            let ttl = self.options.checked_ttl::<E>();
            let needed: Vec<_> = ttl.into_iter().chain(also).collect();
            let projected = body.projection(attributes, &needed, Placeholders::default());
            projected.map_err(|error| error.of_entity(E::SCHEMA.name).at_key(&self.key))?;
        }
        self.options.write_consistent(&mut body);
        Ok(body.finish(Operation::GetItem))
    }
}
