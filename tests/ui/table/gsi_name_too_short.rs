use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(G1, pk = "GSI1PK"))]
struct Shop;

fn main() {}
