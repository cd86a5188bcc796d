//! Waiting for a lock.

use super::guard::Guard;
use super::lease::{Leased, Lock};
use super::locks::Locks;
use super::observed::Observation;
use super::race::within;
use super::settings::SHORTEST_REQUEST;
use super::try_take::{IsDone, TryTake, WHETHER_TAKEN};
use crate::client::OperationFuture;
use crate::entity::{Entity, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::time::Duration;

/// Acquires a lock, and waits while another owner holds it: consistent GetItem, repeated; UpdateItem.
///
/// Made by [`Locks::acquire`]. A released lock is found at the next read, after [`Locks::poll_interval`] at most. The lock of an
/// owner that died is taken one lease duration after its last renewal was first seen. Of several waiters one gets
/// the lock, in no particular order.
///
/// A request that hangs is given up and sent again after half of [`Locks::lease`], but ten seconds at most, or at the
/// timeout; after a second at the earliest. So it ends two seconds after its [timeout](Self::timeout) at the latest. Dropping the
/// future stops waiting. If its write is under way just then, nobody holds the lock until the lease has run out.
///
/// # Errors
/// [`Locked`](crate::ErrorKind::Locked) with the [current](crate::Error::current) record at the
/// [timeout](Self::timeout); [`Unavailable`](crate::ErrorKind::Unavailable) when the record could not be read by then;
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when the write that takes it got no response: if it was carried out,
/// the lock is free once the lease has run out; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for durations that contradict
/// each other; [`Configuration`](crate::ErrorKind::Configuration) outside a tokio runtime; and the errors of reading and writing.
#[must_use = "an operation does nothing until awaited"]
pub struct Acquire<E: Entity, T> {
    locks: Locks<T>,
    fresh: E,
    timeout: Option<Duration>,
}

impl<E: Entity, T> Acquire<E, T> {
    pub(super) fn new(locks: Locks<T>, fresh: E) -> Self {
        Self { locks, fresh, timeout: None }
    }

    /// How long to wait at most; without limit by default. However short it is, the lock is read once.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

impl<E: LivesIn<T> + Lock, T: Table> IntoFuture for Acquire<E, T> {
    type Output = Result<Guard<E, T>>;
    type IntoFuture = OperationFuture<'static, Guard<E, T>>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let Self { locks, fresh, timeout } = self;
            match locks.wait(&fresh, timeout, &|_| false).await? {
                TryTake::Taken { item, since } => Guard::begin(&locks, fresh.primary_key(), item, since),
                TryTake::Waiting { item, .. } | TryTake::Done(item) => {
                    Err(locked_error(item).in_table(locks.client.table_name()))
                }
            }
        })
    }
}

impl<T: Table> Locks<T> {
    /// Acquires the lock, and waits for it if another owner holds it: see [`Acquire`].
    ///
    /// If there is no record yet, `fresh` is stored; if there is one, only its lease changes, and
    /// [`Guard::item`] returns it: the data that the last owner left.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # use dynamodel::lock::Locks;
    /// use std::time::Duration;
    ///
    /// let locks = Locks::new(&shop);
    /// let guard = locks.acquire(Job::new("nightly")).await?;
    ///
    /// let error = locks.acquire(Job::new("nightly")).timeout(Duration::from_millis(10)).await.unwrap_err();
    /// assert!(error.is_locked());
    /// assert_eq!(error.current::<Job>().map(|job| job.lease.token()), Some(guard.token()));
    /// # Ok(()) }
    /// ```
    pub fn acquire<E: LivesIn<T> + Lock>(&self, fresh: E) -> Acquire<E, T> {
        Acquire::new(self.clone(), fresh)
    }

    /// Acquires the lock if nobody holds it; `None` if it is held.
    ///
    /// At the first read a dead owner's lock looks like a living one's. `Locks` remembers what it saw: when it is asked
    /// again after the lease duration and the record is still the same, it takes the lock. So keep one `Locks`, and ask
    /// it from time to time. For very many locks, see [`remember`](Self::remember).
    ///
    /// The read may take half of [`lease`](Self::lease), and so may the write, each at least a second and at
    /// most ten: a request that hangs is given up then.
    ///
    /// # Errors
    /// As [`Acquire`], except `Locked`.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # use dynamodel::lock::Locks;
    /// let locks = Locks::new(&shop);
    /// let guard = locks.try_acquire(Job::new("nightly")).await?;
    /// assert!(guard.is_some());
    /// assert!(locks.try_acquire(Job::new("nightly")).await?.is_none());
    /// # Ok(()) }
    /// ```
    pub async fn try_acquire<E: LivesIn<T> + Lock>(&self, fresh: E) -> Result<Option<Guard<E, T>>> {
        self.ready()?;
        let key = fresh.primary_key();
        let limit = self.settings.request_timeout();
        let found = within(&self.client, &*self.timer, limit, self.read(&key)).await;
        let found =
            found.ok_or_else(|| self.timed_out(&fresh, ErrorKind::Unavailable, "the record could be read"))??;
        let mut watched = Observation::default();
        let taken = Box::pin(self.try_take(&key, &fresh, found, &|_| false, &mut watched));
        let taken = within(&self.client, &*self.timer, limit, taken).await;
        Ok(match taken.ok_or_else(|| self.timed_out(&fresh, ErrorKind::OutcomeUnknown, WHETHER_TAKEN))??? {
            TryTake::Taken { item, since } => Some(Guard::begin(self, key, item, since)?),
            TryTake::Waiting { .. } | TryTake::Done(_) => None,
        })
    }

    /// Waits until the lock is taken, the record says that the work is done, or the timeout.
    pub(super) async fn wait<E>(&self, fresh: &E, timeout: Option<Duration>, done: IsDone<'_, E>) -> Result<TryTake<E>>
    where
        E: LivesIn<T>,
        E::Version: Leased,
    {
        self.ready()?;
        let key = fresh.primary_key();
        let until = timeout.map_or(Duration::MAX, |timeout| self.timer.now().saturating_add(timeout));
        let left = || until.saturating_sub(self.timer.now()).max(SHORTEST_REQUEST);
        let mut watched = Observation::default();
        let mut last = None;
        loop {
            let found = match last.take() {
                // Once it can be taken, no read is needed: the write is conditional on the record being the same.
                Some((item, expires)) if self.timer.now() >= expires => Some(item),
                seen => match within(
                    &self.client,
                    &*self.timer,
                    left().min(self.settings.request_timeout()),
                    self.read(&key),
                )
                .await
                {
                    Some(found) => found?,
                    // It hangs; the next one may not.
                    None if self.timer.now() < until => {
                        last = seen;
                        continue;
                    }
                    None => {
                        let timed_out = || self.timed_out(fresh, ErrorKind::Unavailable, "the record could be read");
                        let (item, expires) = seen.ok_or_else(timed_out)?;
                        return Ok(TryTake::Waiting { item, expires });
                    }
                },
            };
            let taken = Box::pin(self.try_take(&key, fresh, found, done, &mut watched));
            let taken = within(&self.client, &*self.timer, left(), taken).await;
            let taken = taken.ok_or_else(|| self.timed_out(fresh, ErrorKind::OutcomeUnknown, WHETHER_TAKEN))??;
            let now = self.timer.now();
            let pause = now.saturating_add(self.settings.jittered_poll_interval()).min(until);
            match taken {
                Ok(TryTake::Waiting { item, expires }) if now < until => {
                    self.timer.sleep_until(pause.min(expires)).await;
                    last = Some((item, expires));
                }
                // Other owners were faster, or a request hangs: try again until the timeout.
                Err(_) if now < until => self.timer.sleep_until(pause).await,
                taken => return taken,
            }
        }
    }
}

/// Another owner held the lock for the whole time.
pub(super) fn locked_error<E: Entity>(item: E) -> Error
where
    E::Version: Leased,
{
    let lease = item.version().lease();
    let owner = lease.owner().unwrap_or_default();
    let message =
        format!("the lock is held by `{owner}`, with the fencing token {}: wait longer, or try later", lease.token());
    Error::new(ErrorKind::Locked, message)
        .of_entity(E::SCHEMA.name)
        .at_key(item.primary_key())
        .with_current(Box::new(item))
}

impl<E: Entity, T> fmt::Debug for Acquire<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Acquire({})", self.fresh.primary_key())
    }
}
