use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Member))]
struct Club;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER", query = of_user)]
struct User {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Club, pk = "MEMBER#{id}", sk = "MEMBER", query = of_member)]
struct Member {
    id: String,
}

fn use_it(club: Client<Club>) {
    let _ = club.query(Member::key("ada"));
}

fn main() {}
