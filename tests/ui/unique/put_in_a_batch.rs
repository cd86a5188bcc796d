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

fn put(crm: dynamodel::Client<Crm>, user: &User) {
    let _ = crm.batch_write().unchecked().put(user);
}

fn main() {}
