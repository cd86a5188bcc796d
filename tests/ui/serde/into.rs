use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity, Serialize, Deserialize, Clone)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
#[serde(into = "String", from = "String")]
struct User {
    id: String,
}

impl From<String> for User {
    fn from(id: String) -> Self {
        Self { id }
    }
}

impl From<User> for String {
    fn from(user: User) -> Self {
        user.id
    }
}

fn main() {}
