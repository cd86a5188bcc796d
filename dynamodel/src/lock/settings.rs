//! How long a lease lasts, and what follows from it.

use crate::error::{Error, ErrorKind, Result};
use std::time::Duration;

/// How long a request may take at least, however little time there is.
pub(super) const SHORTEST_REQUEST: Duration = Duration::from_secs(1);

/// How long a request may take at most that looks at a lock or takes it.
const LONGEST_REQUEST: Duration = Duration::from_secs(10);

/// The durations of a lock's user.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) owner: String,
    pub(super) lease: Duration,
    /// How long a record lives after the last sign of life in it, where it has a time to live.
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

    /// After what time at most a waiter looks at the lock again.
    pub(super) fn poll(&self) -> Duration {
        self.poll.unwrap_or(Duration::from_secs(1).min(self.lease / 4))
    }

    /// How long a request may take that looks at a lock or takes it, before another one is sent in its place: so long that
    /// a lock which was taken without a response is still worth something.
    pub(super) fn request_timeout(&self) -> Duration {
        (self.lease / 2).clamp(SHORTEST_REQUEST, LONGEST_REQUEST)
    }

    /// How long a record lives that is in somebody's hand: longer than anybody could still believe in the lease.
    pub(super) fn lifetime_while_held(&self) -> Option<Duration> {
        self.keep.map(|keep| keep.saturating_add(self.lease))
    }

    /// A pause before the next look: between a half and the whole of it, so that those who met once do not meet again.
    pub(super) fn jittered_poll_interval(&self) -> Duration {
        let most = u64::try_from(self.poll().as_nanos()).unwrap_or(u64::MAX);
        let half = most / 2;
        Duration::from_nanos(most - crate::op::random().checked_rem(half.saturating_add(1)).unwrap_or(0))
    }

    /// Whether they go together.
    ///
    /// # Errors
    /// `InvalidRequest` when they do not.
    pub(super) fn check(&self) -> Result<()> {
        let (lease, heartbeat, warning) = (self.lease, self.heartbeat(), self.warning());
        let message = if lease.as_millis() == 0 {
            "a lease of less than a millisecond cannot be held: give it seconds".to_owned()
        } else if self.poll().is_zero() || heartbeat.is_zero() {
            "a pause of no length would ask without end: give `poll` and `heartbeat` a part of the lease".to_owned()
        } else if heartbeat.saturating_add(warning) >= lease {
            format!(
                "a lease of {lease:?} that is renewed after {heartbeat:?} never has more than {warning:?} left in time: make `heartbeat` and `warning` together less than the lease"
            )
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }
}
