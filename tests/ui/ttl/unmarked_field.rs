//! A field that is no time to live, under the name of the table's: DynamoDB would delete its items by it.

use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Coupon, Session))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "COUPON#{code}", sk = "COUPON")]
pub struct Coupon {
    pub code: String,
    #[serde(rename = "expires_at")]
    pub until: u64,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "SESSION#{id}", sk = "SESSION")]
pub struct Session {
    pub id: String,
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

fn main() {}
