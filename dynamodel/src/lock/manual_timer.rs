//! A timer that only moves when a test moves it.

use super::timer::{Sleep, Timer};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A timer that stands still until it is moved, for tests. Clones show the same time.
///
/// # Examples
/// ```
/// use dynamodel::lock::{ManualTimer, Timer};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let timer = ManualTimer::new();
/// let asleep = tokio::spawn(timer.sleep_until(Duration::from_secs(20)));
/// while timer.sleepers() == 0 {
///     tokio::task::yield_now().await;
/// }
/// timer.advance(Duration::from_secs(20));
/// assert!(asleep.await.is_ok());
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct ManualTimer(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    /// The sleepers by number, and until when each sleeps.
    asleep: BTreeMap<u64, (Duration, Waker)>,
    next_number: u64,
}

impl ManualTimer {
    /// A timer at 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves it on, and wakes those whose time has come.
    pub fn advance(&self, by: Duration) {
        let mut state = self.lock();
        state.now = state.now.saturating_add(by);
        let now = state.now;
        let woken = state.asleep.values().filter(|(at, _)| *at <= now).map(|(_, waker)| waker.clone());
        let woken: Vec<_> = woken.collect();
        drop(state);
        woken.into_iter().for_each(Waker::wake);
    }

    /// Moves it on to the time at which the next sleeper wakes, if there is one. Returns the time then.
    pub fn advance_to_next(&self) -> Duration {
        let (now, next) = {
            let state = self.lock();
            (state.now, state.asleep.values().map(|(at, _)| *at).min())
        };
        self.advance(next.unwrap_or(now).saturating_sub(now));
        self.now()
    }

    /// How many sleepers are waiting.
    pub fn sleepers(&self) -> usize {
        let state = self.lock();
        state.asleep.values().filter(|(at, _)| *at > state.now).count()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Timer for ManualTimer {
    fn now(&self) -> Duration {
        self.lock().now
    }

    fn sleep_until(&self, at: Duration) -> Sleep {
        let mut state = self.lock();
        state.next_number += 1;
        Box::pin(Sleeper { timer: self.clone(), number: state.next_number, at })
    }
}

struct Sleeper {
    timer: ManualTimer,
    number: u64,
    at: Duration,
}

impl Future for Sleeper {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.timer.lock();
        if state.now >= self.at {
            state.asleep.remove(&self.number);
            return Poll::Ready(());
        }
        state.asleep.insert(self.number, (self.at, context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.timer.lock().asleep.remove(&self.number);
    }
}
