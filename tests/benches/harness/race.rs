//! Two sides of one operation: rounds in which they take turns, so that a change of the machine's mood meets both.

use super::effort::median;
use allocation_counter::measure as count;
use std::time::{Duration, Instant};

pub use super::effort::{Cost, Effort, Pair, rounded};

/// How long one side works before the other takes over, and how often.
const TURN: Duration = Duration::from_millis(3);
const ROUNDS: usize = 41;

/// Times both sides in turns.
pub fn race(effort: Effort, mut ours: impl FnMut(), mut theirs: impl FnMut()) -> Pair {
    let (our_turn, their_turn) = (turn(effort, &mut ours), turn(effort, &mut theirs));
    let rounds = if effort == Effort::Full { ROUNDS } else { 1 };
    let times: Vec<(f64, f64)> =
        (0..rounds).map(|_| (time(our_turn, &mut ours), time(their_turn, &mut theirs))).collect();
    Pair {
        ratio: median(times.iter().map(|(ours, theirs)| theirs / ours)),
        ours: Cost { nanos: median(times.iter().map(|(ours, _)| *ours)), allocs: count(ours).count_total },
        theirs: Cost { nanos: median(times.iter().map(|(_, theirs)| *theirs)), allocs: count(theirs).count_total },
    }
}

/// How many calls fill a turn.
fn turn(effort: Effort, call: &mut impl FnMut()) -> u32 {
    if effort == Effort::Once {
        return 1;
    }
    // Long enough to warm up as well.
    let (start, mut calls) = (Instant::now(), 0);
    while start.elapsed() < TURN * 5 {
        call();
        calls += 1;
    }
    (calls / 5).max(1)
}

/// Nanoseconds per call.
fn time(calls: u32, call: &mut impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        call();
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}
