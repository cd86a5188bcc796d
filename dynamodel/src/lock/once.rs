//! Handlers that run once for a key, and whose answer is kept.

use super::acquire::locked;
use super::fence::{Fence, lost};
use super::guard::Guard;
use super::lease::{Lease, Leased, Run};
use super::locks::Locks;
use super::timer::Timer;
use super::turn::Turn;
use crate::client::Client;
use crate::entity::{Entity, Expires, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::Update;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// How often the answer is sent when it is not known whether it was stored.
const TRIES: usize = 4;

/// An entity that keeps a handler's answer under a key. Its version is a [`Run`], and it has a time to live.
pub trait Idempotent: Entity<Version = Run> + Expires {
    /// What the handler gives.
    type Answer: Send;

    /// The answer that is kept; `None` before the handler has given one.
    fn answer(&self) -> Option<Self::Answer>;

    /// Tells an update to keep the answer: `update.set(|p| p.receipt, Some(answer))`.
    fn keep<V>(update: Update<Self, V>, answer: &Self::Answer) -> Update<Self, V>;

    /// Whether the request under this key is the same one as `request`. Compare what was asked for, or a digest of it: a
    /// client that uses one key for two requests is refused then.
    fn is_same(&self, request: &Self) -> bool {
        let _ = request;
        true
    }
}

/// Runs handlers once for a key, and replays their answers.
///
/// The record lies under the key before the handler begins, with a lease that says that it is at work. Once it has given
/// its answer, the answer is kept in the record for a time, and whoever comes with the key gets it without the handler. A
/// handler that gives an error leaves no answer, and the next one may try. When its process dies, another one takes the
/// key over once the lease has run out, and begins the handler anew. No record stays for ever: see [`keep`](Self::keep).
///
/// So [`run`](Self::run) begins a handler again only when a process died in it, or between its end and the keeping of the
/// answer. What must not happen twice even then goes into one transaction with the answer: see [`begin`](Self::begin).
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::lock::{Once, Outcome};
/// use std::time::Duration;
///
/// let once = Once::new(&shop).keep(Duration::from_secs(24 * 3600));
/// let pay = || async { Ok::<_, std::io::Error>("receipt 1".to_owned()) };
/// assert_eq!(once.run(Payment::new("key-1", 250), pay).await?, Outcome::Ran("receipt 1".to_owned()));
/// let again = || async { Ok::<_, std::io::Error>("receipt 2".to_owned()) };
/// assert_eq!(once.run(Payment::new("key-1", 250), again).await?, Outcome::Replayed("receipt 1".to_owned()));
/// # Ok(()) }
/// ```
pub struct Once<T> {
    locks: Locks<T>,
    patience: Duration,
}

/// What came of a [`Once::run`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<A> {
    /// The handler ran, and this is its answer.
    Ran(A),
    /// The answer was there already.
    Replayed(A),
}

impl<A> Outcome<A> {
    /// The answer, whoever gave it.
    pub fn into_answer(self) -> A {
        match self {
            Self::Ran(answer) | Self::Replayed(answer) => answer,
        }
    }
}

/// What [`Once::begin`] found.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "it is taken apart at once, and an attempt is made to be moved")]
pub enum Begun<E: Idempotent, T> {
    /// The key is ours: do the work, and [`finish`](Attempt::finish).
    Mine(Attempt<E, T>),
    /// It was done: this is the answer.
    Done(E::Answer),
}

impl<T: Table> Once<T> {
    /// Answers are kept for a day, a dead process is noticed after 20 seconds, and whoever comes while the handler runs
    /// waits for a minute.
    pub fn new(client: &Client<T>) -> Self {
        let once = Self { locks: Locks::new(client), patience: Duration::from_secs(60) };
        once.keep(Duration::from_secs(24 * 3600))
    }

    /// How long the record is kept after the last thing that happened in it, by the client's [`Clock`](crate::Clock): after
    /// the answer; after the handler's error; and one lease longer after the last renewal of a handler that runs, or whose
    /// process died. After that it is as if the key had never been used: the handler runs again, and
    /// [`attempts`](Run::attempts) begin with 1. Clocks of several machines may differ by less than this. The record of an
    /// entity with [unique fields](crate::guide::unique) expires after an answer only.
    pub fn keep(mut self, lifetime: Duration) -> Self {
        self.locks.settings.keep = Some(lifetime);
        self
    }

    /// How long to wait for a handler that runs elsewhere.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
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

    /// Runs the handler unless its answer is there, and keeps the answer.
    ///
    /// `request` is the record to be created: its key is the idempotency key.
    ///
    /// # Errors
    /// [`OnceError::Handler`] with the handler's own error, of which nothing is kept. [`OnceError::Store`] with
    /// [`Locked`](crate::ErrorKind::Locked) when the handler runs elsewhere and did not end in time;
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when the key was used for [another](Idempotent::is_same)
    /// request, at once and without a write; [`LockLost`](crate::ErrorKind::LockLost) when this process was taken for dead and another one has begun;
    /// what reading and writing answers. After any of these, calling it again with the key is right.
    pub async fn run<E, F, W, X>(&self, request: E, handler: F) -> Result<Outcome<E::Answer>, OnceError<X>>
    where
        E: LivesIn<T> + Idempotent,
        F: FnOnce() -> W,
        W: Future<Output = Result<E::Answer, X>>,
    {
        let attempt = match self.begin(request).await? {
            Begun::Mine(attempt) => attempt,
            Begun::Done(answer) => return Ok(Outcome::Replayed(answer)),
        };
        match handler().await {
            Ok(answer) => Ok(attempt.store(answer).await?),
            Err(error) => {
                // Should this fail, the lease runs out; the handler's error is what counts.
                let _in_vain = attempt.release().await;
                Err(OnceError::Handler(error))
            }
        }
    }

    /// Takes the key, or gives the answer that is there: for a handler whose writes shall be carried out exactly once, in
    /// one transaction with its answer.
    ///
    /// # Errors
    /// As [`OnceError::Store`] of [`run`](Self::run).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # shop.create(&Report::new("r1")).await?;
    /// use dynamodel::lock::{Begun, Once};
    /// use dynamodel::op::Update;
    ///
    /// let once = Once::new(&shop);
    /// if let Begun::Mine(attempt) = once.begin(Payment::new("key-1", 250)).await? {
    ///     let booked = Update::new(Report::key("r1")).add(|r| r.rows, 1);
    ///     shop.transact((booked, attempt.finish(&"receipt 1".to_owned()))).await?;
    ///     attempt.done();
    /// }
    /// assert!(matches!(once.begin(Payment::new("key-1", 250)).await?, Begun::Done(answer) if answer == "receipt 1"));
    /// # Ok(()) }
    /// ```
    pub async fn begin<E: LivesIn<T> + Idempotent>(&self, request: E) -> Result<Begun<E, T>> {
        // What is there of another request is theirs: it is not even waited for.
        let done = |item: &E| item.answer().is_some() || !item.is_same(&request);
        let item = match self.locks.wait(&request, Some(self.patience), &done).await? {
            Turn::Taken { item, since } => {
                let freed = item.version().lease().freed();
                let guard = Guard::begin(&self.locks, request.primary_key(), item, since)?;
                return Ok(Begun::Mine(Attempt { guard, freed, keep: self.locks.settings.keep }));
            }
            Turn::Waiting { item, .. } | Turn::Done(item) => item,
        };
        if !item.is_same(&request) {
            return Err(self.misused(&request));
        }
        match item.answer() {
            Some(answer) => Ok(Begun::Done(answer)),
            None => Err(locked(item).in_table(self.locks.client.table_name())),
        }
    }

    fn misused<E: Entity>(&self, request: &E) -> Error {
        let message = "the idempotency key was used for another request: give every request a key of its own";
        Error::new(ErrorKind::InvalidRequest, message)
            .of_entity(E::SCHEMA.name)
            .at_key(request.primary_key())
            .in_table(self.locks.client.table_name())
    }
}

/// A key in one's hand, whose handler is to be run.
#[must_use = "an attempt that is dropped gives the key back without an answer"]
pub struct Attempt<E: Entity, T> {
    guard: Guard<E, T>,
    /// The lease as it will be once the answer is kept: by it the write is known again.
    freed: Lease,
    keep: Option<Duration>,
}

impl<E: LivesIn<T> + Idempotent, T: Table> Attempt<E, T> {
    /// How many times the handler was begun for this key, this time included.
    pub fn number(&self) -> u64 {
        self.guard.token()
    }

    /// The lock that is held meanwhile: for [`phase`](Guard::phase) and [`while_held`](Guard::while_held).
    pub fn guard(&self) -> &Guard<E, T> {
        &self.guard
    }

    /// A part of a write transaction that is refused once somebody else has the key.
    pub fn check(&self) -> Fence<E, T> {
        self.guard.check()
    }

    /// Keeps the answer and gives the key out of the hand: one write, by itself or as a part of the transaction that does
    /// the work. It is refused once somebody else has the key. Call [`done`](Self::done) once it is carried out.
    pub fn finish(&self, answer: &E::Answer) -> Update<E, Client<T>> {
        let update = E::keep(self.guard.last_update(&self.freed), answer);
        match self.keep {
            Some(lifetime) => update.expires_in(lifetime),
            None => update,
        }
    }

    /// The answer is kept: nothing more is sent.
    pub fn done(self) {
        self.guard.abandon();
    }

    /// Gives the key back without an answer: the next one may try at once, or in the end the record expires.
    ///
    /// # Errors
    /// As [`Guard::release`].
    pub async fn release(self) -> Result<()> {
        self.guard.release().await
    }

    /// Keeps the answer. Where somebody else was faster, theirs counts.
    async fn store(self, answer: E::Answer) -> Result<Outcome<E::Answer>> {
        let mut tries = 0;
        let kept = loop {
            tries += 1;
            match self.finish(&answer).await {
                Ok(()) => break Ok(Outcome::Ran(answer)),
                Err(error) if error.is_outcome_unknown() && error.current::<E>().is_none() && tries < TRIES => {}
                Err(error) => match error.current::<E>() {
                    // By an earlier try, whose answer was lost.
                    Some(item) if *item.version().lease() == self.freed => {
                        break Ok(Outcome::Ran(answer));
                    }
                    Some(item) => match item.answer() {
                        Some(theirs) => break Ok(Outcome::Replayed(theirs)),
                        None => break Err(lost::<E>(self.guard.lease(), error)),
                    },
                    None => break Err(lost::<E>(self.guard.lease(), error)),
                },
            }
        };
        if kept.is_ok() {
            self.done();
        }
        kept
    }
}

/// Why a handler gave no answer.
#[derive(Debug)]
pub enum OnceError<X> {
    /// The handler's own error.
    Handler(X),
    /// The key could not be taken, or the answer not be kept.
    Store(Error),
}

impl<X> From<Error> for OnceError<X> {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl<X> fmt::Display for OnceError<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handler(_) => f.write_str("the handler failed, and nothing of it is kept"),
            Self::Store(_) => f.write_str("the idempotency key could not be taken, or the answer not be kept"),
        }
    }
}

impl<X: StdError + 'static> StdError for OnceError<X> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Handler(error) => Some(error),
            Self::Store(error) => Some(error),
        }
    }
}

impl<T: Table> fmt::Debug for Once<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").field("locks", &self.locks).finish_non_exhaustive()
    }
}

impl<E: Entity, T> fmt::Debug for Attempt<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Attempt").field(&self.guard).finish()
    }
}
