//! An attempt to run the handler of a key that this process holds.

use super::fence::Fence;
use super::guard::Guard;
use super::idempotent::Idempotent;
use super::lease::Lease;
use crate::client::Client;
use crate::entity::{Entity, LivesIn, Table};
use crate::error::Result;
use crate::op::Update;
use std::fmt;
use std::time::Duration;

/// An idempotency key that this process holds, and whose handler is to be run.
#[must_use = "an attempt that is dropped releases the key without an output"]
pub struct Attempt<E: Entity, T> {
    pub(super) guard: Guard<E, T>,
    /// The lease as it will be once the output is stored: it identifies the write if its response is lost.
    pub(super) freed: Lease,
    keep: Option<Duration>,
}

impl<E: LivesIn<T> + Idempotent, T: Table> Attempt<E, T> {
    /// The attempt of a lock that was acquired, whose output is kept for this time.
    pub(super) fn new(guard: Guard<E, T>, keep: Option<Duration>) -> Self {
        let freed = guard.lease().freed();
        Self { guard, freed, keep }
    }

    /// How many times the handler was begun for this key, including this time.
    pub fn number(&self) -> u64 {
        self.guard.token()
    }

    /// The lock that is held while the handler runs: for [`phase`](Guard::phase) and [`while_held`](Guard::while_held).
    pub fn guard(&self) -> &Guard<E, T> {
        &self.guard
    }

    /// An operation of a write transaction that is refused once another caller holds the key.
    pub fn check(&self) -> Fence<E, T> {
        self.guard.check()
    }

    /// Stores the output and releases the key: one write, alone or in the transaction that does
    /// the work. It is refused once another caller holds the key. Call [`done`](Self::done) once it is carried out.
    pub fn finish(&self, output: &E::Output) -> Update<E, Client<T>> {
        let update = E::store(self.guard.update_and_release(&self.freed), output);
        match self.keep {
            Some(lifetime) => update.expires_in(lifetime),
            None => update,
        }
    }

    /// The output is stored: nothing more is sent.
    pub fn done(self) {
        self.guard.abandon();
    }

    /// Releases the key without an output: the next caller may try at once, and if there is none, the record expires. It ends
    /// with the lease.
    ///
    /// # Errors
    /// As [`Guard::release`].
    pub async fn release(self) -> Result<()> {
        self.guard.release().await
    }
}

impl<E: Entity, T> fmt::Debug for Attempt<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Attempt").field(&self.guard).finish()
    }
}
