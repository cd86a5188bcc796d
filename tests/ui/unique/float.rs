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
    score: f64,
}

fn main() {}
