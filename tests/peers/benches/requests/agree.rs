//! What the server answers, and what everybody must have said to it.

use dynamodel::__private::bench;
use dynamodel_peers::check::normal;
use dynamodel_peers::entities::{Cart, Sample};
use dynamodel_peers::sdk::TABLE;
use dynamodel_peers::server::{Answers, Server};
use dynamodel_peers::side::Operation;
use serde_json::Value;

/// How many carts a page holds, and how many a batch writes.
pub const PAGE: usize = 100;
pub const BATCH: u32 = 25;

pub fn answers() -> Answers {
    let item = |number: usize| {
        let cart = Cart::sample(u32::try_from(number).unwrap());
        let body: Value = serde_json::from_slice(bench::put_body(&cart, TABLE).unwrap().as_ref()).unwrap();
        body["Item"].to_string()
    };
    let page: Vec<String> = (0..PAGE).map(item).collect();
    let page = format!("{{\"Count\":{PAGE},\"Items\":[{}],\"ScannedCount\":{PAGE}}}", page.join(","));
    Answers::from([
        ("GetItem", format!("{{\"Item\":{}}}", item(7)).into_bytes()),
        ("Query", page.into_bytes()),
        ("BatchWriteItem", b"{\"UnprocessedItems\":{}}".to_vec()),
    ])
}

/// The part of the last request on which all agree: keys and items, whatever texts and names the conditions have.
pub fn said(server: &Server, operation: Operation, side: &str) -> Vec<Value> {
    let of = |name: &str| server.told(name).unwrap_or_else(|| panic!("{side} sent no {name}"));
    match operation {
        Operation::Put => vec![normal(&of("PutItem"))["Item"].clone()],
        Operation::Get => vec![normal(&of("GetItem"))["Key"].clone()],
        Operation::Update => vec![normal(&of("UpdateItem"))["Key"].clone()],
        Operation::Query => {
            let body = normal(&of("Query"));
            let mut values: Vec<Value> =
                body["ExpressionAttributeValues"].as_object().unwrap().values().cloned().collect();
            values.sort_by_key(Value::to_string);
            values
        }
        Operation::Batch => {
            let body = normal(&of("BatchWriteItem"));
            let puts = body["RequestItems"][TABLE].as_array().unwrap().iter();
            let mut items: Vec<Value> = puts.map(|put| put["PutRequest"]["Item"].clone()).collect();
            items.sort_by_key(Value::to_string);
            items
        }
        Operation::Transact => {
            let body = normal(&of("TransactWriteItems"));
            let action = |action: &Value| {
                let (kind, said) = action.as_object().unwrap().iter().next().unwrap();
                let place = if kind == "Put" { &said["Item"] } else { &said["Key"] };
                serde_json::json!([kind, place])
            };
            body["TransactItems"].as_array().unwrap().iter().map(action).collect()
        }
    }
}
