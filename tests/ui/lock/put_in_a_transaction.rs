//! Also beside other writes, a put would bring any lease back.

use dynamodel::lock::Lease;
use dynamodel::op::Put;
use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Job))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "JOB#{name}", sk = "LOCK")]
pub struct Job {
    pub name: String,
    #[dynamo(version)]
    pub lease: Lease,
}

pub async fn restore(shop: &Client<Shop>, old: Job) {
    let _ = shop.transact((Put::new(&old),)).await;
}

fn main() {}
