use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", query = of_user)]
struct User {
    id: String,
    age: u32,
}

fn use_it() {
    let _ = User::of_user("ada").age_from(18);
}

fn main() {}
