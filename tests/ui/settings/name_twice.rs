use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(name = "shop", default_name = "shop"))]
struct Shop;

fn main() {}
