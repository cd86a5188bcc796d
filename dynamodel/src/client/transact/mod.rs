//! Write transactions: several operations, of which all are carried out or none.

mod actions;
mod first;
mod operation;
mod plan;
mod reads;
mod send;
mod settle;
mod single;

pub use actions::{Actions, WriteAction, WriteActions};
pub(super) use operation::Operation;
#[cfg(feature = "lock")]
pub(crate) use operation::Planned;
pub(super) use plan::{Cancelled, Plan, Refused};
pub use reads::{ReadAction, ReadActions, TransactGet};

use super::{Client, OperationFuture};
use crate::entity::Table;
use crate::error::{Error, Result};
use crate::op::{Context, Explain, explain, token, transact_write};
use actions::Done;
use first::first_actions;
use operation::Operations;
use std::fmt;

/// Carries out several operations, of which all are carried out or none: TransactWriteItems.
///
/// Made by [`Client::transact`]. Awaiting it gives what each operation gives: the version that was stored for `create` and
/// `put`, `()` for the others; a `save` bumps its value's version. Costs twice the write units that the operations cost
/// alone.
///
/// It carries a random token, by which DynamoDB knows it again for ten minutes: a retry after a lost response never carries
/// it out twice. When other transactions or throttling cancel it, or no response comes, it is tried again with the same token
/// by the client's [`RetryPolicy`](crate::RetryPolicy), and no longer than eight minutes once it may have been carried out; when
/// a condition cancels it, it is not.
///
/// # Errors
/// [`Cancelled`](crate::ErrorKind::Cancelled) with the [`reasons`](crate::Error::reasons), operation by operation;
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when no response came to the last try either, and when a condition cancelled
/// it after a try without any response, which may still arrive; before anything is sent
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for more than 100 operations, more than 4 MB, or one item twice,
/// with both places named; and what the operations themselves give.
#[must_use = "a transaction does nothing until awaited"]
pub struct Transact<'t, O, T> {
    plan: Planning<'t, O>,
    token: Option<String>,
    client: Client<T>,
}

/// Makes the operations ready.
type Planning<'t, O> = Box<dyn FnOnce(&Context<'_>) -> Result<(Operations<'t>, Done<'t, O>)> + Send + 't>;

impl<T: Table> Client<T> {
    /// Carries out several operations, of which all are carried out or none: see [`Transact`].
    ///
    /// The operations are given as a tuple, or as [`Actions`] where their number is not known before. They are made by
    /// themselves (`Create::new(&order)`), or by a client, also of another table (`audit.create(&entry)`).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::op::{Check, Create, Update};
    ///
    /// shop.create(&Session::sample("ada", "s1")).await?;
    /// let outcome = shop
    ///     .transact((
    ///         Create::new(&Session::sample("bob", "s1")),
    ///         Update::new(Session::key("ada", "s1")).add(|s| s.hits, 1),
    ///         Check::absent(Session::key("eve", "s1")),
    ///     ))
    ///     .await?;
    /// assert_eq!(outcome, (1, (), ())); // the new session's version
    ///
    /// let again = shop
    ///     .transact((
    ///         Update::new(Session::key("ada", "s1")).add(|s| s.hits, 1),
    ///         Create::new(&Session::sample("bob", "s1")),
    ///     ))
    ///     .await
    ///     .unwrap_err();
    /// assert!(again.reason(0).is_none()); // it would have been carried out
    /// let there = again.reason(1).and_then(|why| why.current::<Session>());
    /// assert_eq!(there.map(|s| s.user_id.as_str()), Some("bob"));
    /// # Ok(()) }
    /// ```
    pub fn transact<'t, A, O>(&self, actions: A) -> Transact<'t, O, T>
    where
        A: WriteActions<'t, T, O> + Send + 't,
        O: 't,
    {
        let plan: Planning<'t, O> = Box::new(move |cx| {
            let mut operations = Operations(Vec::new());
            let done = actions.plan(cx, &mut operations)?;
            Ok((operations, done))
        });
        Transact { plan, token: None, client: self.clone() }
    }

    /// As [`transact`](Self::transact), with one more operation behind the others.
    #[cfg(any(feature = "lambda", feature = "streams"))]
    pub(crate) fn transact_and<'t, A, O, B>(&self, actions: A, one: B) -> Transact<'t, O, T>
    where
        A: WriteActions<'t, T, O> + Send + 't,
        O: 't,
        B: WriteAction<'t, T> + Send + 't,
    {
        self.transact(actions::AndOne(actions, one))
    }
}

impl<O, T: Table> Transact<'_, O, T> {
    /// The token by which DynamoDB knows the transaction again for ten minutes, of 1 to 36 characters: the same one for a
    /// transaction that is sent again by another process. Without it, one is made.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The exact request that awaiting would send. Nothing is sent.
    ///
    /// # Errors
    /// What awaiting would give before anything is sent.
    pub fn explain(self) -> Result<Explain> {
        let client = self.client.clone();
        let cx = client.context();
        let in_table = |error: Error| error.in_table(cx.table);
        let (operations, _) = (self.plan)(&cx).map_err(in_table)?;
        let actions = first_actions(&operations.0, &cx).map_err(in_table)?;
        let request = transact_write(&actions, &self.token.unwrap_or_else(token)).map_err(in_table)?;
        explain(&request, "", T::SCHEMA)
    }
}

impl<'t, O: Send + 't, T: Table> IntoFuture for Transact<'t, O, T> {
    type Output = Result<O>;
    type IntoFuture = OperationFuture<'t, O>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let client = self.client.counting(0);
            let cx = client.context();
            let in_table = |error: Error| error.in_table(cx.table);
            let (operations, done) = (self.plan)(&cx).map_err(in_table)?;
            client.counted(client.settle(&operations.0, self.token.as_deref(), &cx).await).map_err(in_table)?;
            Ok(done())
        })
    }
}

impl<O, T> fmt::Debug for Transact<'_, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transact")
    }
}
