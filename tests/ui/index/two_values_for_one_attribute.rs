use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByMail, pk = "SK", sk = "PK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "MAIL#{mail}", index(of_mail = ByMail, pk = "MAIL#{mail}", sk = "{id}"))]
struct User {
    id: String,
    mail: String,
}

fn main() {}
