//! Effects on DynamoDB that happen once, however often an event is delivered.

use crate::client::{Client, WriteActions};
use crate::entity::{Expiry, ExpiryError, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::Create;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// An entity whose items record that a consumer has handled an event.
///
/// Its key holds the consumer and the event, so that there is one item for both. It needs a `#[dynamo(ttl)]` field, or
/// the items stay for ever.
///
/// # Examples
/// ```
/// use dynamodel::stream::HandledItem;
/// use dynamodel::{Entity, Expiry, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[dynamo(pk = "PK", sk = "SK", entities(Handled))]
/// struct Shop;
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[dynamo(table = Shop, pk = "HANDLED#{event}", sk = "BY#{consumer}")]
/// struct Handled {
///     consumer: String,
///     event: String,
///     #[dynamo(ttl)]
///     until: Expiry,
/// }
///
/// impl HandledItem for Handled {
///     fn handled(consumer: &str, event: &str, until: Expiry) -> Self {
///         Self { consumer: consumer.into(), event: event.into(), until }
///     }
/// }
/// # fn main() {}
/// ```
pub trait HandledItem: crate::Entity {
    /// The item that records that this consumer has handled this event. It is not needed after `until`.
    fn handled(consumer: &str, event: &str, until: Expiry) -> Self;
}

/// Carries out the effects of an event in one transaction with an item that records it: when the event is delivered again,
/// that item exists, and nothing happens.
///
/// This holds for effects on DynamoDB. Effects outside DynamoDB (email, payments, queues) happen at least once: pass the event's id
/// on, so that the receiver can recognize a repetition, or write a message to an outbox (see the guide's chapter).
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/orders.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// use dynamodel::op::Update;
/// use dynamodel::stream::{Delivery, Deduplicator};
///
/// let shop = Shop::embedded().await?;
/// shop.create(&Account { customer: "ada".into(), spent: 0 }).await?;
/// let billing = Deduplicator::<Handled, _>::new(&shop, "billing");
///
/// for delivery in [Delivery::First(((),)), Delivery::Repeated] {
///     let spend = Update::new(Account::key("ada")).add(|a| a.spent, 700);
///     assert_eq!(billing.apply("event-1", (spend,)).await?, delivery);
/// }
/// assert_eq!(shop.get(Account::key("ada")).await?.map(|a| a.spent), Some(700));
/// # Ok(()) }
/// ```
pub struct Deduplicator<M, T> {
    client: Client<T>,
    consumer: String,
    keep: Duration,
    item: PhantomData<fn() -> M>,
}

/// Whether this delivery of an event is the first one, whose effects were carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "tells whether the effects happened now or at an earlier delivery"]
pub enum Delivery<O> {
    /// The effects were carried out now; with the output of the operations.
    First(O),
    /// They were carried out at an earlier delivery of the same event: nothing was done.
    Repeated,
}

impl<O> Delivery<O> {
    /// Whether the effects were carried out now.
    pub fn is_first(&self) -> bool {
        matches!(self, Self::First(_))
    }
}

/// A record lives in its stream for a day. One more for clocks that differ and for failures that are replayed.
const TWO_DAYS: Duration = Duration::from_secs(2 * 24 * 3600);

impl<M: HandledItem + LivesIn<T>, T: Table> Deduplicator<M, T> {
    /// A deduplicator for this consumer: each consumer has its own effects of an event.
    pub fn new(client: &Client<T>, consumer: impl Into<String>) -> Self {
        Self { client: client.clone(), consumer: consumer.into(), keep: TWO_DAYS, item: PhantomData }
    }

    /// How long it is recorded that an event was handled: two days by default. DynamoDB keeps records for
    /// one day, so no event is delivered later, unless it was set aside.
    pub fn keep_for(mut self, keep: Duration) -> Self {
        self.keep = keep;
        self
    }

    /// Carries out the effects of an event unless they were carried out before: TransactWriteItems, with one operation more than the
    /// effects. Costs what the transaction costs, and one read if it is refused for another reason.
    ///
    /// # Errors
    /// As [`Transact`](crate::op::Transact), for the effects; then nothing was carried out, and the next delivery tries again.
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for an event whose id is empty: all such events would count as one.
    pub async fn apply<'t, A, O>(&self, event: &str, effects: A) -> Result<Delivery<O>>
    where
        A: WriteActions<'t, T, O> + Send + 't,
        O: Send + 't,
        M: 't,
        T: 't,
    {
        self.must_have_id(event)?;
        let now = self.client.now();
        let until = now.checked_add(self.keep).ok_or(ExpiryError::TooLate(u64::MAX)).and_then(Expiry::at);
        let until = until.map_err(|error| {
            let message = "the event would be remembered beyond the year 9999: set less with `keep_for`";
            Error::new(ErrorKind::InvalidValue, message).of_entity(M::SCHEMA.name).with_source(error)
        })?;
        let item = M::handled(&self.consumer, event, until);
        // The effects come first: so their positions in the error's reasons are those that the caller gave them.
        match self.client.transact_and(effects, Create::new(&item)).await {
            Ok(output) => Ok(Delivery::First(output)),
            Err(error) if error.is_cancelled() => {
                let there = error.reasons().last().and_then(Option::as_ref).is_some_and(Error::is_already_exists);
                // An engine may give one reason and leave out the others.
                if there || self.client.get(item.primary_key()).consistent().await?.is_some() {
                    return Ok(Delivery::Repeated);
                }
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether the event was handled, as far as that is recorded: GetItem, consistent.
    ///
    /// # Errors
    /// As [`Get`](crate::op::Get); [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for an event whose id is empty.
    pub async fn has_handled(&self, event: &str) -> Result<bool> {
        self.must_have_id(event)?;
        // The expiry is not part of the key.
        let item = M::handled(
            &self.consumer,
            event,
            Expiry::from_epoch_seconds(0).map_err(|error| {
                Error::new(ErrorKind::InvalidValue, "the epoch is not a valid expiry").with_source(error)
            })?,
        );
        Ok(self.client.get(item.primary_key()).consistent().await?.is_some())
    }

    fn must_have_id(&self, event: &str) -> Result<()> {
        if event.is_empty() {
            let message = "the event's id is empty, and all such events would count as one: give each an id of its own";
            let error = Error::new(ErrorKind::InvalidRequest, message).of_entity(M::SCHEMA.name);
            return Err(error.in_table(self.client.table_name()));
        }
        Ok(())
    }
}

impl<M, T> Clone for Deduplicator<M, T> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), consumer: self.consumer.clone(), keep: self.keep, item: PhantomData }
    }
}

impl<M, T: Table> fmt::Debug for Deduplicator<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deduplicator")
            .field("client", &self.client)
            .field("consumer", &self.consumer)
            .finish_non_exhaustive()
    }
}
