//! A key in one's hand.

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

/// A key in one's hand, whose handler is to be run.
#[must_use = "an attempt that is dropped gives the key back without an answer"]
pub struct Attempt<E: Entity, T> {
    pub(super) guard: Guard<E, T>,
    /// The lease as it will be once the answer is kept: by it the write is known again.
    pub(super) freed: Lease,
    keep: Option<Duration>,
}

impl<E: LivesIn<T> + Idempotent, T: Table> Attempt<E, T> {
    /// The attempt of a lock that was taken, whose answer is kept for so long.
    pub(super) fn new(guard: Guard<E, T>, keep: Option<Duration>) -> Self {
        let freed = guard.lease().freed();
        Self { guard, freed, keep }
    }

    /// How many times the handler was begun for this key, this time included.
    pub fn number(&self) -> u64 {
        self.guard.token()
    }

    /// The lock that is held meanwhile: for [`phase`](Guard::phase) and [`while_held`](Guard::while_held).
    pub fn guard(&self) -> &Guard<E, T> {
        &self.guard
    }

    /// A part of a write transaction that is refused once another caller has the key.
    pub fn check(&self) -> Fence<E, T> {
        self.guard.check()
    }

    /// Keeps the answer and gives the key out of the hand: one write, by itself or as a part of the transaction that does
    /// the work. It is refused once another caller has the key. Call [`done`](Self::done) once it is carried out.
    pub fn finish(&self, output: &E::Output) -> Update<E, Client<T>> {
        let update = E::store(self.guard.update_and_release(&self.freed), output);
        match self.keep {
            Some(lifetime) => update.expires_in(lifetime),
            None => update,
        }
    }

    /// The answer is kept: nothing more is sent.
    pub fn done(self) {
        self.guard.abandon();
    }

    /// Gives the key back without an answer: the next one may try at once, or in the end the record expires. It ends with the
    /// lease.
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
