use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Session))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "SESSION#{id}")]
#[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", sk = "SESSION", keys_only))]
struct Session {
    user: String,
    id: String,
    token: String,
    hits: u64,
}

async fn use_it(shop: Client<Shop>) -> dynamodel::Result<u64> {
    let found = shop.query(Session::by_token("t")).first().await?;
    Ok(found.map_or(0, |session| session.hits))
}

fn main() {}
