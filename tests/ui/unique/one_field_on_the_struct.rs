use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", entities(User))]
struct Crm;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Crm, pk = "USER#{id}", unique(country))]
struct User {
    id: String,
    country: String,
}

fn main() {}
