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

mod harness;

use codec::cart::Cart;
use codec::measure::measure;
use codec::report::Report;
use codec::shapes::{Escapes, Floats, Plain, Session, Wide};
use harness::race::Effort;

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let mut report = Report::default();
    report.add(measure::<Session>(effort));
    report.add(measure::<Cart>(effort));
    report.add(measure::<Wide>(effort));
    report.add(measure::<Plain>(effort));
    report.add(measure::<Escapes>(effort));
    report.add(measure::<Floats>(effort));
    report.print();
}
