use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "{version:020}")]
struct User {
    id: String,
    #[dynamo(version)]
    version: u64,
}

fn main() {}
