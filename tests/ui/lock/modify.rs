//! A lease counts no writes: what is read, changed and written whole would take it along.

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

pub async fn rename(shop: &Client<Shop>) {
    let _ = shop.modify(Job::key("nightly"), |job| job.name.clear()).await;
}

fn main() {}
