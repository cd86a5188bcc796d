//! The table for people, and the line for programs.

use crate::harness::race::{Pair, rounded};
use serde_json::{Map, Value};

/// The figures beside each of the others.
#[derive(Default)]
pub struct Report {
    peers: Vec<(&'static str, Pair)>,
}

impl Report {
    pub fn add(&mut self, peer: &'static str, pair: Pair) {
        self.peers.push((peer, pair));
    }

    /// The table, then the one line that begins with `RATIOS`.
    pub fn print(&self) {
        println!("{:<32} {:>12} {:>12} {:>8} {:>8} {:>8}", "", "ours, ns", "theirs, ns", "times", "allocs", "theirs");
        let mut out = Map::new();
        for (peer, Pair { ours, theirs, ratio }) in &self.peers {
            let name = format!("update3cond3.{peer}");
            println!(
                "{name:<32} {:>12.0} {:>12.0} {ratio:>8.2} {:>8} {:>8}",
                ours.nanos, theirs.nanos, ours.allocs, theirs.allocs
            );
            out.insert(format!("{name}.allocs"), rounded(float(theirs.allocs) / float(ours.allocs)));
            out.insert(name, rounded(*ratio));
            out.insert("update3cond3.allocs".to_owned(), ours.allocs.into());
        }
        println!("RATIOS {}", Value::Object(out));
    }
}

/// Counts are small here.
fn float(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::NAN, f64::from)
}
