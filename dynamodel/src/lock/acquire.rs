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

/// Takes a lock, and waits while somebody else has it: GetItem, consistent, again and again; UpdateItem.
///
/// Made by [`Locks::acquire`]. A released lock is taken at the next look, after [`Locks::poll_interval`] at most. The lock of an
/// owner that died is taken one duration of its lease after the first look at its last renewal. Of several waiters one gets
/// it, and none has a right to be the next.
///
/// A request that hangs is given up for another one after half of [`Locks::lease`], but ten seconds at most, or when the time
/// is up; after a second at the earliest. So it ends two seconds after its [time](Self::timeout) at the latest. Dropping the future gives up
/// waiting. Should its write be under way just then, nobody has the lock until the lease has run out.
///
/// # Errors
/// [`Locked`](crate::ErrorKind::Locked) with the [current](crate::Error::current) record when the
/// [time](Self::timeout) was up; [`Unavailable`](crate::ErrorKind::Unavailable) when by then its record had not been read;
/// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when the write that takes it was not answered: if it was carried out,
/// the lock is free once the lease has run out; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for durations that do not go together;
/// [`Configuration`](crate::ErrorKind::Configuration) outside a tokio runtime; and what reading and writing answers.
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

    /// How long to wait at most; without end, if this is not said. However short it is, the lock is looked at once.
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
    /// Takes the lock, and waits for it if somebody else has it: see [`Acquire`].
    ///
    /// The record is `fresh` where there is none yet; where there is one, it stays as it is but for the lease, and
    /// [`Guard::item`] shows it: what the last owner left behind.
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

    /// Takes the lock if nobody has it; `None` if somebody has.
    ///
    /// A dead owner's lock cannot be told from a living one's at first sight. `Locks` remembers what it saw: when it is asked
    /// again after the lease's duration and the record is still the same, it takes the lock. So keep one `Locks`, and ask
    /// it from time to time. Where it is asked for very many, see [`remember`](Self::remember).
    ///
    /// It reads for half of [`lease`](Self::lease) at most, and takes the lock in as much time, each at least a second and at
    /// most ten: a request that hangs is given up by then.
    ///
    /// # Errors
    /// As [`Acquire`], but for `Locked`.
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

    /// Waits until the lock is taken, or there is nothing left to be done, or the time is up.
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
                // Once it can be taken, no look is needed: the write says whether the record is still the same.
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
                    // It hangs: another one may not.
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
                // It changes hands fast, or a request hangs: sooner or later it comes into this one.
                Err(_) if now < until => self.timer.sleep_until(pause).await,
                taken => return taken,
            }
        }
    }
}

/// Somebody else had the lock all the time.
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
