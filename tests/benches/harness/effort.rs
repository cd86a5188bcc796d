//! How much to do, and what came out.

use serde_json::Value;

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

/// The one in the middle.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Two places: more would be noise.
pub fn rounded(value: f64) -> Value {
    ((value * 100.0).round() / 100.0).into()
}
