use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", lsi(ByScore, pk = "LSI1PK", sk = "LSI1SK"))]
struct Shop;

fn main() {}
