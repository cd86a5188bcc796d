//! Locking what has another version than a lease.

use dynamodel::lock::Locks;
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
    pub version: u64,
}

pub async fn lock(shop: &Client<Shop>, job: Job) {
    let _ = Locks::new(shop).acquire(job).await;
}

fn main() {}
