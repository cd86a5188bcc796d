use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByMail, pk = "GSI1PK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", index(by_mail = ByMail, pk = ["MAIL#{mail}", "{id}"]))]
struct User {
    id: String,
    mail: String,
}

fn main() {}
