//! For how long a transaction whose outcome is unknown may be sent again: DynamoDB knows its token for ten minutes, and
//! carries out what comes later once more.

use aws_sdk_dynamodb::Config;
use std::time::{Duration, Instant};

/// Ten minutes by DynamoDB's rules (`ClientRequestToken` of TransactWriteItems), less what a last request may take.
const WINDOW: Duration = Duration::from_secs(9 * 60);

/// The time since a transaction was first sent.
///
/// It is measured by the clock and by the pauses that were made, whichever is longer: a `sleep_impl` of the SDK client's
/// own need not keep to the clock.
#[derive(Debug, Clone)]
pub(super) struct TokenWindow {
    begun: Instant,
    paused: Duration,
    /// The SDK's own pauses: the first and the longest one.
    backoff: (Duration, Duration),
}

impl TokenWindow {
    /// It is sent now, by an SDK client of this configuration.
    pub(super) fn begin(config: &Config) -> Self {
        let backoff = config
            .retry_config()
            .map_or((Duration::ZERO, Duration::ZERO), |retries| (retries.initial_backoff(), retries.max_backoff()));
        Self { begun: Instant::now(), paused: Duration::ZERO, backoff }
    }

    /// A call of that many attempts is over, and a pause will be made.
    pub(super) fn pause(&mut self, attempts: u32, pause: Duration) {
        self.paused += self.within(attempts) + pause;
    }

    /// Whether it is over after so many attempts of the call under way.
    pub(super) fn is_over_after(&self, attempts: u32) -> bool {
        self.begun.elapsed().max(self.paused + self.within(attempts)) >= WINDOW
    }

    /// Whether it will be over after a call of so many attempts and a pause.
    pub(super) fn is_over_with(&self, attempts: u32, pause: Duration) -> bool {
        (self.begun.elapsed() + pause).max(self.paused + self.within(attempts) + pause) >= WINDOW
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
        window.pause(3, Duration::from_secs(500));
        assert!(!window.is_over_after(3));
        assert!(window.is_over_with(3, Duration::from_secs(40)));
        window.pause(1, Duration::from_secs(37));
        assert!(window.is_over_after(1));
    }
}
