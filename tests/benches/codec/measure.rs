//! One shape's figures: rounds in which the sides take turns, so that a change of the machine's mood meets both.

use super::check::normal;
use super::shapes::Shape;
use super::sides::{Theirs, ours};
use allocation_counter::measure as count;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How much to do.
#[derive(Clone, Copy, PartialEq)]
pub enum Effort {
    /// Figures that mean something.
    Full,
    /// Everything once: it runs, and both sides agree.
    Once,
}

/// How long one side works before the other takes over, and how often.
const TURN: Duration = Duration::from_millis(3);
const ROUNDS: usize = 41;

/// How many items an answer of Query holds here. (DynamoDB would spread the largest shapes over two pages.)
const MANY: u32 = 100;

/// What was measured of one shape.
pub struct Figures {
    pub name: &'static str,
    pub encode: Pair,
    pub decode1: Pair,
    pub decode100: Pair,
    /// Allocations of a decoded entity's `Clone`: what decoding cannot do without.
    pub clone_allocs: u64,
}

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

/// Measures one shape.
pub fn measure<S: Shape>(effort: Effort) -> Figures {
    let entity = S::sample(7);
    let row = entity.row();
    let one = answer_of_get(&entity);
    let many = answer_of_query::<S>();
    let mut theirs = Theirs::new(&one, &many);
    agree(&entity, &mut theirs, &one, &many);
    let decoded = ours::decode_one::<S>(&one);
    Figures {
        name: S::NAME,
        encode: race(
            effort,
            || drop(black_box(ours::encode(black_box(&entity)))),
            || drop(black_box(theirs.encode::<S>(black_box(&row)))),
        ),
        decode1: race(
            effort,
            || drop(black_box(ours::decode_one::<S>(black_box(&one)))),
            || drop(black_box(theirs.decode_one::<S>())),
        ),
        decode100: race(
            effort,
            || drop(black_box(ours::decode_many::<S>(black_box(&many)))),
            || drop(black_box(theirs.decode_many::<S>())),
        ),
        clone_allocs: count(|| drop(black_box(decoded.clone()))).count_total,
    }
}

/// Both sides write the same item, keys included, and read the same values.
fn agree<S: Shape>(entity: &S, theirs: &mut Theirs, one: &[u8], many: &[u8]) {
    let row = entity.row();
    assert_eq!(normal(ours::encode(entity).as_ref()), normal(theirs.encode::<S>(&row).body().bytes().unwrap()));
    assert_eq!(&ours::decode_one::<S>(one), entity);
    assert_eq!(theirs.decode_one::<S>(), row);
    let entities = ours::decode_many::<S>(many);
    assert_eq!(entities.len(), MANY as usize);
    assert_eq!(entities.iter().map(S::row).collect::<Vec<_>>(), theirs.decode_many::<S>());
}

/// An item's text.
fn item<S: Shape>(entity: &S) -> String {
    let body: serde_json::Value = serde_json::from_slice(ours::encode(entity).as_ref()).unwrap();
    body["Item"].to_string()
}

fn answer_of_get<S: Shape>(entity: &S) -> Vec<u8> {
    format!("{{\"Item\":{}}}", item(entity)).into_bytes()
}

fn answer_of_query<S: Shape>() -> Vec<u8> {
    let items: Vec<String> = (0..MANY).map(|number| item(&S::sample(number))).collect();
    format!("{{\"Count\":{MANY},\"Items\":[{}],\"ScannedCount\":{MANY}}}", items.join(",")).into_bytes()
}

/// Times both sides in turns.
fn race(effort: Effort, mut ours: impl FnMut(), mut theirs: impl FnMut()) -> Pair {
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
