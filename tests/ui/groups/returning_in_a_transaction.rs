use dynamodel::op::Update;
use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Counted))]
struct Shop;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Member))]
struct Club;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "COUNTED#{id}", sk = "COUNTED")]
struct Counted {
    id: String,
    hits: u64,
    #[dynamo(version)]
    version: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "MEMBER#{id}", sk = "MEMBER")]
struct Member {
    id: String,
}

async fn use_it(shop: Client<Shop>) {
    let _ = shop.transact((Update::new(Counted::key("a")).add(|c| c.hits, 1).returning_new(),)).await;
}

fn main() {}
