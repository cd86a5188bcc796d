//! A lock that this process holds.

use super::end::End;
use super::fence::{Fence, term_matches};
use super::held_lease::HeldLease;
use super::keeper::Command;
use super::lease::{Lease, Leased};
use super::locks::Locks;
use super::race::{First, race, within};
use super::runtime::runtime;
use super::settings::SHORTEST_REQUEST;
use super::status::{Phase, Status};
use super::timer::Timer;
use crate::client::Client;
use crate::entity::{Entity, Key, LivesIn, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{Target, Update};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{oneshot, watch};

/// A lock that this process holds. A task renews its lease until the guard is released or dropped.
///
/// **A guard is no proof.** A process that was paused for longer than its lease has lost the lock without noticing.
/// So add [`check`](Self::check), or the [`token`](Self::token), to writes that only the owner may make.
///
/// Dropping it releases the lock in the background, if the runtime that it was acquired in still runs; it may be dropped anywhere, also
/// outside a runtime. One task for each table does so, with 16 requests under way at most, however many guards are dropped.
/// A release that has not succeeded when the lease runs out (after a second at the earliest) is given up: by then others may take the lock
/// anyway. [`release`](Self::release) tells whether it was released.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// # let shop = Shop::embedded().await?;
/// use dynamodel::lock::{Locks, Phase};
///
/// let guard = Locks::new(&shop).acquire(Job::new("nightly")).await?;
/// assert_eq!((guard.token(), guard.phase()), (1, Phase::Held));
///
/// // Data on the lock: the next owner finds it.
/// guard.update().set(|job| job.progress, 7).await?;
/// guard.release().await?;
/// let guard = Locks::new(&shop).acquire(Job::new("nightly")).await?;
/// assert_eq!((guard.token(), guard.item().progress), (2, 7));
/// # Ok(()) }
/// ```
#[must_use = "a guard that is dropped releases its lock"]
pub struct Guard<E: Entity, T> {
    item: E,
    key: Key<E>,
    lease: Lease,
    client: Client<T>,
    timer: Arc<dyn Timer>,
    status: watch::Receiver<Status>,
    keeper: Option<oneshot::Sender<Command>>,
    /// Whether dropping it releases the lock.
    release_on_drop: bool,
}

impl<E, T> Guard<E, T>
where
    E: LivesIn<T>,
    E::Version: Leased,
    T: Table,
{
    /// The guard of a lock that was taken; spawns the task that renews its lease.
    pub(super) fn begin(locks: &Locks<T>, key: Key<E>, item: E, since: Duration) -> Result<Self> {
        let lease = item.version().lease().clone();
        let until = since.saturating_add(locks.settings.lease);
        let (sender, status) = watch::channel(Status { phase: Phase::Held, until });
        let held = HeldLease {
            client: locks.client.clone(),
            key: key.clone(),
            lease: lease.clone(),
            settings: locks.settings.clone(),
            timer: Arc::clone(&locks.timer),
            status: sender,
        };
        let (command, commanded) = oneshot::channel();
        runtime()?.spawn(held.keep(since, commanded));
        let (client, timer) = (locks.client.clone(), Arc::clone(&locks.timer));
        Ok(Self { item, key, lease, client, timer, status, keeper: Some(command), release_on_drop: true })
    }

    /// The record as it was when the lock was acquired: with the data that the last owner left.
    pub fn item(&self) -> &E {
        &self.item
    }

    /// The fencing token: greater than that of every owner before. Give it to systems that cannot be part of a transaction and
    /// can refuse a token smaller than the greatest one they have seen.
    pub fn token(&self) -> u64 {
        self.lease.token()
    }

    /// An operation by which a write transaction is refused once this guard no longer holds the lock: see [`Fence`].
    pub fn check(&self) -> Fence<E, T> {
        Fence::new(&self.client, &self.key, &self.lease)
    }

    /// Changes the data on the lock, on the condition that this guard still holds it: an [`Update`] to which you add what to set.
    /// It leaves the lease as it is. Once another owner has the lock, it is refused as
    /// [`ConditionFailed`](crate::ErrorKind::ConditionFailed); once the record was deleted, as
    /// [`NotFound`](crate::ErrorKind::NotFound).
    pub fn update(&self) -> Update<E, Client<T>> {
        let mut update = Update::via(Target::from(self.key.clone()), self.client.clone());
        update.and_condition(term_matches::<E>(&self.lease));
        update
    }

    /// An update that releases the lock as well.
    pub(super) fn update_and_release(&self, freed: &Lease) -> Update<E, Client<T>> {
        self.update().set_version(E::Version::from_lease(freed.clone()))
    }

    pub(super) fn lease(&self) -> &Lease {
        &self.lease
    }

    /// From now on dropping the guard leaves the lease to run out.
    pub(super) fn keep_on_drop(&mut self) {
        self.release_on_drop = false;
    }

    /// The state of the lease, by the owner's own timer.
    pub fn phase(&self) -> Phase {
        // It cannot be extended while it is borrowed: a lease that is lost now is not held later.
        let status = self.status.borrow();
        if self.timer.now() >= status.until { Phase::Lost } else { status.phase }
    }

    /// How much of the lease is left if it is not renewed.
    pub fn left(&self) -> Duration {
        let until = self.status.borrow().until;
        until.saturating_sub(self.timer.now())
    }

    /// Waits until the lease is about to run out because it could not be renewed, or has run out: until
    /// [`Locks::warn_before`](super::Locks::warn_before) before its end.
    pub async fn expiring(&self) {
        self.wait_for_phase(Phase::Expiring).await;
    }

    /// Waits until the lease has run out, or another owner has taken the lock.
    pub async fn lost(&self) {
        self.wait_for_phase(Phase::Lost).await;
    }

    /// The output of the work; `None` if the lock was lost before the work ended: then the work is dropped at its `await`.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # use dynamodel::lock::Locks;
    /// let guard = Locks::new(&shop).acquire(Job::new("nightly")).await?;
    /// assert_eq!(guard.while_held(async { 6 * 7 }).await, Some(42));
    /// # Ok(()) }
    /// ```
    pub async fn while_held<O>(&self, work: impl Future<Output = O>) -> Option<O> {
        match race(self.lost(), work).await {
            First::Left(()) => None,
            First::Right(given) => Some(given),
        }
    }

    async fn wait_for_phase(&self, phase: Phase) {
        let mut status = self.status.clone();
        // If the keeper has ended, nothing is renewed.
        let _gone = status.wait_for(|status| status.phase >= phase).await;
    }

    /// Releases the lock: UpdateItem. The record stays, with the fencing token.
    ///
    /// It ends when the lease has run out, after a second at the earliest: by then others may take the lock anyway. A request
    /// that hangs is given up before that and sent again, at most four times. Dropping the future leaves the rest to the
    /// background, as dropping the guard does. The requests are sent in the runtime that the lock was acquired in; called outside of any
    /// runtime, it waits until that runtime has sent them.
    ///
    /// # Errors
    /// [`LockLost`](crate::ErrorKind::LockLost) when another owner had taken it, or its record was deleted;
    /// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when no response said whether the lock was released: if not,
    /// it is free once the lease has run out, and the message says whether it has. The same where a response was lost
    /// and another owner has the lock by now, with the [current](crate::Error::current) record. Any other kind is the
    /// error of the write: then the lock was not released, and is free once the lease has run out.
    pub async fn release(self) -> Result<()> {
        self.end(End::Release).await
    }

    /// Deletes the lock's record, on the condition that this guard still holds the lock: DeleteItem. For names that are never
    /// used again, such as those of completed orders, so that their records do not accumulate.
    ///
    /// **The fencing token is deleted with it.** If a lock of this name is acquired again after all, its token is 1, and a system that has
    /// seen a greater one refuses it. To delete a lock that nobody holds, acquire it first.
    ///
    /// # Errors
    /// As [`release`](Self::release).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jobs.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// # use dynamodel::lock::Locks;
    /// let guard = Locks::new(&shop).acquire(Job::new("import of 2026-11-28")).await?;
    /// guard.delete().await?;
    /// assert_eq!(shop.get(Job::key("import of 2026-11-28")).await?, None);
    /// # Ok(()) }
    /// ```
    pub async fn delete(self) -> Result<()> {
        self.end(End::Delete).await
    }

    async fn end(mut self, end: End) -> Result<()> {
        let Some(command) = self.keeper.take() else { return Ok(()) };
        let (result, ended) = oneshot::channel();
        let error = match command.send(Command::End(end, result)) {
            Ok(()) => {
                // The keeper ends in time, unless its runtime stands still. Outside of a runtime there is no clock to notice that.
                let limit = self.left().max(SHORTEST_REQUEST).saturating_add(SHORTEST_REQUEST);
                let ended = match runtime() {
                    Ok(_) => within(&self.client, &*self.timer, limit, ended).await,
                    Err(_) => Some(ended.await),
                };
                if let Some(Ok(ended)) = ended {
                    return ended;
                }
                Error::new(
                    ErrorKind::OutcomeUnknown,
                    "the runtime that renewed the lease has ended or stands still, and it is not known whether the lock was released: if not, it is free once its lease has run out",
                )
            }
            Err(_) => Error::new(
                ErrorKind::Unavailable,
                "the runtime that renewed the lease has ended, so the lock was not released, and is free once its lease has run out",
            ),
        };
        Err(error.of_entity(E::SCHEMA.name).at_key(&self.key).in_table(self.client.table_name()))
    }

    /// Stops renewing the lease and lets it run out, as if the process had died.
    pub fn abandon(mut self) {
        if let Some(command) = self.keeper.take() {
            let _gone = command.send(Command::Abandon);
        }
    }
}

impl<E: Entity, T> Drop for Guard<E, T> {
    fn drop(&mut self) {
        if let Some(command) = self.keeper.take() {
            let _gone = command.send(if self.release_on_drop { Command::Release } else { Command::Abandon });
        }
    }
}

impl<E: Entity, T> fmt::Debug for Guard<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("key", &self.key)
            .field("token", &self.lease.token())
            .field("status", &*self.status.borrow())
            .finish_non_exhaustive()
    }
}
