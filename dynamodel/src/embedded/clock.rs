//! The engine's clock, driven by the client's.

use crate::client::{Clock as _, ManualClock};
use dynoxide::storage_backend::Clock;
use std::time::UNIX_EPOCH;

/// Gives the engine the time of a [`ManualClock`].
#[derive(Debug)]
pub(super) struct EngineClock(pub(super) ManualClock);

impl Clock for EngineClock {
    fn now_unix_secs(&self) -> u64 {
        self.0.epoch_seconds()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        self.0.now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
    }
}
