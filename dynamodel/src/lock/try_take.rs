//! One try at a lock: take it if it can be taken.

use super::fence::beat_matches;
use super::lease::{Lease, Leased};
use super::locks::Locks;
use super::observed::Observation;
use super::race::within;
use crate::entity::{Key, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Target, Update};
use std::time::Duration;

/// What is unknown after the write that takes a lock was given up.
pub(super) const WHETHER_TAKEN: &str = "it was known whether the lock is taken";

/// How often a try that lost against others is repeated at once, before the caller pauses.
const ROUNDS: usize = 16;

/// Whether a stored item shows that nothing is left to do.
pub(super) type IsDone<'a, E> = &'a (dyn Fn(&E) -> bool + Sync);

/// The outcome of one try.
pub(super) enum TryTake<E> {
    /// The lock is ours, and the lease counts from the time before the request.
    Taken { item: E, since: Duration },
    /// Another owner holds it. If that owner is dead, the lock can be taken at this time.
    Waiting { item: E, expires: Duration },
    /// The item shows that nothing is left to do.
    Done(E),
}

impl<T: Table> Locks<T> {
    /// The record as it is now.
    pub(super) async fn read<E: LivesIn<T>>(&self, key: &Key<E>) -> Result<Option<E>> {
        self.client.get(key.clone()).consistent().await
    }

    /// Takes the lock whose record is `found`, or returns when it can be taken. The inner error: others were faster each time.
    pub(super) async fn try_take<E>(
        &self,
        key: &Key<E>,
        fresh: &E,
        mut found: Option<E>,
        done: IsDone<'_, E>,
        watched: &mut Observation,
    ) -> Result<Result<TryTake<E>>>
    where
        E: LivesIn<T>,
        E::Version: Leased,
    {
        let mut name = Vec::new();
        key.write(&mut name)?;
        let mut last_error = None;
        for _ in 0..ROUNDS {
            let before = match found.take() {
                Some(item) if done(&item) => {
                    self.observed.forget(&name);
                    return Ok(Ok(TryTake::Done(item)));
                }
                Some(item) => match self.held_until(&name, item.version(), watched) {
                    Some(expires) => return Ok(Ok(TryTake::Waiting { item, expires })),
                    None => Some(item.version().clone()),
                },
                None => None,
            };
            let lease = before.as_ref().map_or(&Lease::default(), Leased::lease).taken(&self.settings);
            let mine = E::Version::from_lease(lease.ok_or_else(|| {
                Error::new(ErrorKind::InvalidValue, "the fencing token has reached its largest value").at_key(key)
            })?);
            // Measured before the request: others may see the record change from then on.
            let since = self.timer.now();
            let taken = within(
                &self.client,
                &*self.timer,
                self.settings.request_timeout(),
                self.write_lease(key, fresh, before, &mine),
            );
            let taken =
                taken.await.unwrap_or_else(|| Err(self.timed_out(fresh, ErrorKind::OutcomeUnknown, WHETHER_TAKEN)));
            let item = match taken {
                Ok(item) => item,
                Err(error) => {
                    let after = within(
                        &self.client,
                        &*self.timer,
                        self.settings.request_timeout(),
                        self.found_after(key, error),
                    );
                    let Some(after) = after.await else {
                        return Ok(Err(self.timed_out(fresh, ErrorKind::OutcomeUnknown, WHETHER_TAKEN)));
                    };
                    (found, last_error) = after?;
                    match found.take_if(|item| *item.version() == mine) {
                        Some(item) => item,
                        None => continue,
                    }
                }
            };
            self.observed.forget(&name);
            return Ok(Ok(TryTake::Taken { item, since }));
        }
        let message = "the lock changed owners faster than it could be taken: try again";
        Ok(Err(last_error.unwrap_or_else(|| Error::new(ErrorKind::Contention, message).at_key(key))))
    }

    /// Stores the lease in the record that had this version; in a new record, if there was none.
    async fn write_lease<E>(&self, key: &Key<E>, fresh: &E, before: Option<E::Version>, mine: &E::Version) -> Result<E>
    where
        E: LivesIn<T>,
        E::Version: Leased,
    {
        let lifetime = self.settings.lifetime_while_held();
        let Some(before) = before else { return Box::pin(self.client.create_locked(fresh, mine, lifetime)).await };
        let mut update = Update::via(Target::from(key.clone()), self.client.clone());
        update.and_condition(beat_matches::<E>(before.lease()));
        update.set_version(mine.clone()).set_lifetime(lifetime).returning_new().await
    }

    /// When a lock can be taken if its owner is dead; `None` when it can be taken now.
    fn held_until<V: Leased>(&self, name: &[u8], version: &V, watched: &mut Observation) -> Option<Duration> {
        let lease = version.lease();
        let Some(duration) = lease.duration() else {
            self.observed.forget(name);
            return None;
        };
        let now = self.timer.now();
        let known = if watched.beat == lease.beat() { watched.since } else { now };
        let since = self.observed.since(name, lease.beat(), known);
        *watched = Observation { beat: lease.beat().to_owned(), since };
        let expires = since.saturating_add(duration);
        (now < expires).then_some(expires)
    }

    /// The record after a write that was refused, or whose outcome is unknown.
    async fn found_after<E: LivesIn<T>>(&self, key: &Key<E>, error: Error) -> Result<(Option<E>, Option<Error>)> {
        match error.kind() {
            // A new record replaces one that has expired.
            ErrorKind::NotFound | ErrorKind::Expired => Ok((None, Some(error))),
            ErrorKind::ConditionFailed | ErrorKind::AlreadyExists => match error.into_current() {
                Ok(item) => Ok((Some(item), None)),
                Err(error) => Ok((self.read(key).await?, Some(error))),
            },
            ErrorKind::OutcomeUnknown => Ok((self.read(key).await?, Some(error))),
            _ => Err(error),
        }
    }
}
