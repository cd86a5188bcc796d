use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByPlace, pk = ["a", "b", "c", "d", "e"]))]
struct Shop;

fn main() {}
