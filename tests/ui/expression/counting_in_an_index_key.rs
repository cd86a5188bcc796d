use dynamodel::op::Update;
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByPlace, pk = "GSI1PK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", index(in_place = ByPlace, pk = "SCORE#{score:010}"))]
struct User {
    id: String,
    score: u32,
}

fn main() {
    let _ = Update::new(User::key("ada")).add(|u| u.score, 1);
}
