//! Write transactions: several operations, of which all are carried out or none.

mod actions;
mod plan;
mod reads;

pub use actions::{Actions, WriteAction, WriteActions};

use actions::Done;
pub(super) use plan::{Cancelled, Plan, Refused};
use plan::{Refuse, cancelled, late};
pub use reads::{ReadAction, ReadActions, TransactGet};

use super::send::{Answer, Failure, TokenWindow};
use super::unique::{Unique, first_actions};
use super::{Client, OperationFuture};
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Action, Context, Explain, Request, explain, token, transact_write};
use crate::response::{StoredItem, reasons};
use std::fmt;
use std::time::{Duration, Instant, SystemTime};

/// An operation of a transaction, ready to be sent.
#[doc(hidden)]
pub struct Planned<'t, O> {
    operation: Operation<'t>,
    /// What the operation gives once the transaction is carried out.
    done: Box<dyn FnOnce() -> O + Send + 't>,
}

/// An operation of a transaction, whatever it gives.
pub(super) enum Operation<'t> {
    /// It is one action.
    Plain { action: Action, refuse: Refuse<'t> },
    /// Its item has unique fields: it is several.
    Unique(Unique<'t>),
}

impl Operation<'_> {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Plain { action, .. } => &action.name,
            Self::Unique(unique) => unique.name(),
        }
    }
}

/// The operations of a transaction, whatever they give.
#[doc(hidden)]
pub struct Operations<'t>(Vec<Operation<'t>>);

/// Carries out several operations, of which all are carried out or none: TransactWriteItems.
///
/// Made by [`Client::transact`]. Awaiting it gives what each operation gives: the version that was stored for `create` and
/// `put`, `()` for the others; a `save` bumps its value's version. Costs twice the write units that the operations cost
/// alone.
///
/// It carries a random token, by which DynamoDB knows it again for ten minutes: a retry after a lost answer never carries
/// it out twice. When other transactions or throttling cancel it, or no answer comes, it is tried again with the same token
/// by the client's [`RetryPolicy`](crate::RetryPolicy), and no longer than eight minutes once it may have been carried out; when
/// a condition cancels it, it is not.
///
/// # Errors
/// [`Cancelled`](crate::ErrorKind::Cancelled) with the [`reasons`](crate::Error::reasons), operation by operation;
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when no answer came to the last try either, and when a condition cancelled
/// it after a try without any response, which may still arrive; before anything is sent
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for more than 100 operations, more than 4 MB, or one item twice,
/// with both places named; and what the operations themselves answer.
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

    pub(super) async fn transact_planned(
        &self,
        plan: &Plan<'_>,
        request: &Request,
        now: SystemTime,
    ) -> Result<(), Cancelled> {
        let (mut tries, mut attempts) = (0, 0_u32);
        // Whether an earlier try may have been carried out, and whether one may even still be on its way.
        let (mut doubt, mut silence) = (false, false);
        let mut window = TokenWindow::begin(self.inner.sdk.config());
        loop {
            tries += 1;
            let sent = self.send_within(request, None, Some(&window)).await;
            let Err(mut failure) = sent else { return Ok(()) };
            let made = failure.trace.attempts;
            attempts = attempts.saturating_add(made);
            // That the last try did nothing says nothing of those before.
            failure.trace.earlier_doubt |= doubt;
            silence |= failure.trace.silence;
            let mut refused = Vec::new();
            let (error, passing) = match failure.code() {
                Some("TransactionCanceledException") => {
                    let there = self.behind_all(plan, &failure).await;
                    let (error, passing) = cancelled(plan, &failure, now, there, &mut refused);
                    (error.with_source(failure.source), passing)
                }
                // What DynamoDB Local answers where DynamoDB cancels.
                Some("ValidationException") => {
                    let message = "the transaction was cancelled: DynamoDB does not take it";
                    let error = Error::new(ErrorKind::Cancelled, message).with_source(failure.source);
                    return Err(error.with_attempts(attempts).in_table(&self.inner.table).into());
                }
                Some("TransactionInProgressException") => {
                    let message = "an earlier try of this very transaction was still under way";
                    (Error::new(ErrorKind::OutcomeUnknown, message).with_source(failure.source), true)
                }
                _ => {
                    let error = failure.into_error(request.operation);
                    // By its token DynamoDB knows the transaction again, so asking once more settles the doubt.
                    let passing = error.is_outcome_unknown();
                    (error, passing)
                }
            };
            doubt |= error.is_outcome_unknown();
            // As long as an earlier try may have been carried out, only the token keeps a later one from doing it twice.
            let in_time = |pause: &Duration| !(doubt || silence) || !window.is_over_with(made, *pause);
            match self.inner.retries.pause(tries).filter(|_| passing).filter(in_time) {
                Some(pause) => {
                    let begun = Instant::now();
                    self.sleep(pause).await;
                    window.paused(made, pause, begun.elapsed());
                }
                None => {
                    // A cancellation settles what became of every earlier try that DynamoDB has, since it knows the token; but
                    // not of one that has not arrived.
                    let (error, refused) = match error.kind() {
                        ErrorKind::Cancelled if silence => (late(error), Vec::new()),
                        _ => (error, refused),
                    };
                    let error = error.with_attempts(attempts).in_table(&self.inner.table);
                    return Err(Cancelled { error, refused });
                }
            }
        }
    }

    /// What stands under the keys of the actions whose conditions did not hold: `None` for the others.
    async fn behind_all(&self, plan: &Plan<'_>, failure: &Failure) -> Vec<Option<StoredItem>> {
        let said = reasons(failure.body().unwrap_or_default());
        let mut out = Vec::with_capacity(plan.actions.len());
        for (at, action) in plan.actions.iter().enumerate() {
            out.push(match said.get(at).filter(|said| said.is_refusal()) {
                Some(said) => Some(self.behind(failure, said.item, &action.body, action.keys).await),
                None => None,
            });
        }
        out
    }

    /// A read transaction, sent again while writes under way stand against it.
    async fn send_again(&self, request: &Request) -> Result<Answer> {
        let (mut tries, mut attempts) = (0, 0_u32);
        loop {
            tries += 1;
            let failure = match self.send(request).await {
                Ok(mut answer) => {
                    answer.attempts = answer.attempts.saturating_add(attempts);
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            attempts = attempts.saturating_add(failure.trace.attempts);
            let said = match failure.code() {
                Some("TransactionCanceledException") => reasons(failure.body().unwrap_or_default()),
                _ => {
                    let error = failure.into_error(request.operation);
                    return Err(error.in_table(&self.inner.table).with_attempts(attempts));
                }
            };
            let reason = said.iter().enumerate().find(|(_, said)| !said.is_none());
            let passing = reason.is_some() && said.iter().all(|said| said.is_none() || said.is_passing());
            match self.inner.retries.pause(tries).filter(|_| passing) {
                Some(pause) => self.sleep(pause).await,
                None => {
                    let error = match reason {
                        Some((at, reason)) => {
                            let error = reason.error(|message| message);
                            error.while_doing(format_args!("read {} of the transaction", at + 1))
                        }
                        None => Error::new(ErrorKind::Service, "the read was cancelled, and DynamoDB does not say why"),
                    };
                    return Err(error.with_attempts(attempts).in_table(&self.inner.table).with_source(failure.source));
                }
            }
        }
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
    /// What awaiting would answer before sending.
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
            let client = self.client;
            let cx = client.context();
            let in_table = |error: Error| error.in_table(cx.table);
            let (operations, done) = (self.plan)(&cx).map_err(in_table)?;
            client.settle(&operations.0, self.token.as_deref(), &cx).await.map_err(in_table)?;
            Ok(done())
        })
    }
}

impl<O, T> fmt::Debug for Transact<'_, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Transact")
    }
}

impl fmt::Debug for Operations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Operations({})", self.0.len())
    }
}

impl<'t, O> Planned<'t, O> {
    /// The same with another word for a refusal.
    #[cfg(feature = "lock")]
    pub(crate) fn refusing(self, say: impl Fn(Error) -> Error + Send + Sync + 't) -> Self {
        let Self { operation, done } = self;
        let operation = match operation {
            Operation::Plain { action, refuse } => {
                Operation::Plain { action, refuse: Box::new(move |there, now| say(refuse(there, now))) }
            }
            unique @ Operation::Unique(_) => unique,
        };
        Self { operation, done }
    }
}

impl<O> fmt::Debug for Planned<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Planned({})", self.operation.name())
    }
}
