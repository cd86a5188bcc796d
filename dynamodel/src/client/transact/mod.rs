//! Write transactions: several operations, of which all are carried out or none.

mod actions;
mod reads;

pub use actions::{Actions, WriteAction, WriteActions};

use actions::Done;
pub use reads::{ReadAction, ReadActions, TransactGet};

use super::failure::Failure;
use super::typed::Answer;
use super::{Client, OperationFuture};
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Action, Context, Explain, Request, explain, token, transact_write};
use crate::response::reasons;
use crate::schema::EntitySchema;
use std::fmt;
use std::time::SystemTime;

/// What a condition that does not hold means, told from the item that is there.
type Refuse<'t> = Box<dyn Fn(Option<&str>, SystemTime) -> Error + Send + Sync + 't>;

/// An operation of a transaction, ready to be sent.
#[doc(hidden)]
pub struct Planned<'t, O> {
    action: Action,
    refuse: Refuse<'t>,
    /// What the operation gives once the transaction is carried out.
    done: Box<dyn FnOnce() -> O + Send + 't>,
}

/// What is sent and kept of a transaction, whatever its operations give.
#[doc(hidden)]
pub struct Plan<'t> {
    actions: Vec<Action>,
    refuse: Vec<Refuse<'t>>,
}

/// Carries out several operations, of which all are carried out or none: TransactWriteItems.
///
/// Made by [`Client::transact`]. Awaiting it gives what each operation gives: the version that was stored for `create` and
/// `put`, `()` for the others; a `save` bumps its value's version. Costs twice the write units that the operations cost
/// alone.
///
/// It carries a random token, by which DynamoDB knows it again for ten minutes: a retry after a lost answer never carries
/// it out twice. When other transactions or throttling cancel it, or no answer comes, it is tried again with the same token
/// by the client's [`RetryPolicy`](crate::RetryPolicy); when a condition cancels it, it is not.
///
/// # Errors
/// [`Cancelled`](crate::ErrorKind::Cancelled) with the [`reasons`](crate::Error::reasons), operation by operation;
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when no answer came to the last try either; before anything is sent
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for more than 100 operations, more than 4 MB, or one item twice,
/// with both places named; and what the operations themselves answer.
#[must_use = "a transaction does nothing until awaited"]
pub struct Transact<'t, O, T> {
    plan: Planning<'t, O>,
    token: Option<String>,
    client: Client<T>,
}

/// Makes the operations ready.
type Planning<'t, O> = Box<dyn FnOnce(&Context<'_>) -> Result<(Plan<'t>, Done<'t, O>)> + Send + 't>;

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
            let mut plan = Plan { actions: Vec::new(), refuse: Vec::new() };
            let done = actions.plan(cx, &mut plan)?;
            Ok((plan, done))
        });
        Transact { plan, token: None, client: self.clone() }
    }

    async fn transact_planned(&self, plan: &Plan<'_>, request: &Request, now: SystemTime) -> Result<()> {
        let (mut tries, mut attempts) = (0, 0_u32);
        loop {
            tries += 1;
            let Err(failure) = self.send(request).await else { return Ok(()) };
            attempts = attempts.saturating_add(failure.trace.attempts);
            let (error, passing) = match failure.code() {
                Some("TransactionCanceledException") => {
                    let (error, passing) = cancelled(plan, &failure, now);
                    (error.with_source(failure.source), passing)
                }
                // What DynamoDB Local answers where DynamoDB cancels.
                Some("ValidationException") => {
                    let message = "the transaction was cancelled: DynamoDB does not take it";
                    (Error::new(ErrorKind::Cancelled, message).with_source(failure.source), false)
                }
                Some("TransactionInProgressException") => {
                    let message = "an earlier try of this very transaction was still under way";
                    (Error::new(ErrorKind::OutcomeUnknown, message).with_source(failure.source), true)
                }
                _ => {
                    let error = failure.into_error(request.operation);
                    // By its token DynamoDB knows the transaction again, so asking once more settles the doubt.
                    let doubtful = error.is_outcome_unknown();
                    (error, doubtful)
                }
            };
            match self.inner.retries.pause(tries).filter(|_| passing) {
                Some(pause) => self.sleep(pause).await,
                None => return Err(error.with_attempts(attempts).in_table(&self.inner.table)),
            }
        }
    }

    /// A read transaction, sent again while writes under way stand against it.
    async fn send_again(&self, request: &Request) -> Result<Answer> {
        let (mut tries, mut attempts) = (0, 0_u32);
        loop {
            tries += 1;
            let failure = match self.send(request).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            attempts = attempts.saturating_add(failure.trace.attempts);
            let said = match failure.code() {
                Some("TransactionCanceledException") => reasons(failure.body().unwrap_or_default()),
                _ => return Err(failure.into_error(request.operation).in_table(&self.inner.table)),
            };
            let reason = said.iter().find(|said| !said.is_none());
            let passing = reason.is_some() && said.iter().all(|said| said.is_none() || said.is_passing());
            match self.inner.retries.pause(tries).filter(|_| passing) {
                Some(pause) => self.sleep(pause).await,
                None => {
                    let error = match reason {
                        Some(reason) => reason.error(),
                        None => Error::new(ErrorKind::Service, "the read was cancelled, and DynamoDB does not say why"),
                    };
                    return Err(error.with_attempts(attempts).in_table(&self.inner.table).with_source(failure.source));
                }
            }
        }
    }
}

/// The error of a cancelled transaction, and whether trying again may help.
fn cancelled(plan: &Plan<'_>, failure: &Failure, now: SystemTime) -> (Error, bool) {
    let said = reasons(failure.body().unwrap_or_default());
    let passing = !said.is_empty() && said.iter().all(|said| said.is_none() || said.is_passing());
    let mut reasons: Vec<Option<Error>> = Vec::with_capacity(plan.actions.len());
    for (at, action) in plan.actions.iter().enumerate() {
        let said = said.get(at).filter(|said| !said.is_none());
        reasons.push(said.map(|said| match plan.refuse.get(at) {
            Some(refuse) if said.is_refusal() => refuse(said.item, now),
            _ => said.error().of_entity(action.entity),
        }));
    }
    let count = reasons.iter().flatten().count();
    let first = reasons.iter().position(Option::is_some);
    let message = match first.and_then(|at| Some((at, plan.actions.get(at)?, reasons.get(at)?.as_ref()?))) {
        Some((at, action, reason)) => {
            let others = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
            format!("the transaction was cancelled by operation {} ({}){others}: {reason}", at + 1, action.name)
        }
        None => "the transaction was cancelled, and DynamoDB does not say by which operation".to_owned(),
    };
    (Error::new(ErrorKind::Cancelled, message).with_reasons(reasons), passing)
}

impl<'t, O, T: Table> Transact<'t, O, T> {
    /// The token by which DynamoDB knows the transaction again for ten minutes, of 1 to 36 characters: the same one for a
    /// transaction that is sent again by another process. Without it, one is made.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The exact request that awaiting would send. Nothing is sent.
    ///
    /// # Errors
    /// What awaiting would answer before sending.
    pub fn explain(self) -> Result<Explain> {
        let client = self.client.clone();
        let (request, ..) = self.planned(&client.context())?;
        explain(&request, &EntitySchema::BROKEN)
    }

    fn planned(self, cx: &Context<'_>) -> Result<(Request, Plan<'t>, Done<'t, O>)> {
        let in_table = |error: Error| error.in_table(cx.table);
        let (plan, done) = (self.plan)(cx).map_err(in_table)?;
        let token = self.token.unwrap_or_else(token);
        let request = transact_write(&plan.actions, &token).map_err(in_table)?;
        Ok((request, plan, done))
    }
}

impl<'t, O: Send + 't, T: Table> IntoFuture for Transact<'t, O, T> {
    type Output = Result<O>;
    type IntoFuture = OperationFuture<'t, O>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let client = self.client.clone();
            let now = client.inner.clock.now();
            let cx = Context { table: &client.inner.table, now };
            let (request, plan, done) = self.planned(&cx)?;
            client.transact_planned(&plan, &request, now).await?;
            Ok(done())
        })
    }
}

impl<O, T> fmt::Debug for Transact<'_, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transact")
    }
}

impl fmt::Debug for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plan({})", self.actions.len())
    }
}

impl<'t, O> Planned<'t, O> {
    /// The same with another word for a refusal.
    #[cfg(feature = "lock")]
    pub(crate) fn refusing(self, say: impl Fn(Error) -> Error + Send + Sync + 't) -> Self {
        let Self { action, refuse, done } = self;
        Self { action, refuse: Box::new(move |item, now| say(refuse(item, now))), done }
    }
}

impl<O> fmt::Debug for Planned<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Planned({})", self.action.name)
    }
}
