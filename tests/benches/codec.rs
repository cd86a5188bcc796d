//! What encoding and decoding cost here, beside `serde_dynamo` with the SDK's own serializers.
//!
//! `cargo bench -p dynamodel-tests --bench codec` prints a table and, as its last line, `RATIOS` with a flat JSON
//! object: how many times faster this library is, and how often it allocates.

mod codec {
    pub mod cart;
    pub mod check;
    pub mod measure;
    pub mod report;
    pub mod sdk;
    pub mod shapes;
    pub mod sides;
}

use codec::cart::Cart;
use codec::measure::{Effort, measure};
use codec::report::Report;
use codec::shapes::{Escapes, Floats, Plain, Session, Wide};

fn main() {
    let given = |flag: &str| std::env::args().any(|argument| argument == flag);
    if given("--list") {
        return;
    }
    // `cargo bench` says `--bench`; `cargo test --benches` does not, and wants to know only that all of it runs.
    let effort = if given("--bench") && !given("--test") { Effort::Full } else { Effort::Once };
    let mut report = Report::default();
    report.add(measure::<Session>(effort));
    report.add(measure::<Cart>(effort));
    report.add(measure::<Wide>(effort));
    report.add(measure::<Plain>(effort));
    report.add(measure::<Escapes>(effort));
    report.add(measure::<Floats>(effort));
    report.print();
}
