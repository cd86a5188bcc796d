//! The lease in a lock's record: who holds it, for how long, with which fencing token.

use super::settings::Settings;
use crate::entity::{Deletable, Entity, VersionField};
use crate::op::token as random;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The version of a lock: an entity whose `#[dynamo(version)]` field is a `Lease` can be locked by [`Locks`](super::Locks).
///
/// Only this module writes it. `create` begins a new one, `update` leaves it as it is (an update by the value that was read
/// is on the condition that it has not changed), and an expression cannot set it. `put`, `save` and `delete` of such an entity
/// do not compile, alone, in a transaction or in a batch: they would bring a former owner's lease back, or let the fencing
/// token start again at 1. [`Guard::delete`](super::Guard::delete) deletes the record of a name that is never used again.
///
/// Such an entity has no time to live: the record stays when the lock is released or its owner dies.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::lock::Locks;
///
/// let guard = Locks::new(&shop).owner("worker-7").acquire(Job::new("nightly")).await?;
/// let job = shop.get(Job::key("nightly")).consistent().await?.unwrap_or_default();
/// assert_eq!((job.lease.owner(), job.lease.token()), (Some("worker-7"), guard.token()));
///
/// guard.release().await?;
/// let job = shop.get(Job::key("nightly")).consistent().await?.unwrap_or_default();
/// assert_eq!((job.lease.owner(), job.lease.token()), (None, 1)); // the next owner gets 2
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lease {
    /// How many owners there were.
    token: u64,
    /// Random, and different after every write of the lease: it shows to watchers that the owner lives.
    beat: String,
    /// The owner's name, for people. Absent while the lock is free, as are all fields below.
    owner: Option<String>,
    /// Random, and the same as long as one owner holds it: guarded writes are checked against it.
    term: Option<String>,
    /// For how long the lease is valid after a renewal.
    millis: Option<u64>,
}

impl Lease {
    /// The fencing token of the owner, or of the last one: 1 for the first one, and greater for every later one.
    pub fn token(&self) -> u64 {
        self.token
    }

    /// Who holds the lock; `None` while it is free. An owner that died is named until another one takes the lock.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// Whether the lock is not free.
    pub fn is_held(&self) -> bool {
        self.term.is_some()
    }

    /// For how long the lease is valid after a renewal; `None` while the lock is free.
    pub fn duration(&self) -> Option<Duration> {
        self.millis.map(Duration::from_millis).filter(|_| self.is_held())
    }

    pub(super) fn beat(&self) -> &str {
        &self.beat
    }

    pub(super) fn term(&self) -> Option<&str> {
        self.term.as_deref()
    }

    /// The lease of the next owner; `None` when the tokens are used up.
    pub(super) fn taken(&self, settings: &Settings) -> Option<Self> {
        // Rounded up: never shorter than its owner assumes.
        let millis = settings.lease.as_nanos().div_ceil(1_000_000);
        Some(Self {
            token: self.token.checked_add(1)?,
            beat: random(),
            owner: Some(settings.owner.clone()),
            term: Some(random()),
            millis: Some(u64::try_from(millis).unwrap_or(u64::MAX)),
        })
    }

    /// The same lease, renewed: with another beat.
    pub(super) fn renewed(&self) -> Self {
        Self { beat: random(), ..self.clone() }
    }

    /// The lease of a lock that is free again.
    pub(super) fn freed(&self) -> Self {
        Self { token: self.token, beat: random(), ..Self::default() }
    }
}

impl VersionField for Lease {
    const RANDOM: bool = true;
    const BUMPED: bool = false;
    const MAY_EXPIRE: bool = false;

    fn is_fresh(&self) -> bool {
        self.beat.is_empty()
    }

    fn first() -> Option<Self> {
        Some(Self::default().freed())
    }

    fn next(&self) -> Option<Self> {
        Some(self.renewed())
    }
}

/// The version of an entity that stores a handler's output: a [`Lease`] while the handler runs, and free afterwards. See
/// [`Idempotency`](super::Idempotency).
///
/// Unlike a lock, such an entity has a time to live: the output is kept for a while.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Run(Lease);

impl Run {
    /// How often the handler was begun for this key since its record was created: after the record has expired, it starts at 1.
    pub fn attempts(&self) -> u64 {
        self.0.token()
    }

    /// Whether a handler was begun and has not ended: it is running, or its process died.
    pub fn is_running(&self) -> bool {
        self.0.is_held()
    }

    /// Who runs the handler.
    pub fn owner(&self) -> Option<&str> {
        self.0.owner()
    }
}

/// The record of a handler may be deleted: then it is as if the handler had never been begun.
impl Deletable for Run {}

impl VersionField for Run {
    const RANDOM: bool = true;
    const BUMPED: bool = false;

    fn is_fresh(&self) -> bool {
        self.0.is_fresh()
    }

    fn first() -> Option<Self> {
        Lease::first().map(Self)
    }

    fn next(&self) -> Option<Self> {
        self.0.next().map(Self)
    }
}

/// A version that holds a lease: [`Lease`] and [`Run`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not hold a lease",
    label = "a lock has a version of the type `Lease`: `#[dynamo(version)] lease: dynamodel::lock::Lease`"
)]
pub trait Leased: VersionField {
    /// The lease.
    #[doc(hidden)]
    fn lease(&self) -> &Lease;

    /// The version that holds this lease.
    #[doc(hidden)]
    fn from_lease(lease: Lease) -> Self;
}

impl Leased for Lease {
    fn lease(&self) -> &Lease {
        self
    }

    fn from_lease(lease: Lease) -> Self {
        lease
    }
}

impl Leased for Run {
    fn lease(&self) -> &Lease {
        &self.0
    }

    fn from_lease(lease: Lease) -> Self {
        Self(lease)
    }
}

/// An entity that can be locked: its version is a [`Lease`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lock",
    label = "a lock has a version of the type `Lease`",
    note = "give it a field `#[dynamo(version)] lease: dynamodel::lock::Lease`"
)]
pub trait Lock: Entity<Version = Lease> {}

#[diagnostic::do_not_recommend]
impl<E: Entity<Version = Lease>> Lock for E {}
