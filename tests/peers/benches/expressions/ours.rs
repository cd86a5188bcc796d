//! This library: from the key's fields and the values to the bytes.

use super::super::Given;
use dynamodel::__private::bench;
use dynamodel::op::Update;
use dynamodel::{Entity, Table};
use dynamodel_peers::sdk::TABLE;
use serde::{Deserialize, Serialize};
use std::time::SystemTime;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "TENANT#acme#USER#{user_id}", sk = "ORDER#{id}")]
pub struct Order {
    user_id: String,
    id: String,
    status: String,
    total: i64,
    note: Option<String>,
    region: Option<String>,
}

pub fn body(given: &Given, now: SystemTime) -> impl AsRef<[u8]> + use<> {
    let update = Update::new(Order::key(&given.user_id, &given.id))
        .set(|o| o.status, &given.status)
        .set(|o| o.total, given.total)
        .set(|o| o.note, given.note.as_str())
        .condition(|o| o.status.eq(&given.was))
        .condition(|o| o.total.lt(given.limit))
        .condition(|o| o.region.exists());
    bench::update_body(&update, TABLE, now).unwrap()
}
