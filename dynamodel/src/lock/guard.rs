//! A lock in one's hand.

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

/// A lock in one's hand. A task renews its lease until it is released or dropped.
///
/// **A guard is no proof.** A process that was paused for longer than its lease has lost it without a chance to notice.
/// So let writes that only the owner may make carry [`check`](Self::check), or the [`token`](Self::token).
///
/// Dropping it releases the lock in the background, if the runtime that it was taken in still runs by then; anywhere, also
/// outside a runtime. One task for each table does so, with 16 requests under way at most, however many guards are dropped.
/// What was not released before the lease ran out (at least a second is tried) is given up: by then others may take the lock
/// anyway. [`release`](Self::release) says whether it was released.
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
/// // Data on the lock: what the next owner finds.
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
    /// The guard of a lock that was taken, with its keeper at work.
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
        let (order, ordered) = oneshot::channel();
        runtime()?.spawn(held.keep(since, ordered));
        let (client, timer) = (locks.client.clone(), Arc::clone(&locks.timer));
        Ok(Self { item, key, lease, client, timer, status, keeper: Some(order), release_on_drop: true })
    }

    /// The record as it was when the lock was taken: with what the last owner left behind.
    pub fn item(&self) -> &E {
        &self.item
    }

    /// The fencing token: greater than that of every owner before. Give it to what cannot be part of a transaction and
    /// can refuse a token smaller than the greatest it has seen.
    pub fn token(&self) -> u64 {
        self.lease.token()
    }

    /// A part of a write transaction by which it is refused once somebody else has the lock, or nobody: see [`Fence`].
    pub fn check(&self) -> Fence<E, T> {
        Fence::new(&self.client, &self.key, &self.lease)
    }

    /// Changes the data on the lock, on the condition that it is still in this hand: [`Update`], to be told what to set.
    /// It leaves the lease as it is. Once somebody else has the lock, it is refused as
    /// [`ConditionFailed`](crate::ErrorKind::ConditionFailed); once the record is gone, as
    /// [`NotFound`](crate::ErrorKind::NotFound).
    pub fn update(&self) -> Update<E, Client<T>> {
        let mut update = Update::via(Target::from(self.key.clone()), self.client.clone());
        update.also(term_matches::<E>(&self.lease));
        update
    }

    /// An update that gives the lock out of the hand as well, to be told what to set.
    pub(super) fn update_and_release(&self, freed: &Lease) -> Update<E, Client<T>> {
        self.update().becoming(E::Version::from_lease(freed.clone()))
    }

    pub(super) fn lease(&self) -> &Lease {
        &self.lease
    }

    /// From now on dropping it leaves the lease to run out.
    pub(super) fn keep_on_drop(&mut self) {
        self.release_on_drop = false;
    }

    /// How it stands with the lease, by the owner's own timer.
    pub fn phase(&self) -> Phase {
        // While it is borrowed it cannot be prolonged: what is lost now is not held later.
        let status = self.status.borrow();
        if self.timer.now() >= status.until { Phase::Lost } else { status.phase }
    }

    /// How much of the lease is left if it cannot be renewed any more.
    pub fn left(&self) -> Duration {
        let until = self.status.borrow().until;
        until.saturating_sub(self.timer.now())
    }

    /// Waits until little of the lease is left because it could not be renewed, or nothing: until
    /// [`Locks::warn_before`](super::Locks::warn_before) before its end.
    pub async fn expiring(&self) {
        self.wait_for_phase(Phase::Expiring).await;
    }

    /// Waits until the lease has run out, or somebody else has taken the lock.
    pub async fn lost(&self) {
        self.wait_for_phase(Phase::Lost).await;
    }

    /// What the work gives; `None` if the lock was lost before, in which case the work is dropped where it waits.
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
        // A keeper that is gone keeps nothing.
        let _gone = status.wait_for(|status| status.phase >= phase).await;
    }

    /// Gives the lock back: UpdateItem. The record stays, with the fencing token.
    ///
    /// It ends when the lease has run out, after a second at the earliest: by then others may take the lock anyway. A request
    /// that hangs is given up before for another one, and at most four are sent. Dropping the future leaves the rest to the
    /// background, as dropping the guard does. All is sent in the runtime that the lock was taken in: outside of any runtime
    /// it is waited for as long as that one stands still.
    ///
    /// # Errors
    /// [`LockLost`](crate::ErrorKind::LockLost) when another owner had taken it, or its record is gone;
    /// [`OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown) when no response said whether the lock was given back: if it was
    /// not, it is free once the lease has run out, and the message says whether it has. The same where a response was lost
    /// and the lock is in another hand by now, with the [current](crate::Error::current) record. Of any other kind, what
    /// writing answers: then the lock was not given back, and is free once the lease has run out.
    pub async fn release(self) -> Result<()> {
        self.end(End::Release).await
    }

    /// Deletes the lock's record, on the condition that the lock is still in this hand: DeleteItem. For names that never
    /// come again, as those of orders that are done, so that their records do not pile up.
    ///
    /// **The fencing token goes with it.** Should somebody take a lock of this name after all, theirs is 1, and what has
    /// seen a greater one refuses them. To delete a lock that nobody has, acquire it first.
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
        let Some(order) = self.keeper.take() else { return Ok(()) };
        let (told, ended) = oneshot::channel();
        let error = match order.send(Command::End(end, told)) {
            Ok(()) => {
                // The keeper ends in time, unless nobody runs its runtime. Outside of any there is no clock to see it by.
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
                    "the runtime that kept the lease has ended or stands still, and it is not known whether the lock was given back: if it was not, it is free once its lease has run out",
                )
            }
            Err(_) => Error::new(
                ErrorKind::Unavailable,
                "the runtime that kept the lease has ended, so the lock was not given back, and is free once its lease has run out",
            ),
        };
        Err(error.of_entity(E::SCHEMA.name).at_key(&self.key).in_table(self.client.table_name()))
    }

    /// Renews the lease no more, and leaves it to run out: as if the process had died.
    pub fn abandon(mut self) {
        if let Some(order) = self.keeper.take() {
            let _gone = order.send(Command::Abandon);
        }
    }
}

impl<E: Entity, T> Drop for Guard<E, T> {
    fn drop(&mut self) {
        if let Some(order) = self.keeper.take() {
            let _gone = order.send(if self.release_on_drop { Command::Release } else { Command::Abandon });
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
