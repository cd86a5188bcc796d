use dynamodel::{Entity, Table};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK")]
struct Shop;

#[derive(Entity)]
#[dynamo(table = Shop, pk = "USER#{id}", sk = "USER")]
union User {
    id: u64,
}

fn main() {}
