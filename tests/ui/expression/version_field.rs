use dynamodel::op::Update;
use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByMail, pk = "GSI1PK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", index(by_mail = ByMail, pk = "MAIL#{mail}"))]
struct User {
    id: String,
    mail: String,
    hits: u64,
    nick: Option<String>,
    #[dynamo(version)]
    version: u64,
}

fn main() {
    let _ = Update::new(User::key("ada")).set(|u| u.version, 7);
}
