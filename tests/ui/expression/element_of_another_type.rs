use dynamodel::op::Update;
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    names: Vec<String>,
}

fn main() {
    let _ = Update::new(User::key("ada")).append(|u| u.names, [7]);
}
