//! Handlers that run once for a key, and whose answer is kept.

use super::acquire::locked_error;
use super::attempt::Attempt;
use super::guard::Guard;
use super::idempotent::Idempotent;
use super::lease::{Lease, Leased};
use super::locks::Locks;
use super::timer::Timer;
use super::try_take::TryTake;
use crate::client::Client;
use crate::entity::{Entity, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::time::Duration;

/// Runs handlers once for a key, and replays their answers.
///
/// The record lies under the key before the handler begins, with a lease that says that it is at work. Once it has given
/// its answer, the answer is kept in the record for a time, and whoever comes with the key gets it without the handler. A
/// handler that gives an error leaves no answer, and the next one may try; so it is when it panics, or when the caller goes
/// away before it has ended. When its process dies, another one takes the key over once the lease has run out, and begins the
/// handler anew. Records expire in the end: see [`keep_for`](Self::keep_for).
///
/// Once a handler has given its answer, the answer is sent until it is stored, by a task that goes on when the caller goes
/// away, and the lease is renewed meanwhile. So [`run`](Self::run) begins a handler again only when its process was taken for
/// dead in it, or between its end and the storing of the answer: because it died, was paused, or could not reach the table
/// for a whole lease; or when the answer cannot be stored at all, or not for as long as it would be [kept](Self::keep_for). What must not happen twice even then goes into one
/// transaction with the answer: see [`begin`](Self::begin).
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::lock::{Idempotency, Outcome};
/// use std::time::Duration;
///
/// let once = Idempotency::new(&shop).keep_for(Duration::from_secs(24 * 3600));
/// let pay = || async { Ok::<_, std::io::Error>("receipt 1".to_owned()) };
/// assert_eq!(once.run(Payment::new("key-1", 250), pay).await?, Outcome::Ran("receipt 1".to_owned()));
/// let again = || async { Ok::<_, std::io::Error>("receipt 2".to_owned()) };
/// assert_eq!(once.run(Payment::new("key-1", 250), again).await?, Outcome::Replayed("receipt 1".to_owned()));
/// # Ok(()) }
/// ```
pub struct Idempotency<T> {
    pub(super) locks: Locks<T>,
    pub(super) wait_timeout: Duration,
}

/// What came of a [`Idempotency::run`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<A> {
    /// The handler ran, and this is its answer.
    Ran(A),
    /// The answer was there already.
    Replayed(A),
}

impl<A> Outcome<A> {
    /// The answer, whoever gave it.
    pub fn into_output(self) -> A {
        match self {
            Self::Ran(answer) | Self::Replayed(answer) => answer,
        }
    }
}

/// What [`Idempotency::begin`] found.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "it is taken apart at once, and an attempt is made to be moved")]
pub enum Begun<E: Idempotent, T> {
    /// The key is ours: do the work, and [`finish`](Attempt::finish).
    Acquired(Attempt<E, T>),
    /// It was done: this is the answer.
    Replayed(E::Output),
}

impl<T: Table> Idempotency<T> {
    /// Answers are kept for a day, a dead process is noticed after 20 seconds, and whoever comes while the handler runs
    /// waits for a minute.
    pub fn new(client: &Client<T>) -> Self {
        let once = Self { locks: Locks::new(client), wait_timeout: Duration::from_secs(60) };
        once.keep_for(Duration::from_secs(24 * 3600))
    }

    /// How long the record is kept after the last thing that happened in it, by the client's [`Clock`](crate::Clock): after
    /// the answer; after the handler's error; and one lease longer after the last renewal of a handler that runs, or whose
    /// process died. After that it is as if the key had never been used: the handler runs again, and
    /// [`attempts`](super::Run::attempts) begin with 1. Clocks of several machines may differ by less than this. The record of an
    /// entity with [unique fields](crate::guide::unique) expires after an answer only.
    pub fn keep_for(mut self, lifetime: Duration) -> Self {
        self.locks.settings.keep = Some(lifetime);
        self
    }

    /// How long to wait for a handler that runs elsewhere: before the own one begins, and again where the key was lost to
    /// another one while it ran.
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.wait_timeout = timeout;
        self
    }

    /// After what time a process that does not renew its lease is taken for dead.
    pub fn lease(mut self, duration: Duration) -> Self {
        self.locks = self.locks.lease(duration);
        self
    }

    /// What the record says of who is at work, for people.
    pub fn owner(mut self, name: impl Into<String>) -> Self {
        self.locks = self.locks.owner(name);
        self
    }

    /// Another timer than tokio's.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.locks = self.locks.timer(timer);
        self
    }

    /// Takes the key, or gives the answer that is there: for a handler whose writes shall be carried out exactly once, in
    /// one transaction with its answer. Where the transaction fails, dropping the attempt gives the key back. It ends two
    /// seconds after the [`wait_timeout`](Self::wait_timeout) at the latest.
    ///
    /// # Errors
    /// As [`IdempotencyError::Store`](super::IdempotencyError::Store) of [`run`](Self::run).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # shop.create(&Report::new("r1")).await?;
    /// use dynamodel::lock::{Begun, Idempotency};
    /// use dynamodel::op::Update;
    ///
    /// let once = Idempotency::new(&shop);
    /// if let Begun::Acquired(attempt) = once.begin(Payment::new("key-1", 250)).await? {
    ///     let booked = Update::new(Report::key("r1")).add(|r| r.rows, 1);
    ///     shop.transact((booked, attempt.finish(&"receipt 1".to_owned()))).await?;
    ///     attempt.done();
    /// }
    /// assert!(matches!(once.begin(Payment::new("key-1", 250)).await?, Begun::Replayed(answer) if answer == "receipt 1"));
    /// # Ok(()) }
    /// ```
    pub async fn begin<E: LivesIn<T> + Idempotent>(&self, request: E) -> Result<Begun<E, T>> {
        self.take(&request, self.wait_timeout).await.map(|(begun, _)| begun)
    }

    /// The same, with the lease that the record has then.
    pub(super) async fn take<E>(&self, request: &E, timeout: Duration) -> Result<(Begun<E, T>, Lease)>
    where
        E: LivesIn<T> + Idempotent,
    {
        self.check_expiry(request)?;
        // What is there of another request is theirs: it is not even waited for.
        let done = |item: &E| item.output().is_some() || !item.is_same(request);
        let item = match self.locks.wait(request, Some(timeout), &done).await? {
            TryTake::Taken { item, since } => {
                let lease = item.version().lease().clone();
                let guard = Guard::begin(&self.locks, request.primary_key(), item, since)?;
                let attempt = Attempt::new(guard, self.locks.settings.keep);
                return Ok((Begun::Acquired(attempt), lease));
            }
            TryTake::Waiting { item, .. } | TryTake::Done(item) => item,
        };
        if !item.is_same(request) {
            return Err(self.key_reused(request));
        }
        match item.output() {
            Some(answer) => Ok((Begun::Replayed(answer), item.version().lease().clone())),
            None => Err(locked_error(item).in_table(self.locks.client.table_name())),
        }
    }

    /// A record that expires while the handler runs is as if nobody ran it.
    fn check_expiry<E: Entity>(&self, request: &E) -> Result<()> {
        let Some(expiry) = request.expiry() else { return Ok(()) };
        let message = if !E::SCHEMA.unique.is_empty() {
            "the record of an entity with unique fields is given its expiry with the answer, and this request has one already, which could pass while the handler runs: let the field be an `Option<Expiry>`, begin with `None`, and say `Idempotency::keep_for`"
        } else if expiry.is_past(self.locks.client.now()) {
            "the request has expired already: begin with `None`, or with a moment to come, and say by `Idempotency::keep_for` how long the record is kept"
        } else {
            return Ok(());
        };
        let error = Error::new(ErrorKind::InvalidRequest, message).at_attribute(E::SCHEMA.ttl.unwrap_or_default());
        Err(self.about(request, error))
    }

    pub(super) fn about<E: Entity>(&self, request: &E, error: Error) -> Error {
        error.of_entity(E::SCHEMA.name).at_key(request.primary_key()).in_table(self.locks.client.table_name())
    }

    fn key_reused<E: Entity>(&self, request: &E) -> Error {
        let message = "the idempotency key was used for another request: give every request a key of its own";
        self.about(request, Error::new(ErrorKind::InvalidRequest, message))
    }
}

impl<T: Table> fmt::Debug for Idempotency<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Idempotency").field("locks", &self.locks).finish_non_exhaustive()
    }
}
