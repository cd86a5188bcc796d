//! How often the codec may allocate. Counts are the same on every machine, so they are checked; times are not.

use allocation_counter::measure;
use dynamodel_tests::codec::cases;

/// Per operation the allocations, and the instructions, which `tests/peers/budget` checks.
const BUDGET: &str = include_str!("budget/codec.txt");

/// How often an operation may allocate; one without a budget never.
fn allowed(name: &str) -> u64 {
    let line = BUDGET.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[test]
fn the_codec_allocates_no_more_than_its_budget_allows() {
    let mut over = Vec::new();
    let cases = cases();
    for case in &cases {
        // Once for what is kept for the next item.
        (case.call)();
        let counted = measure(|| (case.call)()).count_total;
        let allowed = allowed(&case.name);
        println!("{} {counted}", case.name);
        if counted > allowed {
            over.push(format!("{} allocates {counted} times, and may {allowed} times", case.name));
        }
    }
    assert_eq!(cases.len(), 19);
    assert!(over.is_empty(), "{}", over.join("\n"));
}
