//! The durations of a lease, and those that follow from them.

use crate::error::{Error, ErrorKind, Result};
use std::time::Duration;

/// The shortest time limit of a request, however little of the lease is left.
pub(super) const SHORTEST_REQUEST: Duration = Duration::from_secs(1);

/// The longest time limit of a request that reads a lock or takes it.
const LONGEST_REQUEST: Duration = Duration::from_secs(10);

/// The owner's name, and the durations of its leases.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) owner: String,
    pub(super) lease: Duration,
    /// How long a record lives after its last change, where it has a time to live.
    pub(super) keep: Option<Duration>,
    heartbeat: Option<Duration>,
    warning: Option<Duration>,
    poll: Option<Duration>,
}

impl Settings {
    pub(super) fn new() -> Self {
        let owner = format!("{}-{:08x}", std::process::id(), crate::op::random() >> 32);
        Self { owner, lease: Duration::from_secs(20), keep: None, heartbeat: None, warning: None, poll: None }
    }

    pub(super) fn set_heartbeat_interval(&mut self, every: Duration) {
        self.heartbeat = Some(every);
    }

    pub(super) fn set_warn_before(&mut self, left: Duration) {
        self.warning = Some(left);
    }

    pub(super) fn set_poll_interval(&mut self, every: Duration) {
        self.poll = Some(every);
    }

    /// After what time the lease is renewed.
    pub(super) fn heartbeat(&self) -> Duration {
        self.heartbeat.unwrap_or(self.lease / 4)
    }

    /// How much of the lease is left when its owner is warned.
    pub(super) fn warning(&self) -> Duration {
        self.warning.unwrap_or(self.lease / 4)
    }

    /// After what time at most a waiter reads the lock again.
    pub(super) fn poll(&self) -> Duration {
        self.poll.unwrap_or(Duration::from_secs(1).min(self.lease / 4))
    }

    /// How long a request that reads a lock or takes it may take before it is sent again: short enough that a lock
    /// which was taken by a request without a response still has much of its lease left.
    pub(super) fn request_timeout(&self) -> Duration {
        (self.lease / 2).clamp(SHORTEST_REQUEST, LONGEST_REQUEST)
    }

    /// How long a record lives while it is held: longer than its owner could still rely on the lease.
    pub(super) fn lifetime_while_held(&self) -> Option<Duration> {
        self.keep.map(|keep| keep.saturating_add(self.lease))
    }

    /// A pause before the next read: between half and the whole interval, so that waiters do not stay in step.
    pub(super) fn jittered_poll_interval(&self) -> Duration {
        let most = u64::try_from(self.poll().as_nanos()).unwrap_or(u64::MAX);
        let half = most / 2;
        Duration::from_nanos(most - crate::op::random().checked_rem(half.saturating_add(1)).unwrap_or(0))
    }

    /// Whether the durations are consistent.
    ///
    /// # Errors
    /// `InvalidRequest` when they do not.
    pub(super) fn check(&self) -> Result<()> {
        let (lease, heartbeat, warning) = (self.lease, self.heartbeat(), self.warning());
        let message = if lease.as_millis() == 0 {
            "a lease of less than a millisecond cannot be held: use seconds".to_owned()
        } else if self.poll().is_zero() || heartbeat.is_zero() {
            "a pause of zero would send requests without end: set `poll_interval` and `heartbeat_interval` to a fraction of the lease".to_owned()
        } else if heartbeat.saturating_add(warning) >= lease {
            format!(
                "a lease of {lease:?} that is renewed after {heartbeat:?} would always be within {warning:?} of its end by then: make `heartbeat_interval` and `warn_before` together less than the lease"
            )
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }
}
