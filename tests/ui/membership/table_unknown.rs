use dynamodel::Entity;
use serde::{Deserialize, Serialize};

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shpo, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
}

fn main() {}
