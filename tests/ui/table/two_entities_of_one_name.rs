use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(a::User, b::User))]
pub struct Shop;

mod a {
    use super::*;

    #[derive(Entity, Serialize, Deserialize)]
    #[dynamo(table = Shop, pk = "A#{id}", sk = "A")]
    pub struct User {
        id: String,
    }
}

mod b {
    use super::*;

    #[derive(Entity, Serialize, Deserialize)]
    #[dynamo(table = Shop, pk = "B#{id}", sk = "B", name = "Other")]
    pub struct User {
        id: String,
    }
}

fn main() {}
