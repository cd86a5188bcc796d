use dynamodel::{Entity, Projection, Table};
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

#[derive(Projection, Deserialize)]
#[dynamo(of = User)]
struct Visits {
    hits: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: String,
}

fn main() {
    let _ = dynamodel::op::Get::new(Order::key("o1")).part::<Visits>();
}
