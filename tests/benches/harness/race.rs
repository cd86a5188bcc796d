//! Two sides of one operation: rounds in which they take turns, so that a change of the machine's mood meets both.

use allocation_counter::measure as count;
use serde_json::Value;
use std::time::{Duration, Instant};

/// How much to do.
#[derive(Clone, Copy, PartialEq)]
pub enum Effort {
    /// Figures that mean something.
    Full,
    /// Everything once: it runs, and both sides agree.
    Once,
}

impl Effort {
    /// What the command line asks for; `None` where it only wants a list.
    pub fn asked() -> Option<Self> {
        let given = |flag: &str| std::env::args().any(|argument| argument == flag);
        // `cargo bench` says `--bench`; `cargo test --benches` does not, and wants to know only that all of it runs.
        let effort = if given("--bench") && !given("--test") { Self::Full } else { Self::Once };
        (!given("--list")).then_some(effort)
    }
}

/// How long one side works before the other takes over, and how often.
const TURN: Duration = Duration::from_millis(3);
const ROUNDS: usize = 41;

/// What one operation costs on either side.
pub struct Pair {
    pub ours: Cost,
    pub theirs: Cost,
    /// How many times faster ours is: the median over the rounds.
    pub ratio: f64,
}

/// What one operation costs.
pub struct Cost {
    pub nanos: f64,
    pub allocs: u64,
}

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

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Two places: more would be noise.
pub fn rounded(value: f64) -> Value {
    ((value * 100.0).round() / 100.0).into()
}
