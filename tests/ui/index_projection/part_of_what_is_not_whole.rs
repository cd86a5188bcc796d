use dynamodel::{Client, Entity, Projection, Table};
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

#[derive(Projection, Deserialize)]
#[dynamo(of = Session)]
struct Hits {
    hits: u64,
}

fn use_it(shop: Client<Shop>) {
    let _ = shop.query(Session::by_token("t")).part::<Hits>();
}

fn main() {}
