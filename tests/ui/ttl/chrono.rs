use chrono::{DateTime, Utc};
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
    #[dynamo(ttl)]
    expires_at: DateTime<Utc>,
}

fn main() {}
