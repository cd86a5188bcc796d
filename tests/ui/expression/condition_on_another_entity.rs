use dynamodel::op::Update;
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User, Order))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    hits: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: String,
    total: u64,
}

fn main() {
    let _ = Update::new(User::key("ada")).set(|u| u.hits, 1).condition(|_| Order::fields().total.gt(1));
}
