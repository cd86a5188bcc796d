//! What writing and reading 10,000 items costs a client here, beside a straightforward loop over the SDK with `serde_dynamo`.
//!
//! Both sides talk to the same embedded engine, with eight requests under way, in turns. What is measured is the CPU time of
//! one thread, the client's: its runtime has no other, and the engine runs on a thread of its own, so that the engine's work
//! is not in it. (The kernel says it in nanoseconds: `/proc/thread-self/schedstat`, Linux only.) It holds everything that
//! a client does for a batch: items to bytes, signing, HTTP, system calls, answers back to items. The other side does
//! less: it does not look for items given twice, and drops nothing but knows no backoff.
//!
//! `cargo bench -p dynamodel-tests --bench batch` prints a table and, as its last line, `RATIOS` with a flat JSON object: how
//! many times less CPU this library takes, and how many times as often the other side allocates.

mod batch {
    pub mod cpu;
    pub mod model;
    pub mod ours;
    pub mod report;
    pub mod sdk;
}
#[path = "harness/effort.rs"]
mod effort;

use batch::cpu;
use batch::model::{Order, Shop};
use batch::report::Report;
use batch::{ours, sdk};
use dynamodel::embedded::Engine;
use effort::{Cost, Effort, Pair, median};
use std::hint::black_box;

/// How many requests are under way.
const AT_ONCE: usize = 8;

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let (count, rounds) = if effort == Effort::Full { (10_000, 11) } else { (260, 1) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let orders: Vec<Order> = (0..count).map(Order::number).collect();
    let shop = runtime.block_on(async { Engine::memory().unwrap().client::<Shop>("shop").await.unwrap() });
    let (client, table) = (shop.sdk().clone(), shop.table_name().to_owned());

    // Each side reads what the other one wrote.
    runtime.block_on(ours::write(&shop, &orders));
    assert_eq!(runtime.block_on(sdk::read(&client, &table, &orders)), orders);
    runtime.block_on(sdk::write(&client, &table, &orders));
    assert_eq!(runtime.block_on(ours::read(&shop, &orders)), orders);

    let mut report = Report::default();
    let writes = pair(
        rounds,
        count,
        || runtime.block_on(ours::write(&shop, &orders)),
        || {
            runtime.block_on(sdk::write(&client, &table, &orders));
        },
    );
    report.add("batch.write", writes);
    let read_ours = || drop(black_box(runtime.block_on(ours::read(&shop, &orders))));
    let read_theirs = || drop(black_box(runtime.block_on(sdk::read(&client, &table, &orders))));
    report.add("batch.read", pair(rounds, count, read_ours, read_theirs));
    report.print();
}

/// The two sides in turns. Costs are those of one item.
fn pair(rounds: usize, items: u32, mut ours: impl FnMut(), mut theirs: impl FnMut()) -> Pair {
    let costs: Vec<(f64, f64)> = (0..rounds).map(|_| (cpu::of(&mut ours), cpu::of(&mut theirs))).collect();
    let allocs = |call: &mut dyn FnMut()| allocation_counter::measure(call).count_total / u64::from(items);
    let each = |nanos: f64| nanos / f64::from(items);
    Pair {
        ratio: median(costs.iter().map(|(ours, theirs)| theirs / ours)),
        ours: Cost { nanos: each(median(costs.iter().map(|(ours, _)| *ours))), allocs: allocs(&mut ours) },
        theirs: Cost { nanos: each(median(costs.iter().map(|(_, theirs)| *theirs))), allocs: allocs(&mut theirs) },
    }
}
