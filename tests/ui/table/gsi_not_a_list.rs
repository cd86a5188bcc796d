use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi = "GSI1")]
struct Shop;

fn main() {}
