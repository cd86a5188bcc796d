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
}

fn delete(crm: dynamodel::Client<Crm>) {
    let _ = crm.batch_write().delete(User::key("1"));
}

fn main() {}
