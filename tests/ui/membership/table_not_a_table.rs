use dynamodel::Entity;
use serde::{Deserialize, Serialize};

struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
}

fn main() {}
