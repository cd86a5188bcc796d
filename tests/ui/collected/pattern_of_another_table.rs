use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Line))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "LINE#{number:04}", query = of_cart)]
struct Line {
    id: String,
    number: u16,
}

#[derive(Table)]
#[dynamo(pk = "PK", entities(Member))]
struct Club;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "MEMBER#{id}", query = of_member)]
struct Member {
    id: String,
}

fn use_it() {
    let _ = Shop::partition(Member::of_member("ada"));
}

fn main() {}
