//! One operation done by several libraries: rounds in which they take turns.

use super::effort::{Effort, median};
use super::spent::{Spent, spend};
use std::time::Duration;

/// How long one lane works before the next takes over, and how often.
const TURN: Duration = Duration::from_millis(3);
const ROUNDS: usize = 41;

/// One library doing the operation.
pub struct Lane<'a> {
    name: &'static str,
    /// What so many calls take; the flag says whether allocations are counted.
    run: Box<dyn FnMut(u32, bool) -> Spent + 'a>,
}

impl<'a> Lane<'a> {
    pub fn new(name: &'static str, mut call: impl FnMut() + 'a) -> Self {
        let run = move |calls, counting| {
            spend(counting, || {
                for _ in 0..calls {
                    call();
                }
            })
        };
        Self { name, run: Box::new(run) }
    }

    /// One that uses up what it works on, which is prepared beforehand.
    pub fn fed<I>(name: &'static str, mut feed: impl FnMut() -> I + 'a, mut call: impl FnMut(I) + 'a) -> Self {
        let run = move |calls, counting| {
            let food: Vec<I> = (0..calls).map(|_| feed()).collect();
            spend(counting, || food.into_iter().for_each(&mut call))
        };
        Self { name, run: Box::new(run) }
    }

    /// One that makes so many calls by itself, after it was told to prepare for them.
    pub fn many(name: &'static str, mut prepare: impl FnMut(u32) + 'a, mut call: impl FnMut(u32) + 'a) -> Self {
        let run = move |calls, counting| {
            prepare(calls);
            spend(counting, || call(calls))
        };
        Self { name, run: Box::new(run) }
    }
}

/// What one call of a lane costs.
pub struct Time {
    pub name: &'static str,
    /// Nanoseconds of CPU: the median over the rounds.
    pub nanos: f64,
    /// How many times longer it takes than the first lane in the same round: the median.
    pub times: f64,
    pub allocs: f64,
    pub bytes: f64,
}

/// All lanes in turns; the first one is what the others are compared with.
pub fn race(effort: Effort, lanes: Vec<Lane<'_>>) -> Vec<Time> {
    let mut lanes = lanes;
    let calls: Vec<u32> = lanes.iter_mut().map(|lane| turn(effort, lane)).collect();
    let rounds = if effort == Effort::Full { ROUNDS } else { 1 };
    rounds_of(rounds, &calls, &mut lanes)
}

/// The same with so many rounds of so many calls.
pub fn race_of(rounds: usize, calls: u32, lanes: Vec<Lane<'_>>) -> Vec<Time> {
    let mut lanes = lanes;
    for lane in &mut lanes {
        (lane.run)(calls, false);
    }
    let calls = vec![calls; lanes.len()];
    rounds_of(rounds, &calls, &mut lanes)
}

fn rounds_of(rounds: usize, calls: &[u32], lanes: &mut [Lane<'_>]) -> Vec<Time> {
    let mut nanos = vec![Vec::with_capacity(rounds); lanes.len()];
    for _ in 0..rounds {
        for ((lane, calls), nanos) in lanes.iter_mut().zip(calls).zip(&mut nanos) {
            nanos.push((lane.run)(*calls, false).nanos / f64::from(*calls));
        }
    }
    let first = nanos[0].clone();
    let time = |((lane, calls), nanos): ((&mut Lane<'_>, &u32), Vec<f64>)| {
        let calls = (*calls).min(256);
        let counted = (lane.run)(calls, true);
        Time {
            name: lane.name,
            nanos: median(nanos.iter().copied()),
            times: median(nanos.iter().zip(&first).map(|(nanos, first)| nanos / first)),
            allocs: counted.allocs / f64::from(calls),
            bytes: counted.bytes / f64::from(calls),
        }
    };
    lanes.iter_mut().zip(calls).zip(nanos).map(time).collect()
}

/// How many calls fill a turn.
fn turn(effort: Effort, lane: &mut Lane<'_>) -> u32 {
    if effort == Effort::Once {
        return 1;
    }
    // Long enough to warm up as well.
    let (mut calls, wanted) = (1, TURN.as_secs_f64() * 1e9);
    while (lane.run)(calls, false).nanos < wanted && calls < 1 << 20 {
        calls *= 2;
    }
    calls
}
