use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByMail, sk = "GSI1SK"))]
struct Shop;

fn main() {}
