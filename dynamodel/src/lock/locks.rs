//! A client's locks: how long leases last, and who takes them.

use super::observed::ObservedLeases;
use super::settings::Settings;
use super::timer::{Timer, TokioTimer};
use crate::client::Client;
use crate::entity::{Entity, Table};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Takes locks in the table of a client. Cheap to clone; clones know what the others have seen.
///
/// Nobody's clock is compared with anybody else's. The owner of a lock renews its lease by a write that changes the record;
/// whoever waits watches the record, and takes the lock once the record has been unchanged for the whole duration that is
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
/// // Refused if somebody else has the lock by then.
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

    /// For how long a lease is valid after it was taken or renewed: how long others wait at most when its owner dies.
    /// Written into the record, in whole milliseconds, rounded up.
    pub fn lease(mut self, duration: Duration) -> Self {
        self.settings.lease = duration;
        self
    }

    /// After what time a lease is renewed; a quarter of it, if this is not said. Every renewal is a write of the whole
    /// record's size.
    pub fn heartbeat_interval(mut self, every: Duration) -> Self {
        self.settings.set_heartbeat_interval(every);
        self
    }

    /// How much of the lease is left when its owner is [told](super::Guard::expiring) that it could not be renewed; a quarter, if
    /// this is not said.
    pub fn warn_before(mut self, left: Duration) -> Self {
        self.settings.set_warn_before(left);
        self
    }

    /// After what time at most a waiter looks again whether the lock was released, by a consistent read; a quarter of the
    /// lease and at most a second, if this is not said.
    pub fn poll_interval(mut self, every: Duration) -> Self {
        self.settings.set_poll_interval(every);
        self
    }

    /// What the record says of its owner, for people; the number of the process and a random one, if this is not said.
    /// Two owners of one name are two owners.
    pub fn owner(mut self, name: impl Into<String>) -> Self {
        self.settings.owner = name.into();
        self
    }

    /// How many locks in other hands are remembered at most, those that were asked for last; 65,536, if this is not said.
    /// [`try_acquire`](Self::try_acquire) takes dead owners' locks only while it remembers them. One who waits needs no
    /// memory of others. What was seen before is forgotten.
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

    /// Whether a lock could be taken and kept at all.
    pub(super) fn ready(&self) -> Result<()> {
        super::runtime::runtime()?;
        self.settings.check()
    }

    /// A request that was given up.
    pub(super) fn timed_out<E: Entity>(&self, fresh: &E, kind: ErrorKind, what: &str) -> Error {
        Error::new(kind, format!("the time was up before {what}: wait longer, or try later"))
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
