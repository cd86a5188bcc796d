//! How fast a scan reads: a bucket of read units that fills at a rate and is emptied by what DynamoDB charges.

use crate::client::Clock;
use aws_sdk_dynamodb::config::{AsyncSleep, SharedAsyncSleep, Sleep};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

/// A wait that is longer is cut.
const LONGEST: Duration = Duration::from_secs(3600);

pub(super) struct RateLimiter {
    /// Units a second; as many are saved up at most.
    rate: f64,
    /// What may be spent. Below zero there is a debt, which is waited for.
    units: f64,
    /// Until when it has been filled.
    seen: SystemTime,
    /// What the next request will cost, as the last one did; unknown before the first response.
    guess: Option<f64>,
    sleep: SharedAsyncSleep,
    waiting: Option<(Sleep, Duration)>,
}

impl RateLimiter {
    pub(super) fn new(rate: f64, sleep: SharedAsyncSleep, now: SystemTime) -> Self {
        Self { rate, units: 0.0, seen: now, guess: None, sleep, waiting: None }
    }

    /// Ready when the next request may be made.
    pub(super) fn poll_ready(&mut self, clock: &dyn Clock, others: bool, context: &mut Context<'_>) -> Poll<()> {
        loop {
            if let Some((sleep, length)) = &mut self.waiting {
                if Pin::new(sleep).poll(context).is_pending() {
                    return Poll::Pending;
                }
                // By what was slept, also on a clock that stands still.
                let length = *length;
                self.waiting = None;
                self.fill(length);
            }
            if let Ok(length) = clock.now().duration_since(self.seen) {
                self.fill(length);
            }
            if self.guess.is_none() && others {
                // Nobody knows yet what a page costs: the first response, which is under way, tells.
                return Poll::Pending;
            }
            // A millionth of a second is not worth a timer.
            if self.units > -self.rate * 1e-6 {
                return Poll::Ready(());
            }
            let length = Duration::try_from_secs_f64(-self.units / self.rate).unwrap_or(LONGEST).min(LONGEST);
            self.waiting = Some((self.sleep.sleep(length), length));
        }
    }

    /// A request is made. What is set aside for it is given back with its response.
    pub(super) fn launched(&mut self) -> f64 {
        let guess = self.guess.unwrap_or(0.0);
        self.units -= guess;
        guess
    }

    /// The response to a request has come, for which so much was set aside.
    pub(super) fn charged(&mut self, aside: f64, consumed: f64) {
        self.units += aside - consumed;
        self.guess = Some(consumed);
    }

    fn fill(&mut self, length: Duration) {
        self.units = self.rate.mul_add(length.as_secs_f64(), self.units).min(self.rate);
        self.seen = self.seen.checked_add(length).unwrap_or(self.seen);
    }
}
