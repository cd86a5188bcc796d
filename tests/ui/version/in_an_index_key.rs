use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByVersion, pk = "GSI1PK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", index(by_version = ByVersion, pk = version))]
struct User {
    id: String,
    #[dynamo(version)]
    version: u64,
}

fn main() {}
