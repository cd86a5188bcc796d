use dynamodel::op::Get;
use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Member))]
struct Club;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "MEMBER#{id}", sk = "MEMBER")]
struct Member {
    id: String,
}

async fn use_it(shop: Client<Shop>) {
    let _ = shop.transact((Get::new(User::key("a")),)).await;
}

fn main() {}
