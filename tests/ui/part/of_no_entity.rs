use dynamodel::{Entity, Projection, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    hits: u64,
}

#[derive(Projection, Deserialize)]
#[dynamo(of = Shop)]
struct Visits {
    hits: u64,
}

fn main() {}
