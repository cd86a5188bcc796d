use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", entities(User, Note))]
struct Crm;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Crm, pk = "USER#{id}")]
struct User {
    id: String,
    #[dynamo(unique)]
    email: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Crm, pk = "$UNIQUE#{id}")]
struct Note {
    id: String,
}

fn main() {}
