use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", lsi(ByScore, sk = "LSI1SK"))]
struct Shop;

fn main() {}
