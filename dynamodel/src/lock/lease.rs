//! What a lock's record says: who has it, for how long, by which fencing token.

use super::settings::Settings;
use crate::entity::{Deletable, Entity, VersionField};
use crate::op::token as random;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The version of a lock: an entity whose `#[dynamo(version)]` field is a `Lease` can be locked by [`Locks`](super::Locks).
///
/// Nothing but this module writes it. `create` begins a new one, `update` leaves it as it is (by the value that was read:
/// on the condition that it has not changed), and an expression cannot set it. `put`, `save` and `delete` of such an entity
/// do not compile, alone, in a transaction or in a batch: they would bring a former owner's lease back, or let the fencing
/// token begin anew. [`Guard::delete`](super::Guard::delete) deletes the record of a name that never comes again.
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
    /// Random, and another one after every write of the lease: whoever watches it sees by it that the owner lives.
    beat: String,
    /// Who has it, for people. Absent while it is free, as all below.
    owner: Option<String>,
    /// Random, and the same as long as one owner has it: what guarded writes are checked by.
    term: Option<String>,
    /// For how long it is valid after a beat.
    millis: Option<u64>,
}

impl Lease {
    /// The fencing token of the owner, or of the last one: 1 for the first one, and greater for every later one.
    pub fn token(&self) -> u64 {
        self.token
    }

    /// Who has the lock; `None` while it is free. An owner that died has it until somebody else takes it.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// Whether it is not free.
    pub fn is_held(&self) -> bool {
        self.term.is_some()
    }

    /// For how long it is valid once it has been renewed; `None` while it is free.
    pub fn duration(&self) -> Option<Duration> {
        self.millis.map(Duration::from_millis).filter(|_| self.is_held())
    }

    pub(super) fn beat(&self) -> &str {
        &self.beat
    }

    pub(super) fn term(&self) -> Option<&str> {
        self.term.as_deref()
    }

    /// The same in a new owner's hand.
    pub(super) fn taken(&self, settings: &Settings) -> Option<Self> {
        // Never shorter than its owner believes.
        let millis = settings.lease.as_nanos().div_ceil(1_000_000);
        Some(Self {
            token: self.token.checked_add(1)?,
            beat: random(),
            owner: Some(settings.owner.clone()),
            term: Some(random()),
            millis: Some(u64::try_from(millis).unwrap_or(u64::MAX)),
        })
    }

    /// The same once more: a beat.
    pub(super) fn renewed(&self) -> Self {
        Self { beat: random(), ..self.clone() }
    }

    /// The same in nobody's hand.
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

/// The version of an entity that keeps a handler's answer: a [`Lease`] while the handler runs, and free afterwards. See
/// [`Idempotency`](super::Idempotency).
///
/// Unlike a lock, such an entity has a time to live: the answer is kept for a while.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Run(Lease);

impl Run {
    /// How often the handler was begun for this key, since its record was made: once it has expired, it begins with 1.
    pub fn attempts(&self) -> u64 {
        self.0.token()
    }

    /// Whether somebody has begun and not ended: they are at work, or died.
    pub fn is_running(&self) -> bool {
        self.0.is_held()
    }

    /// Who is at work.
    pub fn owner(&self) -> Option<&str> {
        self.0.owner()
    }
}

/// What is kept of a handler may be thrown away: then it was never begun.
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
    message = "`{Self}` holds no lease",
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
    message = "`{Self}` is no lock",
    label = "a lock has a version of the type `Lease`",
    note = "give it a field `#[dynamo(version)] lease: dynamodel::lock::Lease`"
)]
pub trait Lock: Entity<Version = Lease> {}

#[diagnostic::do_not_recommend]
impl<E: Entity<Version = Lease>> Lock for E {}
