//! The state of a lease, as its owner knows it.

use std::time::Duration;

/// The state of a lease, as its owner knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It is valid, and is renewed in time.
    Held,
    /// It is valid but about to run out: it could not be renewed in time. Finish the work, or reach a point where nothing is
    /// lost.
    Expiring,
    /// It ran out, or another owner has taken the lock. This is final.
    Lost,
}

/// Shared between the keeper of a lease and its guard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Status {
    pub(super) phase: Phase,
    /// Until when the lease is valid, on the owner's timer.
    pub(super) until: Duration,
}
