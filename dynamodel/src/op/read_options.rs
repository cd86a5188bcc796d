//! What every read can be asked beside its keys: how up to date, with or without expired items, and how much.

use super::Body;
use super::limits::Limits;
use crate::entity::Item;
use std::time::SystemTime;

/// The options that get, query, scan and batch get share. A read by keys has no limits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ReadOptions {
    pub(crate) consistent: bool,
    pub(crate) include_expired: bool,
    pub(crate) limits: Limits,
}

impl ReadOptions {
    /// The time by which an item of the response must be alive; `None` where expired ones are shown too.
    pub(crate) fn alive_at(&self, now: impl FnOnce() -> SystemTime) -> Option<SystemTime> {
        (!self.include_expired).then(now)
    }

    /// The time-to-live attribute, where what has expired is left out.
    pub(crate) fn checked_ttl<P: Item>(&self) -> Option<&'static str> {
        P::ttl().filter(|_| !self.include_expired)
    }

    /// Writes `ConsistentRead`, where it was asked for.
    pub(crate) fn write_consistent(&self, body: &mut Body) {
        if self.consistent {
            body.bare("ConsistentRead", "true");
        }
    }
}
