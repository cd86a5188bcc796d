//! A lease that this process holds, and the write that renews or releases it.

use super::fence::term_matches;
use super::lease::{Lease, Leased};
use super::settings::{SHORTEST_REQUEST, Settings};
use super::status::Status;
use super::timer::Timer;
use crate::client::Client;
use crate::entity::{Key, LivesIn, Table};
use crate::error::Result;
use crate::op::{Target, Update};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// A lease that this process holds, with all that renewing it needs.
pub(super) struct HeldLease<E, T> {
    pub(super) client: Client<T>,
    pub(super) key: Key<E>,
    pub(super) lease: Lease,
    pub(super) settings: Settings,
    pub(super) timer: Arc<dyn Timer>,
    pub(super) status: watch::Sender<Status>,
}

impl<E, T> HeldLease<E, T>
where
    E: LivesIn<T>,
    E::Version: Leased,
    T: Table,
{
    /// Until when releasing the lock is of use: after that others may take it anyway.
    pub(super) fn deadline(&self) -> Duration {
        self.status.borrow().until.max(self.timer.now().saturating_add(SHORTEST_REQUEST))
    }

    /// Writes the lease, on the condition that the lock is still ours.
    pub(super) async fn write(&self, lease: Lease, lifetime: Option<Duration>) -> Result<()> {
        let target = Target::from(self.key.clone());
        let mut update =
            Update::via(target, self.client.clone()).set_version(E::Version::from_lease(lease)).set_lifetime(lifetime);
        update.and_condition(term_matches::<E>(&self.lease));
        update.await
    }
}
