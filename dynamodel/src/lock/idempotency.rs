//! Idempotency keys: how long they are kept, and who holds them.

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

/// Runs handlers once for a key, and replays their output.
///
/// The record is stored under the key before the handler begins, with a lease that shows that the handler is running. Once the
/// handler has returned its output, the output is kept in the record for a time, and later callers with the key get it without
/// running the handler. A handler that returns an error leaves no output, and the next caller may try; the same holds when it
/// panics, or when the caller goes away before it has ended. When its process dies, another one takes the key over once the
/// lease has run out, and runs the handler again. Records expire in the end: see [`keep_for`](Self::keep_for).
///
/// Once a handler has returned its output, a task sends the output until it is stored, also when the caller goes
/// away, and the lease is renewed meanwhile. So [`run`](Self::run) runs a handler again only when its process seemed
/// dead while it ran, or between its end and the storing of the output: because it died, was paused, or could not reach the
/// table for a whole lease; or when the output cannot be stored at all, or not within the time for which it would be
/// [kept](Self::keep_for). What must not happen twice even then goes into one transaction with the output: see
/// [`begin`](Self::begin).
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

/// The outcome of [`Idempotency::run`]: the output, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<A> {
    /// The handler ran, and this is its output.
    Ran(A),
    /// The output was stored already.
    Replayed(A),
}

impl<A> Outcome<A> {
    /// The output, wherever it comes from.
    pub fn into_output(self) -> A {
        match self {
            Self::Ran(output) | Self::Replayed(output) => output,
        }
    }
}

/// What [`Idempotency::begin`] found.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "it is matched at once, and an attempt is meant to be moved")]
pub enum Begun<E: Idempotent, T> {
    /// This process holds the key: do the work, and [`finish`](Attempt::finish).
    Acquired(Attempt<E, T>),
    /// The work was done before: this is its output.
    Replayed(E::Output),
}

impl<T: Table> Idempotency<T> {
    /// Outputs are kept for a day, a dead process is noticed after 20 seconds, and callers that come while the handler runs
    /// wait for a minute.
    pub fn new(client: &Client<T>) -> Self {
        let once = Self { locks: Locks::new(client), wait_timeout: Duration::from_secs(60) };
        once.keep_for(Duration::from_secs(24 * 3600))
    }

    /// How long the record is kept after the last change of it, by the client's [`Clock`](crate::Clock): after
    /// the output; after the handler's error; and one lease longer after the last renewal of a handler that runs, or whose
    /// process died. After that it is as if the key had never been used: the handler runs again, and
    /// [`attempts`](super::Run::attempts) start at 1. Clocks of several machines may differ by less than this. The record of an
    /// entity with [unique fields](crate::guide::unique) expires only after an output.
    pub fn keep_for(mut self, lifetime: Duration) -> Self {
        self.locks.settings.keep = Some(lifetime);
        self
    }

    /// How long to wait for a handler that runs elsewhere: before the own one begins, and again if another process took the
    /// key while it ran.
    pub fn wait_timeout(mut self, timeout: Duration) -> Self {
        self.wait_timeout = timeout;
        self
    }

    /// After what time a process that does not renew its lease counts as dead.
    pub fn lease(mut self, duration: Duration) -> Self {
        self.locks = self.locks.lease(duration);
        self
    }

    /// The owner that the record names while the handler runs, for people.
    pub fn owner(mut self, name: impl Into<String>) -> Self {
        self.locks = self.locks.owner(name);
        self
    }

    /// Another timer than tokio's: for tests a [`ManualTimer`](super::ManualTimer).
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.locks = self.locks.timer(timer);
        self
    }

    /// Acquires the key, or returns the stored output: for a handler whose writes must be carried out exactly once, in
    /// one transaction with its output. If the transaction fails, dropping the attempt releases the key. It ends two
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
    /// assert!(matches!(once.begin(Payment::new("key-1", 250)).await?, Begun::Replayed(output) if output == "receipt 1"));
    /// # Ok(()) }
    /// ```
    pub async fn begin<E: LivesIn<T> + Idempotent>(&self, request: E) -> Result<Begun<E, T>> {
        self.take(&request, self.wait_timeout).await.map(|(begun, _)| begun)
    }

    /// As [`begin`](Self::begin), with the lease that the record has then.
    pub(super) async fn take<E>(&self, request: &E, timeout: Duration) -> Result<(Begun<E, T>, Lease)>
    where
        E: LivesIn<T> + Idempotent,
    {
        self.check_expiry(request)?;
        // The key of another request is refused at once: waiting would not help.
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
            Some(output) => Ok((Begun::Replayed(output), item.version().lease().clone())),
            None => Err(locked_error(item).in_table(self.locks.client.table_name())),
        }
    }

    /// Refuses an expiry in the request that could pass while the handler runs: then another caller would run it too.
    fn check_expiry<E: Entity>(&self, request: &E) -> Result<()> {
        let Some(expiry) = request.expiry() else { return Ok(()) };
        let message = if !E::SCHEMA.unique.is_empty() {
            "the record of an entity with unique fields gets its expiry with the output, and this request has one already, which could pass while the handler runs: make the field an `Option<Expiry>`, begin with `None`, and set `Idempotency::keep_for`"
        } else if expiry.is_past(self.locks.client.now()) {
            "the request has expired already: begin with `None`, or with a timestamp in the future, and set by `Idempotency::keep_for` how long the record is kept"
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
