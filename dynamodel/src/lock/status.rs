//! What an owner knows of its lease.

use std::time::Duration;

/// How it stands with a lease, as its owner knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It is valid, and renewed in time.
    Held,
    /// It is valid, and little is left: it could not be renewed in time. Come to an end, or to a point where nothing is
    /// lost.
    Expiring,
    /// It ran out, or somebody else has taken it. It stays so.
    Lost,
}

/// Shared between the keeper of a lease and its guard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Status {
    pub(super) phase: Phase,
    /// Until when the lease is valid, on the owner's timer.
    pub(super) until: Duration,
}
