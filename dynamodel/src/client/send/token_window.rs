//! For how long a transaction whose outcome is unknown may be sent again: DynamoDB knows its token for ten minutes, and
//! carries out what comes later once more.

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
    /// The SDK's own pauses: the first and the longest one.
    backoff: (Duration, Duration),
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
    /// It is sent now, by an SDK client of this configuration.
    pub(in crate::client) fn begin(config: &Config) -> Self {
        let backoff = config
            .retry_config()
            .map_or((Duration::ZERO, Duration::ZERO), |retries| (retries.initial_backoff(), retries.max_backoff()));
        Self { begun: Instant::now(), paused: Duration::ZERO, backoff, simulated: None }
    }

    /// A call of that many attempts is over, and a pause was made that really took so long.
    pub(in crate::client) fn paused(&mut self, attempts: u32, pause: Duration, took: Duration) {
        self.paused += self.within(attempts) + pause;
        if took < pause / 2 {
            self.simulated.get_or_insert_default();
        }
    }

    /// What the timers of a call are to be counted by, where time is simulated.
    pub(in crate::client) fn timers(&self, config: &Config) -> Option<SharedAsyncSleep> {
        let set = Arc::clone(self.simulated.as_ref()?);
        Some(SharedAsyncSleep::new(Counting { inner: config.sleep_impl()?, set }))
    }

    /// Whether it is over after so many attempts of the call under way.
    pub(in crate::client) fn is_over_after(&self, attempts: u32) -> bool {
        self.spent(attempts) >= WINDOW
    }

    /// Whether it will be over after a call of so many attempts and a pause.
    pub(in crate::client) fn is_over_with(&self, attempts: u32, pause: Duration) -> bool {
        self.spent(attempts) + pause >= WINDOW
    }

    fn spent(&self, attempts: u32) -> Duration {
        let timers = self.simulated.as_ref().map_or(0, |set| set.load(Ordering::Relaxed));
        // A pause of the SDK's own may count twice then: rather too early than too late.
        self.begun.elapsed().max(self.paused + self.within(attempts) + Duration::from_millis(timers))
    }

    /// The longest that the SDK may have paused between so many attempts.
    fn within(&self, attempts: u32) -> Duration {
        let (first, longest) = self.backoff;
        let pauses = (0..attempts.saturating_sub(1).min(1_000))
            .map(|at| first.saturating_mul(1_u32.checked_shl(at).unwrap_or(u32::MAX)).min(longest));
        pauses.fold(Duration::ZERO, Duration::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::config::BehaviorVersion;
    use aws_sdk_dynamodb::config::retry::RetryConfig;

    #[test]
    fn pauses_count_whatever_the_clock_says() {
        let config = Config::builder().behavior_version(BehaviorVersion::latest());
        let config = config.retry_config(RetryConfig::standard()).build();
        let mut window = TokenWindow::begin(&config);
        assert!(!window.is_over_after(1));
        // One and two seconds between three attempts.
        window.paused(3, Duration::from_secs(440), Duration::from_secs(440));
        assert!(!window.is_over_after(3) && window.simulated.is_none());
        assert!(window.is_over_with(3, Duration::from_secs(40)));
        window.paused(1, Duration::from_secs(37), Duration::ZERO);
        assert!(window.is_over_after(1) && window.simulated.is_some());
    }
}
