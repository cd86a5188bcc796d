use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Session))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "SESSION#{id}")]
#[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", sk = "SESSION", keys_only, mixed))]
struct Session {
    user: String,
    id: String,
    token: String,
    hits: u64,
}

fn main() {}
