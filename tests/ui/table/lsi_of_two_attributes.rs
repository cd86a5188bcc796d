use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", lsi(ByScore, sk = ["a", "b"]))]
struct Shop;

fn main() {}
