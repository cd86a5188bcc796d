use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    #[dynamo(ttl, key_only)]
    expires_at: Expiry,
}

fn main() {}
