use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByAge, pk = "GSI1PK", sk = "GSI1SK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    #[dynamo(updated_at)]
    changed: std::time::SystemTime,
}

fn main() {}
