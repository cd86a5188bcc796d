use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByScore, pk = "score"), entities(User, Order))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", index(by_score = ByScore, pk = score))]
struct User {
    id: String,
    score: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "ORDER", index(by_rank = ByScore, pk = rank))]
struct Order {
    id: String,
    #[serde(rename = "score")]
    rank: String,
}

fn main() {}
