//! What a request costs the client here, beside everybody else: CPU time of its one thread, in the kernel as well, and
//! allocations. The server is on another thread, answers at once, and is not counted.
//!
//! The sides: **ours**; **serde**: the SDK with `serde_dynamo`; **byhand**: the SDK with conversions written by hand;
//! **facade**: `dynamodb-facade`; **modyne**. All have a client of the SDK with the same settings. The item is the cart.
//!
//! `put.cpu` and the like are this library's share of what `serde_dynamo` with the SDK takes, with 64 tasks;
//! `put.cpu.byhand` that of the SDK by hand, and so on; `one.put.cpu` with one task.

mod requests {
    pub mod agree;
    pub mod facade;
    pub mod modyne;
    pub mod ours;
    pub mod sdk;
}

use dynamodel_peers::harness::{Effort, Lane, Report, Time, race_of};
use dynamodel_peers::server::Server;
use dynamodel_peers::side::{Operation, Side, client};
use requests::facade::Facade;
use requests::modyne::Modyne;
use requests::ours::Ours;
use requests::sdk::{ByHand, Serde};
use std::cell::Cell;
use std::rc::Rc;
use tokio::runtime::Runtime;
use tokio::task::LocalSet;

const ROUNDS: usize = 15;
const TASKS: u32 = 64;

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let server = Server::start(requests::agree::answers());
    let here = || client(&server.endpoint());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let local = LocalSet::new();
    let ours = Rc::new(Ours::new(&here()));
    let serde = Rc::new(Serde::new(here()));
    let byhand = Rc::new(ByHand::new(here()));
    let facade = Rc::new(Facade::new(here()));
    let modyne = Rc::new(Modyne::new(here()));
    for operation in Operation::ALL {
        let said = |side| requests::agree::said(&server, operation, side);
        call(&runtime, &local, &ours, operation, 1, 1);
        let expected = said(Ours::NAME);
        call(&runtime, &local, &serde, operation, 1, 1);
        assert_eq!(said(Serde::NAME), expected);
        call(&runtime, &local, &byhand, operation, 1, 1);
        assert_eq!(said(ByHand::NAME), expected);
        call(&runtime, &local, &facade, operation, 1, 1);
        assert_eq!(said(Facade::NAME), expected);
        call(&runtime, &local, &modyne, operation, 1, 1);
        assert_eq!(said(Modyne::NAME), expected);
    }

    let mut report = Report::default();
    for (prefix, tasks) in [("", TASKS), ("one.", 1)] {
        for operation in Operation::ALL {
            let lanes = vec![
                lane(&runtime, &local, &serde, operation, tasks),
                lane(&runtime, &local, &ours, operation, tasks),
                lane(&runtime, &local, &byhand, operation, tasks),
                lane(&runtime, &local, &facade, operation, tasks),
                lane(&runtime, &local, &modyne, operation, tasks),
            ];
            let (rounds, calls) = if effort == Effort::Full { (ROUNDS, calls(operation)) } else { (1, 1) };
            let times = race_of(rounds, calls, lanes);
            ratios(&mut report, prefix, operation, &times);
            report.add(format!("{prefix}{}", operation.name()), times);
        }
    }
    report.print();
}

/// How many make a turn.
fn calls(operation: Operation) -> u32 {
    if matches!(operation, Operation::Query | Operation::Batch) { 2 * TASKS } else { 10 * TASKS }
}

fn lane<'a, S: Side>(
    runtime: &'a Runtime,
    local: &'a LocalSet,
    side: &'a Rc<S>,
    operation: Operation,
    tasks: u32,
) -> Lane<'a> {
    let run = move |calls| call(runtime, local, side, operation, tasks, calls);
    Lane::many(S::NAME, move |calls| side.prepare(operation, calls), run)
}

/// So many tasks make so many calls together.
fn call<S: Side>(runtime: &Runtime, local: &LocalSet, side: &Rc<S>, operation: Operation, tasks: u32, calls: u32) {
    let left = Rc::new(Cell::new(calls));
    if tasks == 1 {
        return local.block_on(runtime, work(Rc::clone(side), left, operation));
    }
    local.block_on(runtime, async {
        let tasks: Vec<_> =
            (0..tasks).map(|_| tokio::task::spawn_local(work(Rc::clone(side), Rc::clone(&left), operation))).collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

async fn work<S: Side>(side: Rc<S>, left: Rc<Cell<u32>>, operation: Operation) {
    while let Some(rest) = left.get().checked_sub(1) {
        left.set(rest);
        side.call(operation).await;
    }
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
