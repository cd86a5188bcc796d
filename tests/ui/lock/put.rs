//! A value that was made anew says nothing of who has the lock.

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

pub async fn begin(shop: &Client<Shop>, job: Job) {
    let _ = shop.put(&job).await;
}

fn main() {}
