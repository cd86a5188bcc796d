//! The table for people, and the line for programs.

use super::effort::rounded;
use super::race::Time;
use serde_json::{Map, Value};

/// The figures so far.
#[derive(Default)]
pub struct Report {
    rows: Vec<(String, Vec<Time>)>,
    ratios: Map<String, Value>,
}

impl Report {
    /// What one operation costs in every lane.
    pub fn add(&mut self, name: impl Into<String>, times: Vec<Time>) {
        self.rows.push((name.into(), times));
    }

    /// A figure of the last line.
    pub fn ratio(&mut self, name: impl Into<String>, value: f64) {
        self.ratios.insert(name.into(), rounded(value));
    }

    /// The operation's figure in a lane.
    pub fn times(&self, operation: &str, lane: &str) -> Option<&Time> {
        let (_, times) = self.rows.iter().find(|(name, _)| name == operation)?;
        times.iter().find(|time| time.name == lane)
    }

    /// The tables as they stand in the guide, then the one line that begins with `RATIOS`.
    pub fn print(&self) {
        let mut head: Option<Vec<&str>> = None;
        for (operation, times) in &self.rows {
            let lanes: Vec<&str> = times.iter().map(|time| time.name).collect();
            if head.as_ref() != Some(&lanes) {
                println!("\n| ns CPU (allocations) | {} |", lanes.join(" | "));
                println!("|---{}|", "|---".repeat(lanes.len()));
                head = Some(lanes);
            }
            let cells: Vec<String> =
                times.iter().map(|time| format!("{:.0} ({:.0})", time.nanos, time.allocs)).collect();
            println!("| {operation} | {} |", cells.join(" | "));
        }
        println!("RATIOS {}", Value::Object(self.ratios.clone()));
    }
}

/// The geometric mean.
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let logarithms: Vec<f64> = values.map(f64::ln).collect();
    let count = u32::try_from(logarithms.len()).map_or(f64::NAN, f64::from);
    (logarithms.iter().sum::<f64>() / count).exp()
}
