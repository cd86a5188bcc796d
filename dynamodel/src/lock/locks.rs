//! A client's locks: how long leases last, and who holds them.

use super::observed::ObservedLeases;
use super::settings::Settings;
use super::timer::{Timer, TokioTimer};
use crate::client::Client;
use crate::entity::{Entity, Table};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Acquires locks in the table of a client. Cheap to clone; clones share what they have seen.
///
/// No clocks are compared. The owner of a lock renews its lease by a write that changes the record;
/// a waiter watches the record, and takes the lock once the record has been unchanged for the whole duration that is
/// written in it, on the waiter's own clock. Owner and waiters may use different durations.
///
/// Needs a tokio runtime: the leases are renewed by tasks.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::lock::Locks;
/// use dynamodel::op::Update;
/// use std::time::Duration;
///
/// let locks = Locks::new(&shop).lease(Duration::from_secs(20)).owner("worker-7");
/// let guard = locks.acquire(Job::new("nightly")).timeout(Duration::from_secs(60)).await?;
/// # shop.create(&Report::new("r1")).await?;
/// // Refused if another owner has the lock by then.
/// shop.transact((guard.check(), Update::new(Report::key("r1")).set(|r| r.rows, 42))).await?;
/// guard.release().await?;
/// # Ok(()) }
/// ```
pub struct Locks<T> {
    pub(super) client: Client<T>,
    pub(super) settings: Settings,
    pub(super) timer: Arc<dyn Timer>,
    pub(super) observed: Arc<ObservedLeases>,
}

impl<T: Table> Locks<T> {
    /// Locks with leases of 20 seconds, by the clock of the tokio runtime.
    pub fn new(client: &Client<T>) -> Self {
        Self {
            client: client.clone(),
            settings: Settings::new(),
            timer: Arc::new(TokioTimer::new()),
            observed: Arc::default(),
        }
    }

    /// For how long a lease is valid after it was acquired or renewed: how long others wait at most when its owner dies.
    /// Stored in the record in whole milliseconds, rounded up.
    pub fn lease(mut self, duration: Duration) -> Self {
        self.settings.lease = duration;
        self
    }

    /// After what time a lease is renewed; a quarter of the lease by default. Every renewal is a write that is charged by the whole
    /// record's size.
    pub fn heartbeat_interval(mut self, every: Duration) -> Self {
        self.settings.set_heartbeat_interval(every);
        self
    }

    /// How much of the lease is left when its owner is [warned](super::Guard::expiring) that it could not be renewed; a quarter
    /// by default.
    pub fn warn_before(mut self, left: Duration) -> Self {
        self.settings.set_warn_before(left);
        self
    }

    /// After what time at most a waiter checks again whether the lock was released, by a consistent read; a quarter of the
    /// lease and at most a second by default.
    pub fn poll_interval(mut self, every: Duration) -> Self {
        self.settings.set_poll_interval(every);
        self
    }

    /// The owner's name in the record, for people; the process id and a random number by default.
    /// Two owners with the same name are still two owners.
    pub fn owner(mut self, name: impl Into<String>) -> Self {
        self.settings.owner = name.into();
        self
    }

    /// How many locks of other owners are remembered at most, those that were asked for last; 65,536 by default.
    /// [`try_acquire`](Self::try_acquire) takes a dead owner's lock only while it remembers it. [`acquire`](Self::acquire) does not
    /// depend on this. Calling it forgets what was seen before.
    pub fn remember(mut self, most: usize) -> Self {
        self.observed = Arc::new(ObservedLeases::with_capacity(most));
        self
    }

    /// Another timer than tokio's: for tests a [`ManualTimer`](super::ManualTimer).
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Arc::new(timer);
        self.observed = Arc::new(self.observed.emptied());
        self
    }

    /// Checks that there is a runtime, and that the durations are consistent.
    pub(super) fn ready(&self) -> Result<()> {
        super::runtime::runtime()?;
        self.settings.check()
    }

    /// The error of a request that was given up.
    pub(super) fn timed_out<E: Entity>(&self, fresh: &E, kind: ErrorKind, what: &str) -> Error {
        Error::new(kind, format!("timed out before {what}: wait longer, or try later"))
            .of_entity(E::SCHEMA.name)
            .at_key(fresh.primary_key())
            .in_table(self.client.table_name())
    }
}

impl<T> Clone for Locks<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            settings: self.settings.clone(),
            timer: Arc::clone(&self.timer),
            observed: Arc::clone(&self.observed),
        }
    }
}

impl<T: Table> fmt::Debug for Locks<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Locks").field("client", &self.client).field("settings", &self.settings).finish_non_exhaustive()
    }
}
