//! What building an update costs here, beside `dynamodb-expression`, `dynamodb-facade` and `modyne`.
//!
//! Three attributes set, three conditions, the item's key included:
//!
//! - **ours**: from the key's fields to the finished bytes of the request's body. It says more than was asked: that the
//!   item must be there (a fourth condition), and that a refusal brings the item along.
//! - **expression**: `dynamodb-expression` to the SDK's `UpdateItemInput` with the finished texts, names, values and key.
//!   The key is built by hand, which is not the crate's concern; paths are made from names without parsing them.
//! - **facade**: `dynamodb-facade` to the SDK's fluent builder, which holds the same. That is where its own part ends.
//! - **modyne**: to the same `UpdateItemInput`; texts and placeholders are written by the user.
//! - **`.wire`**: as far as ours, with the SDK's own serializer behind each of them. (The fluent builder gives its input
//!   away only to `send`; here `dynamodb-facade` takes its way to a transaction's update, whose parts can be moved out.)

mod expressions {
    pub mod check;
    pub mod expression;
    pub mod facade;
    pub mod modyne;
    pub mod ours;
}

use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use dynamodel_peers::harness::{Effort, Lane, Report, race};
use dynamodel_peers::sdk::Sdk;
use expressions::{check, expression, facade, modyne, ours};
use std::hint::black_box;
use std::time::{Duration, UNIX_EPOCH};

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
    let (client, sdk) = (facade::client(), Sdk::default());
    let table = modyne::table(&client);

    let said = check::said(ours::body(&given, now).as_ref());
    let sent = facade::builder(&client, &given).as_input().clone().build().unwrap();
    for theirs in [expression::input(&given), facade::input(&given), sent, modyne::input(&table, &given)] {
        assert_eq!(said, check::said(sdk.update(theirs).body().bytes().unwrap()));
    }

    let wire = |input: UpdateItemInput| drop(black_box(sdk.update(input)));
    let times = race(
        effort,
        vec![
            Lane::new("ours", || drop(black_box(ours::body(black_box(&given), now)))),
            Lane::new("expression", || drop(black_box(expression::input(black_box(&given))))),
            Lane::new("facade", || drop(black_box(facade::builder(&client, black_box(&given))))),
            Lane::new("modyne", || drop(black_box(modyne::input(&table, black_box(&given))))),
            Lane::new("expression.wire", || wire(expression::input(black_box(&given)))),
            Lane::new("facade.wire", || wire(facade::input(black_box(&given)))),
            Lane::new("modyne.wire", || wire(modyne::input(&table, black_box(&given)))),
        ],
    );
    let mut report = Report::default();
    report.ratio("update3cond3.allocs", times[0].allocs);
    for time in &times[1..] {
        report.ratio(format!("update3cond3.{}", time.name), time.times);
        report.ratio(format!("update3cond3.{}.allocs", time.name), time.allocs / times[0].allocs);
    }
    report.add("update3cond3", times);
    report.print();
}
