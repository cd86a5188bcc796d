use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{data}", sk = "USER")]
struct User {
    data: HashMap<String, String>,
}

fn main() {}
