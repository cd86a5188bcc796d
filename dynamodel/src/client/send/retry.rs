//! How often, and after what pause, the library itself tries again: where the SDK does not.

use super::failure::Failure;
use super::token_window::TokenWindow;
use crate::client::Client;
use crate::entity::Table;
use crate::error::ErrorKind;
use crate::op::random;
use aws_sdk_dynamodb::config::AsyncSleep as _;
use std::time::{Duration, Instant};

/// How often, and after what pauses, the library tries again: a transaction that was cancelled by another one, the items of a
/// batch that came back unprocessed, a `modify` that met a conflict.
///
/// Transactions and batches are sent again by this policy alone, also after throttling, a server error or a lost response: for
/// them the SDK's retries are switched off, so that `tries` is the number of HTTP requests. All other requests are retried by the
/// SDK, as the SDK client is configured.
///
/// The pause before the n-th retry is random, up to `first` doubled n - 1 times, and never above `longest`: so that those
/// who met once do not meet again. Of a `modify` that meets conflicts, each of which says that another writer has come through,
/// the pauses grow from the time that one try takes, where that is longer than `first`; and under the default policy it is tried
/// twice as often.
///
/// # Examples
/// ```
/// use dynamodel::RetryPolicy;
/// use std::time::Duration;
///
/// let patient = RetryPolicy { tries: 20, longest: Duration::from_secs(20), ..RetryPolicy::default() };
/// assert_eq!(RetryPolicy::default().tries, 10);
/// # let _ = patient;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often to try at most, the first time included.
    pub tries: u32,
    /// The longest pause before the first retry.
    pub first: Duration,
    /// The longest pause of all.
    pub longest: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { tries: 10, first: Duration::from_millis(25), longest: Duration::from_secs(5) }
    }
}

/// How many tries of a `modify` that meets conflicts stand for one of the default policy.
const PER_CONFLICT: u32 = 2;

impl RetryPolicy {
    /// One try, and no more.
    pub const ONCE: Self = Self { tries: 1, first: Duration::ZERO, longest: Duration::ZERO };

    /// The pause after so many tries; `None` when there were enough.
    fn pause(&self, tries: u32) -> Option<Duration> {
        if tries >= self.tries {
            return None;
        }
        Some(self.random_pause(self.first, tries))
    }

    /// The pause after so many conflicts of a `modify`, of which one try takes as long as `takes`; `None` when there were
    /// enough. Each conflict says that another writer has succeeded and that there are more of them than was thought, so the
    /// pauses grow from how long a try takes; by the default policy there are [`PER_CONFLICT`] times as many of them.
    fn pause_of_conflict(&self, conflicts: u32, takes: Duration) -> Option<Duration> {
        let most = if *self == Self::default() { self.tries.saturating_mul(PER_CONFLICT) } else { self.tries };
        (conflicts < most).then(|| self.random_pause(self.first.max(takes), conflicts))
    }

    /// A random pause up to this one doubled with every try.
    fn random_pause(&self, first: Duration, tries: u32) -> Duration {
        let doubled = first.saturating_mul(1_u32.checked_shl(tries.saturating_sub(1)).unwrap_or(u32::MAX));
        let most = u64::try_from(doubled.min(self.longest).as_nanos()).unwrap_or(u64::MAX);
        // Of 64 random bits, the remainder is even enough for a pause.
        Duration::from_nanos(random().checked_rem(most.saturating_add(1)).unwrap_or(0))
    }
}

/// The tries of one operation, and what those before left open: the one loop of whatever the library itself tries again.
///
/// ```text
/// let mut attempts = self.attempts();
/// loop {
///     let failure = match self.send(&request).await { Ok(response) => return .., Err(failure) => failure };
///     attempts.carry(&mut failure);
///     if !(is_passing(&failure) && attempts.again().await) { return Err(..) }
/// }
/// ```
pub(in crate::client) struct Attempts<'c, T> {
    client: &'c Client<T>,
    tries: u32,
    /// Whether an earlier try may have been applied although no good response came.
    maybe_applied: bool,
    /// Whether one of those got no response at all: it may still arrive.
    may_arrive: bool,
}

impl<T: Table> Attempts<'_, T> {
    /// Waits before the next try; false when there were enough of them.
    pub(in crate::client) async fn again(&mut self) -> bool {
        self.tries += 1;
        let pause = self.client.inner.retries.pause(self.tries);
        self.wait(pause).await
    }

    /// The same of a transaction, whose token is good for so long: no longer than that once a try may have been applied, or may
    /// still arrive, since only the token keeps a later one from doing it twice.
    pub(in crate::client) async fn again_within(&mut self, window: &mut TokenWindow) -> bool {
        self.tries += 1;
        let open = self.maybe_applied || self.may_arrive;
        let pause = self.client.inner.retries.pause(self.tries);
        let Some(pause) = pause.filter(|pause| !open || !window.is_over_after(*pause)) else { return false };
        let begun = Instant::now();
        self.wait(Some(pause)).await;
        window.paused(pause, begun.elapsed());
        true
    }

    /// The same after a conflict, where one try takes so long.
    pub(in crate::client) async fn again_after_conflict(&mut self, takes: Duration) -> bool {
        self.tries += 1;
        let pause = self.client.inner.retries.pause_of_conflict(self.tries, takes);
        self.wait(pause).await
    }

    /// The next try follows at once; false when there were enough of them.
    pub(in crate::client) fn at_once(&mut self) -> bool {
        self.tries += 1;
        let again = self.client.inner.retries.pause_of_conflict(self.tries, Duration::ZERO).is_some();
        if again {
            self.client.inner.counters.count_retry();
        }
        again
    }

    async fn wait(&mut self, pause: Option<Duration>) -> bool {
        let Some(pause) = pause else { return false };
        self.client.sleep(pause).await;
        true
    }

    /// The last try has made progress: pauses are short again.
    pub(in crate::client) fn restart(&mut self) {
        self.tries = 0;
    }

    /// Carries over what earlier tries may have applied into the failure of the last one, and keeps it for the next.
    pub(in crate::client) fn carry(&mut self, failure: &mut Failure) {
        let trace = &mut failure.trace;
        trace.maybe_applied_before |= self.maybe_applied;
        self.maybe_applied = trace.maybe_applied_before | trace.maybe_applied_last;
        self.may_arrive |= trace.no_response;
    }

    /// The last try may have been applied, which its failure alone does not say.
    pub(in crate::client) fn may_be_applied(&mut self, may_be: bool) {
        self.maybe_applied |= may_be;
    }

    /// Whether an earlier try, or the last one, may have been applied.
    pub(in crate::client) fn maybe_applied(&self) -> bool {
        self.maybe_applied
    }

    /// Whether one of those may still arrive at DynamoDB.
    pub(in crate::client) fn may_arrive(&self) -> bool {
        self.may_arrive
    }

    /// How many tries there were before the one that is under way.
    pub(in crate::client) fn before(&self) -> u32 {
        self.tries
    }
}

/// Whether what failed in this way may succeed when it is sent again, by whoever may send it twice.
pub(in crate::client) fn is_passing(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Throttled | ErrorKind::Unavailable | ErrorKind::OutcomeUnknown)
}

impl<T: Table> Client<T> {
    /// The tries of one operation.
    pub(in crate::client) fn attempts(&self) -> Attempts<'_, T> {
        Attempts { client: self, tries: 0, maybe_applied: false, may_arrive: false }
    }

    /// Waits after so many tries, if there is to be another one. Whether there is.
    #[cfg(feature = "streams")]
    pub(crate) async fn pause_after(&self, tries: u32) -> bool {
        match self.inner.retries.pause(tries) {
            Some(pause) => {
                self.sleep(pause).await;
                true
            }
            None => false,
        }
    }

    /// A pause by the SDK client's own means; `None` where it has none.
    #[cfg(any(feature = "lock", feature = "streams"))]
    pub(crate) fn pause_of(&self, pause: Duration) -> Option<impl Future<Output = ()> + use<T>> {
        self.inner.sdk.config().sleep_impl().map(|sleep| sleep.sleep(pause))
    }

    /// Waits before something is tried again, by the SDK client's own means, so that any runtime does. Without such means
    /// there is no pause.
    async fn sleep(&self, pause: Duration) {
        self.inner.counters.count_retry();
        if !pause.is_zero()
            && let Some(sleep) = self.inner.sdk.config().sleep_impl()
        {
            sleep.sleep(pause).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_bounded_and_come_to_an_end() {
        let policy = RetryPolicy { tries: 40, first: Duration::from_millis(10), longest: Duration::from_millis(100) };
        for tries in 1..40 {
            let most = Duration::from_millis(10).saturating_mul(1 << tries.min(10)).min(policy.longest);
            assert!(policy.pause(tries).unwrap() <= most, "{tries}");
        }
        assert_eq!(policy.pause(40), None);
        assert_eq!(RetryPolicy::ONCE.pause(1), None);
    }
}
