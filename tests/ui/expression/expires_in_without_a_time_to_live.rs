use dynamodel::op::Update;
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByAge, pk = "GSI1PK", sk = "GSI1SK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    hits: u64,
}

fn main() {
    let _ = Update::new(User::key("ada")).expires_in(std::time::Duration::from_secs(60));
}
