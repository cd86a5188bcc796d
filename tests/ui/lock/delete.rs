//! Without the record the fencing token begins anew.

use dynamodel::lock::Lease;
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

pub async fn forget(shop: &Client<Shop>, _: ()) {
    let _ = shop.delete(Job::key("nightly")).await;
}

fn main() {}
