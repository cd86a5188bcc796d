use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "")]
struct Shop;

fn main() {}
