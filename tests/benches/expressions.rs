//! What building an update costs here, beside `dynamodb-expression` and `dynamodb-facade`.
//!
//! Three attributes set, three conditions, the item's key included:
//!
//! - **ours**: from the key's fields to the finished bytes of the request's body. It says more than was asked: that the
//!   item must be there (a fourth condition), and that a refusal brings the item along.
//! - **`dynamodb-expression`**: to the SDK's `UpdateItemInput` with the finished texts, names, values and key. The key is
//!   built by hand, which is not the crate's concern; paths are made from names without parsing them.
//! - **`dynamodb-facade`**: to the SDK's fluent builder, which holds the same. That is where its own part ends.
//! - **`.wire`**: as far as ours, with the SDK's own serializer behind either of them. (The fluent builder gives its input
//!   away only to `send`; here `dynamodb-facade` takes its way to a transaction's update, whose parts can be moved out.)
//!
//! `cargo bench -p dynamodel-tests --bench expressions` prints a table and, as its last line, `RATIOS` with a flat JSON
//! object: how many times faster this library is, how many times as often the others allocate, and how often it does.

mod expressions {
    pub mod check;
    pub mod expression;
    pub mod facade;
    pub mod ours;
    pub mod report;
    pub mod sdk;
}
mod harness;

use expressions::report::Report;
use expressions::sdk::Sdk;
use expressions::{check, expression, facade, ours};
use harness::race::{Effort, race};
use std::hint::black_box;
use std::time::{Duration, UNIX_EPOCH};

/// A table's name, which stands in every request.
const TABLE: &str = "shop-prod";

/// What is told of the order; the names of its attributes stand with the sides.
struct Given {
    user_id: String,
    id: String,
    status: String,
    total: i64,
    note: String,
    was: String,
    limit: i64,
}

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let given = Given {
        user_id: "usr_000077000007".to_owned(),
        id: "01J9Z3K8Q4W7X2Y6V5T0000007".to_owned(),
        status: "PAID".to_owned(),
        total: 12_345,
        note: "left at the neighbour's door".to_owned(),
        was: "OPEN".to_owned(),
        limit: 100_000,
    };
    let now = UNIX_EPOCH + Duration::from_secs(1_795_312_230);
    let (client, mut sdk) = (facade::client(), Sdk::new());

    let said = check::said(ours::body(&given, now).as_ref());
    let sent = facade::builder(&client, &given).as_input().clone().build().unwrap();
    for theirs in [expression::input(&given), facade::input(&given), sent] {
        assert_eq!(said, check::said(&sdk.body(theirs)));
    }

    let ours = || drop(black_box(ours::body(black_box(&given), now)));
    let mut report = Report::default();
    report.add("expression", race(effort, ours, || drop(black_box(expression::input(black_box(&given))))));
    report.add("facade", race(effort, ours, || drop(black_box(facade::builder(&client, black_box(&given))))));
    let wire = || drop(black_box(sdk.request(expression::input(black_box(&given)))));
    report.add("expression.wire", race(effort, ours, wire));
    let wire = || drop(black_box(sdk.request(facade::input(black_box(&given)))));
    report.add("facade.wire", race(effort, ours, wire));
    report.print();
}
