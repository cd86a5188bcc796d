//! The clock that leases are judged by: one that only goes forward, and knows no date.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

/// What waits until a moment of a [`Timer`].
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A clock that only goes forward, and by which one can sleep. It need not agree with anybody else's: a lease is judged by
/// how long its record stays unchanged on the watcher's own clock.
pub trait Timer: fmt::Debug + Send + Sync + 'static {
    /// How much time has passed since a moment that the timer chose once and for all.
    fn now(&self) -> Duration;

    /// Waits until that much has passed.
    fn sleep_until(&self, at: Duration) -> Sleep;
}

/// The clock of the tokio runtime, which is the system's monotonic one.
///
/// On most systems it stands still while the machine is suspended. An owner that wakes up then believes in its lease for
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
            Some(moment) => Box::pin(tokio::time::sleep_until(moment)),
            None => Box::pin(std::future::pending()),
        }
    }
}
