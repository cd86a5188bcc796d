use dynamodel::{Entity, Table};
use serde::Deserialize;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
}

fn main() {}
