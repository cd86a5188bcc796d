use dynamodel::{Entity, Table};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

#[derive(Entity)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
struct User {
    id: String,
}

fn main() {}
