use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Session))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "SESSION#{id}")]
#[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", sk = "SESSION", include(more)))]
struct Session {
    user: String,
    id: String,
    token: String,
    hits: u64,
    #[serde(flatten)]
    more: std::collections::BTreeMap<String, String>,
}

fn main() {}
