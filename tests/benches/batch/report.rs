//! The table for people, and the line for programs.

use crate::effort::{Pair, rounded};
use serde_json::{Map, Value};

#[derive(Default)]
pub struct Report(Vec<(&'static str, Pair)>);

impl Report {
    pub fn add(&mut self, name: &'static str, pair: Pair) {
        self.0.push((name, pair));
    }

    /// The table, then the one line that begins with `RATIOS`.
    pub fn print(&self) {
        println!(
            "{:<14} {:>14} {:>14} {:>8} {:>8} {:>8}",
            "an item", "ours, ns CPU", "SDK, ns CPU", "times", "allocs", "SDK"
        );
        let mut out = Map::new();
        for (name, Pair { ours, theirs, ratio }) in &self.0 {
            println!(
                "{name:<14} {:>14.0} {:>14.0} {ratio:>8.2} {:>8} {:>8}",
                ours.nanos, theirs.nanos, ours.allocs, theirs.allocs
            );
            let allocs = |count: u64| u32::try_from(count).map_or(f64::NAN, f64::from);
            out.insert((*name).to_owned(), rounded(*ratio));
            out.insert(format!("{name}.allocs"), rounded(allocs(theirs.allocs) / allocs(ours.allocs)));
        }
        println!("RATIOS {}", Value::Object(out));
    }
}
