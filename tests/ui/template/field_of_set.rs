use dynamodel::{Entity, Set, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{tags}", sk = "USER")]
struct User {
    tags: Set<String>,
}

fn main() {}
