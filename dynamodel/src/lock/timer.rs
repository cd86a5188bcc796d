//! The monotonic clock by which leases are measured.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

/// A future that waits until a time of a [`Timer`].
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A monotonic clock that can also sleep. It need not agree with any other clock: a lease is judged by
/// how long its record stays unchanged on the waiter's own clock.
pub trait Timer: fmt::Debug + Send + Sync + 'static {
    /// How much time has passed since a fixed start that the timer chose.
    fn now(&self) -> Duration;

    /// Waits until this much time has passed since the start.
    fn sleep_until(&self, at: Duration) -> Sleep;
}

/// The clock of the tokio runtime, which is the system's monotonic one.
///
/// On most systems it stands still while the machine is suspended. After waking up, an owner relies on its lease for
/// longer than it should; its guarded writes are refused all the same.
#[derive(Debug, Clone, Copy)]
pub struct TokioTimer {
    start: tokio::time::Instant,
}

impl TokioTimer {
    /// A timer that begins now.
    pub fn new() -> Self {
        Self { start: tokio::time::Instant::now() }
    }
}

impl Default for TokioTimer {
    fn default() -> Self {
        Self::new()
    }
}

impl Timer for TokioTimer {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep_until(&self, at: Duration) -> Sleep {
        match self.start.checked_add(at) {
            Some(instant) => Box::pin(tokio::time::sleep_until(instant)),
            None => Box::pin(std::future::pending()),
        }
    }
}
