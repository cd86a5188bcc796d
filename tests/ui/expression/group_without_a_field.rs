use dynamodel::op::Update;
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByPlace, pk = "GSI1PK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", index(in_place = ByPlace, pk = "{country}#{city}"))]
struct User {
    id: String,
    country: String,
    city: String,
}

fn main() {
    let _ = Update::new(User::key("ada")).set_key(UserByPlaceKey { city: "Utrecht".into() });
}
