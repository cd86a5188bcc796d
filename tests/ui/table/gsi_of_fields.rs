use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByPlace, pk = [country, city]))]
struct Shop;

fn main() {}
