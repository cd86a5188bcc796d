//! Logic time: timers that are moved when everybody who goes by them sleeps.

use dynamodel::lock::{ManualTimer, Timer};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Waits until something holds that does so without the timer being moved. What never comes fails the test.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..30_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("it never came to this: {what}");
}

/// Lets the only one who goes by this timer wake, again and again, until the task has ended or the timer shows `end`.
/// Gives what the timer shows.
pub async fn drive<O>(timer: &ManualTimer, task: &JoinHandle<O>, end: Duration) -> Duration {
    loop {
        until("the task sleeps or ends", || task.is_finished() || timer.sleepers() > 0).await;
        if task.is_finished() || timer.now() >= end {
            return timer.now();
        }
        timer.advance_to_next();
    }
}
