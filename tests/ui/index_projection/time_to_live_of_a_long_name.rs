use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Session))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "SESSION#{id}")]
struct Session {
    user: String,
    id: String,
    #[dynamo(ttl)]
    #[serde(rename = "a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_a_name_that_goes_on_")]
    until: Expiry,
}

fn main() {}
