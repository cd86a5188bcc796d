//! One look at a lock: take it if it can be taken.

use super::fence::beat_matches;
use super::lease::{Lease, Leased};
use super::locks::Locks;
use super::observed::Observation;
use super::race::within;
use crate::entity::{Key, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Target, Update};
use std::time::Duration;

/// What is not known once a write has been given up.
pub(super) const WHETHER_TAKEN: &str = "it was known whether the lock is taken";

/// How often an attempt that met others is made again, before the next look is left to the caller.
const ROUNDS: usize = 16;

/// Says of an item that is there whether there is nothing left to be done.
pub(super) type IsDone<'a, E> = &'a (dyn Fn(&E) -> bool + Sync);

/// What came of it.
pub(super) enum TryTake<E> {
    /// It is ours, and the lease counts from the moment before it was asked for.
    Taken { item: E, since: Duration },
    /// Somebody else has it. Should they be dead, it can be taken at that time.
    Waiting { item: E, expires: Duration },
    /// The item says that there is nothing left to be done.
    Done(E),
}

impl<T: Table> Locks<T> {
    /// The record as it is now.
    pub(super) async fn read<E: LivesIn<T>>(&self, key: &Key<E>) -> Result<Option<E>> {
        self.client.get(key.clone()).consistent().await
    }

    /// Takes the lock whose record is `found`, or says when it can be. The inner error: it was met by others again and again.
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
        let mut trouble = None;
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
            // Before it is asked for: others may see the record change from then on.
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
                    (found, trouble) = after?;
                    match found.take_if(|item| *item.version() == mine) {
                        Some(item) => item,
                        None => continue,
                    }
                }
            };
            self.observed.forget(&name);
            return Ok(Ok(TryTake::Taken { item, since }));
        }
        let message = "the lock changed hands faster than it could be taken: try again";
        Ok(Err(trouble.unwrap_or_else(|| Error::new(ErrorKind::Contention, message).at_key(key))))
    }

    /// Stores the lease in the record that had this version; in a new one, where there was none.
    async fn write_lease<E>(&self, key: &Key<E>, fresh: &E, before: Option<E::Version>, mine: &E::Version) -> Result<E>
    where
        E: LivesIn<T>,
        E::Version: Leased,
    {
        let lifetime = self.settings.lifetime_while_held();
        let Some(before) = before else { return Box::pin(self.client.create_held(fresh, mine, lifetime)).await };
        let mut update = Update::via(Target::from(key.clone()), self.client.clone());
        update.also(beat_matches::<E>(before.lease()));
        update.becoming(mine.clone()).living(lifetime).returning_new().await
    }

    /// When a lock can be taken should its owner be dead; `None` when it can be now.
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

    /// What is there after a write that was refused, or whose outcome is not known.
    async fn found_after<E: LivesIn<T>>(&self, key: &Key<E>, error: Error) -> Result<(Option<E>, Option<Error>)> {
        match error.kind() {
            // A new record takes the place of one that has expired.
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
