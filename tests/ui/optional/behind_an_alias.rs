use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

type Id = Option<String>;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: Id,
}

fn main() {}
