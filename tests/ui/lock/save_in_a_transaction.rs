//! The same in a transaction.

use dynamodel::lock::Lease;
use dynamodel::op::Save;
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

pub async fn touch(shop: &Client<Shop>, mut job: Job) {
    let _ = shop.transact((Save::new(&mut job),)).await;
}

fn main() {}
