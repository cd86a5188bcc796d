//! What the compiler takes for 1, 50 and 200 entities of twelve fields with a global index: `cargo check` of the crate that
//! holds them, everything below it checked before, and nothing kept from the last time.
//!
//! The sides: **ours**; **byhand**: structs with serde's derives, and what one writes for the SDK alone: rendered keys, and
//! conversions from and to its items; **toasty**: its models, with a key and an index.
//!
//! - `check50.seconds`: CPU seconds over those of a crate without entities;
//! - `check50.byhand`, `check50.toasty`: this library's time over theirs;
//! - `check200.linear`: time per entity at 200 over that at 50;
//! - `expansion.bytes`: source text that the derives of one entity write; `expansion.byhand`, `.toasty`: over theirs.

mod compile {
    pub mod crates;
    pub mod sides;
}

use compile::crates::Crate;
use compile::sides::{BYHAND, OURS, Side, TOASTY};
use dynamodel_peers::harness::effort::median;
use dynamodel_peers::harness::{Effort, Report};
use std::collections::HashMap;

const COUNTS: [usize; 4] = [0, 1, 50, 200];
const ROUNDS: usize = 3;

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let whole = effort == Effort::Full;
    let sides: Vec<&Side> = if whole { vec![&OURS, &BYHAND, &TOASTY] } else { vec![&OURS, &BYHAND] };
    let counts = if whole { &COUNTS[..] } else { &COUNTS[..2] };
    let crates: Vec<Crate> =
        sides.iter().flat_map(|side| counts.iter().map(|count| Crate::write(side, *count))).collect();
    // Everything below is checked once.
    for one in &crates {
        one.check();
    }
    let mut times: HashMap<(&str, usize), Vec<f64>> = HashMap::new();
    for _ in 0..if whole { ROUNDS } else { 1 } {
        for one in &crates {
            times.entry((one.side, one.count)).or_default().push(one.check());
        }
    }
    let seconds = |side: &'static str, count: usize| {
        let of = |count| times.get(&(side, count)).map(|all| median(all.iter().copied()));
        Some(of(count)? - of(0)?)
    };

    let mut report = Report::default();
    for side in &sides {
        for count in counts.iter().filter(|count| **count > 0) {
            let taken = seconds(side.name, *count).unwrap();
            println!("{:<8} {count:>4} entities: {taken:>7.2} s CPU over the empty crate", side.name);
            if side.name == OURS.name {
                report.ratio(format!("check{count}.seconds"), taken);
            } else if *count > 1 {
                report.ratio(format!("check{count}.{}", side.name), seconds(OURS.name, *count).unwrap() / taken);
            }
        }
        if let (Some(fifty), Some(more)) = (seconds(side.name, 50), seconds(side.name, 200)) {
            let name = if side.name == OURS.name { String::new() } else { format!(".{}", side.name) };
            report.ratio(format!("check200.linear{name}"), more / 200.0 / (fifty / 50.0));
        }
    }
    let expanded = |side: &Side| {
        let of = |count| crates.iter().find(|one| one.side == side.name && one.count == count).unwrap().expanded();
        of(1) - of(0)
    };
    let ours = expanded(&OURS);
    report.ratio("expansion.bytes", ours);
    for side in &sides[1..] {
        report.ratio(format!("expansion.{}", side.name), ours / expanded(side));
    }
    report.print();
}
