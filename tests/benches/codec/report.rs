//! The table for people, and the line for programs.

use super::measure::Figures;
use crate::harness::race::{Pair, rounded};
use serde_json::{Map, Value};

/// The figures of all shapes.
#[derive(Default)]
pub struct Report {
    shapes: Vec<Figures>,
}

impl Figures {
    fn pairs(&self) -> [(&'static str, &Pair); 3] {
        [("encode", &self.encode), ("decode1", &self.decode1), ("decode100", &self.decode100)]
    }
}

impl Report {
    pub fn add(&mut self, figures: Figures) {
        self.shapes.push(figures);
    }

    /// The table, then the one line that begins with `RATIOS`.
    pub fn print(&self) {
        println!(
            "{:<22} {:>12} {:>14} {:>8} {:>8} {:>8}",
            "", "ours, ns", "serde+SDK, ns", "times", "allocs", "theirs"
        );
        for shape in &self.shapes {
            for (operation, Pair { ours, theirs, ratio }) in shape.pairs() {
                let name = format!("{}.{operation}", shape.name);
                println!(
                    "{name:<22} {:>12.0} {:>14.0} {ratio:>8.2} {:>8} {:>8}",
                    ours.nanos, theirs.nanos, ours.allocs, theirs.allocs
                );
            }
            println!("{:<22} {:>46}", format!("{}.clone", shape.name), shape.clone_allocs);
        }
        println!("RATIOS {}", Value::Object(self.ratios()));
    }

    fn ratios(&self) -> Map<String, Value> {
        let mut out = Map::new();
        for shape in &self.shapes {
            for (operation, pair) in shape.pairs() {
                out.insert(format!("{}.{operation}", shape.name), rounded(pair.ratio));
                out.insert(format!("{}.{operation}.allocs", shape.name), pair.ours.allocs.into());
            }
            out.insert(format!("{}.clone.allocs", shape.name), shape.clone_allocs.into());
        }
        out.insert("geomean.encode".to_owned(), rounded(self.mean(|shape| vec![&shape.encode])));
        out.insert("geomean.decode".to_owned(), rounded(self.mean(|shape| vec![&shape.decode1, &shape.decode100])));
        out
    }

    /// The geometric mean of these ratios of all shapes.
    fn mean<'a>(&'a self, pick: impl Fn(&'a Figures) -> Vec<&'a Pair>) -> f64 {
        let logarithms: Vec<f64> = self.shapes.iter().flat_map(pick).map(|pair| pair.ratio.ln()).collect();
        let count = u32::try_from(logarithms.len()).map_or(f64::NAN, f64::from);
        (logarithms.iter().sum::<f64>() / count).exp()
    }
}
