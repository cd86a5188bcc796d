use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByPlace, pk = ["country", "country"]))]
struct Shop;

fn main() {}
