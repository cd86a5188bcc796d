use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK"), entities(Session))]
struct Shop;

#[derive(Entity, Serialize, Deserialize, Default)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "SESSION")]
#[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", include(hits)))]
#[serde(default)]
struct Session {
    user: String,
    token: String,
    hits: u64,
}

fn main() {}
