use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "id", entities(User))]
struct Crm;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Crm, pk = id)]
struct User {
    id: u64,
    #[dynamo(unique)]
    email: String,
}

fn main() {}
