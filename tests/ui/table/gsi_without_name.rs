use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(pk = "GSI1PK"))]
struct Shop;

fn main() {}
