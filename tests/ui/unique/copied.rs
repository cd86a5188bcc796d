use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", entities(User))]
struct Crm;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Crm, pk = "USER#{id}")]
struct User {
    id: String,
    #[dynamo(unique)]
    email: String,
    other: String,
}

fn main() {
    let _ = dynamodel::op::Update::new(User::key("1")).set_to(|u| u.email, |u| u.other.value());
}
