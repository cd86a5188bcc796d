//! What time it is: the system's, or the one that a test says.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where a client takes the time from.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time.
    fn now(&self) -> SystemTime;
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that stands still until it is moved, for tests. Clones show the same time.
///
/// # Examples
/// ```
/// use dynamodel::{Clock, ManualClock};
/// use std::time::Duration;
///
/// let clock = ManualClock::at_epoch_seconds(1_000);
/// let seen_by_the_client = clock.clone();
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(seen_by_the_client.epoch_seconds(), 1_060);
/// ```
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    /// A clock that shows so many seconds after 1970-01-01T00:00:00Z.
    pub fn at_epoch_seconds(seconds: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seconds.saturating_mul(1000))))
    }

    /// A clock that shows the system's time of now, and stops.
    pub fn stopped() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self::at_epoch_seconds(now)
    }

    /// Moves it on, by whole milliseconds.
    pub fn advance(&self, by: Duration) {
        let millis = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let _ = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(now.saturating_add(millis)));
    }

    /// Moves it back, by whole milliseconds, as clocks do when they are set right. Not before 1970.
    ///
    /// # Examples
    /// ```
    /// let clock = dynamodel::ManualClock::at_epoch_seconds(1_000);
    /// clock.rewind(std::time::Duration::from_secs(60));
    /// assert_eq!(clock.epoch_seconds(), 940);
    /// ```
    pub fn rewind(&self, by: Duration) {
        let millis = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let _ = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |now| Some(now.saturating_sub(millis)));
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn epoch_seconds(&self) -> u64 {
        self.0.load(Ordering::SeqCst) / 1000
    }
}

impl Clock for ManualClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH.checked_add(Duration::from_millis(self.0.load(Ordering::SeqCst))).unwrap_or(UNIX_EPOCH)
    }
}
