use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByMail, pk = "GSI1PK"), entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "{name}-{id}", qery = of_user, index(by_mail = ByMail, pk = "MAIL#{data}"))]
struct User {
    id: String,
    #[serde(flatten)]
    data: BTreeMap<String, String>,
    #[dynamo(version)]
    version: u64,
    #[dynamo(version, tll)]
    revision: u64,
    #[serde(skip_serializing)]
    secret: String,
}

fn main() {}
