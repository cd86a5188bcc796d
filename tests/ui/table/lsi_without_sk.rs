use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", lsi(ByScore))]
struct Shop;

fn main() {}
