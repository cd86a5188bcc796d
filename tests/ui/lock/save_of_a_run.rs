//! A record of a handler that was read earlier, saved.

use dynamodel::lock::Run;
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
    pub run: Run,
}

pub async fn restore(shop: &Client<Shop>, mut old: Job) {
    let _ = shop.save(&mut old).await;
}

fn main() {}
