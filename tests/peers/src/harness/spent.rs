//! What a piece of work takes of this thread: CPU time, in the kernel as well, and allocations. What others on the
//! machine do is not in it, nor what a server on another thread does.

use allocation_counter::measure;
use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;

/// What was taken.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    pub nanos: f64,
    pub allocs: f64,
    pub bytes: f64,
}

/// Does the work. Counting costs time, so the time says something only without it.
pub fn spend(counting: bool, work: impl FnOnce()) -> Spent {
    if counting {
        let counted = measure(work);
        return Spent { nanos: f64::NAN, allocs: float(counted.count_total), bytes: float(counted.bytes_total) };
    }
    let before = now();
    work();
    Spent { nanos: (now() - before).as_secs_f64() * 1e9, ..Spent::default() }
}

/// CPU time that this thread has taken so far.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

#[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}
