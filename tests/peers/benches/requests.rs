//! What a request costs the client here, beside everybody else: CPU time of its one thread, in the kernel as well, and
//! allocations. The server is on another thread, answers at once, and is not counted.
//!
//! The sides: **ours**; **serde**: the SDK with `serde_dynamo`; **byhand**: the SDK with conversions written by hand;
//! **facade**: `dynamodb-facade`; **modyne**. All have a client of the SDK with the same settings. The item is the cart.
//! **toasty** stands in a package of its own, with a plainer item.
//!
//! `put.cpu` and the like are this library's share of what `serde_dynamo` with the SDK takes, with 64 tasks;
//! `put.cpu.byhand` that of the SDK by hand, and so on; `one.put.cpu` with one task; `put.instructions` counts those of
//! user space, where valgrind is installed.
//!
//! For a profiler: `cargo bench -p dynamodel-tests --bench requests -- --only put ours 2000` makes 2,000 puts with one
//! task, and nothing else.

mod requests {
    pub mod agree;
    pub mod facade;
    pub mod modyne;
    pub mod ours;
    pub mod sdk;
}

use dynamodel_peers::harness::process::instructions_of_main;
use dynamodel_peers::harness::{Effort, Report, Time, race_of};
use dynamodel_peers::server::Server;
use dynamodel_peers::side::{Operation, Side, client};
use dynamodel_peers::work::{TASKS, Worker};
use requests::facade::Facade;
use requests::modyne::Modyne;
use requests::ours::Ours;
use requests::sdk::{ByHand, Serde};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

/// Many short turns, so that all lanes meet the machine in the same mood.
const ROUNDS: usize = 41;

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let server = Server::start(requests::agree::answers());
    let here = || client(&server.endpoint());
    let worker = Worker::default();
    let ours = Rc::new(Ours::new(&here()));
    let serde = Rc::new(Serde::new(here()));
    let byhand = Rc::new(ByHand::new(here()));
    let facade = Rc::new(Facade::new(here()));
    let modyne = Rc::new(Modyne::new(here()));
    if let Some((operation, side, calls)) = only() {
        return match side.as_str() {
            Serde::NAME => worker.call(&serde, operation, 1, calls),
            ByHand::NAME => worker.call(&byhand, operation, 1, calls),
            Facade::NAME => worker.call(&facade, operation, 1, calls),
            Modyne::NAME => worker.call(&modyne, operation, 1, calls),
            _ => worker.call(&ours, operation, 1, calls),
        };
    }

    for operation in Operation::ALL {
        let said = |side| requests::agree::said(&server, operation, side);
        worker.call(&ours, operation, 1, 1);
        let expected = said(Ours::NAME);
        worker.call(&serde, operation, 1, 1);
        assert_eq!(said(Serde::NAME), expected);
        worker.call(&byhand, operation, 1, 1);
        assert_eq!(said(ByHand::NAME), expected);
        worker.call(&facade, operation, 1, 1);
        assert_eq!(said(Facade::NAME), expected);
        worker.call(&modyne, operation, 1, 1);
        assert_eq!(said(Modyne::NAME), expected);
    }

    let mut report = Report::default();
    for (prefix, tasks) in [("", TASKS), ("one.", 1)] {
        for operation in Operation::ALL {
            let lanes = vec![
                worker.lane(&serde, operation, tasks),
                worker.lane(&ours, operation, tasks),
                worker.lane(&byhand, operation, tasks),
                worker.lane(&facade, operation, tasks),
                worker.lane(&modyne, operation, tasks),
            ];
            let (rounds, calls) = if effort == Effort::Full { (ROUNDS, calls(operation)) } else { (1, 1) };
            let times = race_of(rounds, calls, lanes);
            ratios(&mut report, prefix, operation, &times);
            report.add(format!("{prefix}{}", operation.name()), times);
        }
    }
    if effort == Effort::Full {
        instructions(&mut report);
        toasty(&mut report);
    }
    report.print();
}

/// Instructions of a request in user space, on the client's thread, by valgrind: these are the same from run to run.
fn instructions(report: &mut Report) {
    let program = std::env::current_exe().unwrap();
    let of = |operation: Operation, side: &str| {
        let (few, many) = if calls(operation) == TASKS { (5_u32, 15_u32) } else { (40, 140) };
        let run = |calls: u32| instructions_of_main(&program, &["--only", operation.name(), side, &calls.to_string()]);
        Some((run(many)? - run(few)?) / f64::from(many - few))
    };
    for operation in Operation::ALL {
        let Some(ours) = of(operation, Ours::NAME) else {
            return println!("no instructions: valgrind is not installed");
        };
        let mut line = format!("{} instructions: ours {ours:.0}", operation.name());
        for side in [Serde::NAME, ByHand::NAME, Facade::NAME, Modyne::NAME] {
            let theirs = of(operation, side).unwrap();
            let suffix = if side == Serde::NAME { String::new() } else { format!(".{side}") };
            report.ratio(format!("{}.instructions{suffix}", operation.name()), ours / theirs);
            let _ = write!(line, ", {side} {theirs:.0}");
        }
        println!("{line}");
    }
}

/// The same beside `toasty`, in its own package.
fn toasty(report: &mut Report) {
    // `release/deps/requests-…`: three up.
    let target = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("toasty");
    let said = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["bench", "--locked", "--bench", "requests"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("toasty"))
        .env("CARGO_TARGET_DIR", target)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    for line in String::from_utf8_lossy(&said.stdout).lines() {
        match line.strip_prefix("RATIOS ") {
            Some(ratios) => {
                let ratios: HashMap<String, f64> = serde_json::from_str(ratios).unwrap();
                for (name, value) in ratios {
                    report.ratio(name, value);
                }
            }
            None => println!("{line}"),
        }
    }
    if !said.status.success() {
        println!("toasty does not build or run here: left out");
    }
}

/// What the command line asks for alone: an operation, a side, and how many calls.
fn only() -> Option<(Operation, String, u32)> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--only").skip(1);
    let (name, side, calls) = (arguments.next()?, arguments.next()?, arguments.next()?);
    let operation = Operation::ALL.into_iter().find(|operation| operation.name() == name)?;
    Some((operation, side, calls.parse().ok()?))
}

/// How many make a turn.
fn calls(operation: Operation) -> u32 {
    if matches!(operation, Operation::Query | Operation::Batch) { TASKS } else { 3 * TASKS }
}

/// This library's share of what the others take. The first lane is `serde`, the second this library.
fn ratios(report: &mut Report, prefix: &str, operation: Operation, times: &[Time]) {
    let ours = &times[1];
    for theirs in times.iter().filter(|time| time.name != ours.name) {
        let suffix = if theirs.name == "serde" { String::new() } else { format!(".{}", theirs.name) };
        let name = format!("{prefix}{}", operation.name());
        report.ratio(format!("{name}.cpu{suffix}"), ours.times / theirs.times);
        report.ratio(format!("{name}.allocs{suffix}"), ours.allocs / theirs.allocs);
        report.ratio(format!("{name}.bytes{suffix}"), ours.bytes / theirs.bytes);
    }
}
