//! What a request costs the client with `toasty`, with this library, and with the SDK and `serde_dynamo`: an order of twelve
//! plain fields (toasty has no sets and no plain lists of structs). Each library keeps it in a table of its own form.

mod requests {
    pub mod order;
    pub mod ours;
    pub mod serde;
    pub mod toasty;
}

use requests::order::Row;
use requests::ours::Ours;
use requests::serde::Serde;
use requests::toasty::Toasty;
use std::rc::Rc;
use toasty_peer::harness::{Effort, Report, race_of};
use toasty_peer::server::{Answers, Server};
use toasty_peer::side::{Operation, Side, client};
use toasty_peer::work::{TASKS, Worker};

const OPERATIONS: [Operation; 5] =
    [Operation::Put, Operation::Get, Operation::Update, Operation::Query, Operation::Batch];

fn main() {
    let Some(effort) = Effort::asked() else { return };
    let worker = Worker::default();
    let plain = Server::start(answers(|number| serde_dynamo_json(&Row::number(number))));
    let own = Server::start(answers(requests::ours::item));
    let ours = Rc::new(Ours::new(&client(&own.endpoint())));
    let serde = Rc::new(Serde::new(client(&plain.endpoint())));
    let toasty = Rc::new(worker.block_on(Toasty::new(client(&plain.endpoint()))));

    let mut report = Report::default();
    for (prefix, tasks) in [("", TASKS), ("one.", 1)] {
        for operation in OPERATIONS {
            let lanes = vec![
                worker.lane(&serde, operation, tasks),
                worker.lane(&ours, operation, tasks),
                worker.lane(&toasty, operation, tasks),
            ];
            let many = if matches!(operation, Operation::Query | Operation::Batch) { TASKS } else { 3 * TASKS };
            let (rounds, calls) = if effort == Effort::Full { (41, many) } else { (1, 1) };
            let times = race_of(rounds, calls, lanes);
            let name = format!("{prefix}{}", operation.name());
            let (ours, theirs) = (&times[1], &times[2]);
            assert_eq!(theirs.name, Toasty::NAME);
            report.ratio(format!("{name}.cpu.toasty"), ours.times / theirs.times);
            report.ratio(format!("{name}.allocs.toasty"), ours.allocs / theirs.allocs);
            report.ratio(format!("{name}.bytes.toasty"), ours.bytes / theirs.bytes);
            report.add(format!("{name} (order)"), times);
        }
    }
    report.print();
}

fn answers(item: impl Fn(u32) -> String) -> Answers {
    let page: Vec<String> = (0..100).map(&item).collect();
    let page = format!("{{\"Count\":100,\"Items\":[{}],\"ScannedCount\":100}}", page.join(","));
    let one = item(7);
    Answers::from([
        ("GetItem", format!("{{\"Item\":{one}}}").into_bytes()),
        // Whoever reads one item as a batch of one.
        ("BatchGetItem", format!("{{\"Responses\":{{\"orders\":[{one}]}},\"UnprocessedKeys\":{{}}}}").into_bytes()),
        ("Query", page.into_bytes()),
        ("BatchWriteItem", b"{\"UnprocessedItems\":{}}".to_vec()),
    ])
}

/// An item in DynamoDB JSON.
fn serde_dynamo_json(row: &Row) -> String {
    let json = serde_json::to_value(row).unwrap();
    let value = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => serde_json::json!({ "S": text }),
        serde_json::Value::Bool(truth) => serde_json::json!({ "BOOL": truth }),
        other => serde_json::json!({ "N": other.to_string() }),
    };
    let members = json.as_object().unwrap().iter().map(|(name, member)| (name.clone(), value(member)));
    serde_json::Value::Object(members.collect()).to_string()
}
