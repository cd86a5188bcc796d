//! Waiting for a lock.

use super::guard::Guard;
use super::lease::{Leased, Lock};
use super::locks::Locks;
use super::race::within;
use super::settings::LEAST;
use super::try_take::{Done, Turn, Watch};
use crate::client::OperationFuture;
use crate::entity::{Entity, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::time::Duration;

/// What is not known once a write has been given up.
pub(super) const TAKEN: &str = "it was known whether the lock is taken";

/// Takes a lock, and waits while somebody else has it: GetItem, consistent, again and again; UpdateItem.
///
/// Made by [`Locks::acquire`]. A released lock is taken at the next look, after [`Locks::poll`] at most. The lock of an
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
    patience: Option<Duration>,
}

impl<E: Entity, T> Acquire<E, T> {
    pub(super) fn new(locks: Locks<T>, fresh: E) -> Self {
        Self { locks, fresh, patience: None }
    }

    /// How long to wait at most; without end, if this is not said. However short it is, the lock is looked at once.
    pub fn timeout(mut self, patience: Duration) -> Self {
        self.patience = Some(patience);
        self
    }
}

impl<E: LivesIn<T> + Lock, T: Table> IntoFuture for Acquire<E, T> {
    type Output = Result<Guard<E, T>>;
    type IntoFuture = OperationFuture<'static, Guard<E, T>>;

    fn into_future(self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let Self { locks, fresh, patience } = self;
            match locks.wait(&fresh, patience, &|_| false).await? {
                Turn::Taken { item, since } => Guard::begin(&locks, fresh.primary_key(), item, since),
                Turn::Waiting { item, .. } | Turn::Done(item) => Err(locked(item).in_table(locks.client.table_name())),
            }
        })
    }
}

impl<T: Table> Locks<T> {
    /// Waits until the lock is taken, or there is nothing left to be done, or the time is up.
    pub(super) async fn wait<E>(&self, fresh: &E, patience: Option<Duration>, done: Done<'_, E>) -> Result<Turn<E>>
    where
        E: LivesIn<T>,
        E::Version: Leased,
    {
        self.ready()?;
        let key = fresh.primary_key();
        let until = patience.map_or(Duration::MAX, |patience| self.timer.now().saturating_add(patience));
        let left = || until.saturating_sub(self.timer.now()).max(LEAST);
        let mut watch = Watch::default();
        let mut last = None;
        loop {
            let found = match last.take() {
                // Once it can be taken, no look is needed: the write says whether the record is still the same.
                Some((item, opens)) if self.timer.now() >= opens => Some(item),
                seen => match within(&self.client, &*self.timer, left().min(self.settings.request()), self.look(&key))
                    .await
                {
                    Some(found) => found?,
                    // It hangs: another one may not.
                    None if self.timer.now() < until => {
                        last = seen;
                        continue;
                    }
                    None => {
                        let silent = || self.silent(fresh, ErrorKind::Unavailable, "the record could be read");
                        let (item, opens) = seen.ok_or_else(silent)?;
                        return Ok(Turn::Waiting { item, opens });
                    }
                },
            };
            let turn = Box::pin(self.turn(&key, fresh, found, done, &mut watch));
            let turn = within(&self.client, &*self.timer, left(), turn).await;
            let turn = turn.ok_or_else(|| self.silent(fresh, ErrorKind::OutcomeUnknown, TAKEN))??;
            let now = self.timer.now();
            let pause = now.saturating_add(self.settings.pause()).min(until);
            match turn {
                Ok(Turn::Waiting { item, opens }) if now < until => {
                    self.timer.sleep_until(pause.min(opens)).await;
                    last = Some((item, opens));
                }
                // It changes hands fast, or a request hangs: sooner or later it comes into this one.
                Err(_) if now < until => self.timer.sleep_until(pause).await,
                turn => return turn,
            }
        }
    }

    /// A request that was given up.
    pub(super) fn silent<E: Entity>(&self, fresh: &E, kind: ErrorKind, what: &str) -> Error {
        Error::new(kind, format!("the time was up before {what}: wait longer, or try later"))
            .of_entity(E::SCHEMA.name)
            .at_key(fresh.primary_key())
            .in_table(self.client.table_name())
    }
}

/// Somebody else had the lock all the time.
pub(super) fn locked<E: Entity>(item: E) -> Error
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
