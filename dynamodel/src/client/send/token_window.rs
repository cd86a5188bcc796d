//! For how long a transaction whose outcome is unknown may be sent again: DynamoDB knows its token for ten minutes, and
//! applies what comes later a second time.

use aws_sdk_dynamodb::Config;
use aws_sdk_dynamodb::config::{AsyncSleep, SharedAsyncSleep, Sleep};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Ten minutes by DynamoDB's rules (`ClientRequestToken` of TransactWriteItems), less what a last request may take.
const WINDOW: Duration = Duration::from_secs(8 * 60);

/// The time since a transaction was first sent.
///
/// It is measured by the clock, and by the pauses that were made where these are longer. Where a pause is over before its time,
/// the SDK client's `sleep_impl` does not keep to the clock: time is simulated, and may move with every timer that is set.
#[derive(Debug, Clone)]
pub(in crate::client) struct TokenWindow {
    begun: Instant,
    paused: Duration,
    /// The timers that were set, in milliseconds, since time is known to be simulated.
    simulated: Option<Arc<AtomicU64>>,
}

/// Counts the timers that are set.
#[derive(Debug)]
struct Counting {
    inner: SharedAsyncSleep,
    set: Arc<AtomicU64>,
}

impl AsyncSleep for Counting {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.set.fetch_add(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.inner.sleep(duration)
    }
}

impl TokenWindow {
    /// It is sent now.
    pub(in crate::client) fn begin() -> Self {
        Self { begun: Instant::now(), paused: Duration::ZERO, simulated: None }
    }

    /// A pause was made that really took so long.
    pub(in crate::client) fn paused(&mut self, pause: Duration, took: Duration) {
        self.paused += pause;
        if took < pause / 2 {
            self.simulated.get_or_insert_default();
        }
    }

    /// What the timers of a call are to be counted by, where time is simulated.
    pub(super) fn timers(&self, config: &Config) -> Option<SharedAsyncSleep> {
        let set = Arc::clone(self.simulated.as_ref()?);
        Some(SharedAsyncSleep::new(Counting { inner: config.sleep_impl()?, set }))
    }

    /// Whether it will be over after one more pause.
    pub(in crate::client) fn is_over_after(&self, pause: Duration) -> bool {
        let timers = self.simulated.as_ref().map_or(0, |set| set.load(Ordering::Relaxed));
        let spent = self.begun.elapsed().max(self.paused + Duration::from_millis(timers));
        spent + pause >= WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_count_whatever_the_clock_says() {
        let mut window = TokenWindow::begin();
        window.paused(Duration::from_secs(440), Duration::from_secs(440));
        assert!(!window.is_over_after(Duration::from_secs(39)) && window.simulated.is_none());
        assert!(window.is_over_after(Duration::from_secs(40)));
        window.paused(Duration::from_secs(37), Duration::ZERO);
        assert!(window.is_over_after(Duration::from_secs(3)) && window.simulated.is_some());
    }
}
