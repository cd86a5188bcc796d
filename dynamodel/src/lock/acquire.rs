//! Waiting for a lock.

use super::guard::Guard;
use super::lease::{Leased, Lock};
use super::locks::Locks;
use super::turn::{Done, Turn, Watch};
use crate::client::OperationFuture;
use crate::entity::{Entity, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use std::fmt;
use std::time::Duration;

/// Takes a lock, and waits while somebody else has it: GetItem, consistent, again and again; UpdateItem.
///
/// Made by [`Locks::acquire`]. A released lock is taken at the next look, after [`Locks::poll`] at most. The lock of an
/// owner that died is taken one duration of its lease after the first look at its last renewal. Of several waiters one gets
/// it, and none has a right to be the next.
///
/// Dropping the future gives up waiting. Should its write be under way just then, nobody has the lock until the lease has
/// run out.
///
/// # Errors
/// [`Locked`](crate::ErrorKind::Locked) with the [current](crate::Error::current) record when the
/// [time](Self::timeout) was up; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for durations that do not go together;
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

    /// How long to wait at most; without end, if this is not said.
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
        let mut found = self.look(&key).await?;
        let mut watch = Watch::default();
        loop {
            let (item, opens) = match self.turn(&key, fresh, found, done, &mut watch).await? {
                Turn::Waiting { item, opens } => (item, opens),
                turn => return Ok(turn),
            };
            let now = self.timer.now();
            if now >= until {
                return Ok(Turn::Waiting { item, opens });
            }
            self.timer.sleep_until(now.saturating_add(self.settings.pause()).min(opens).min(until)).await;
            // Once it can be taken, no look is needed: the write says whether the record is still the same.
            found = if self.timer.now() >= opens { Some(item) } else { self.look(&key).await? };
        }
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
