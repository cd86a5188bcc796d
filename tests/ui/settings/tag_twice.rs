use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(tag(key = "team", value = "a"), tag(key = "team", value = "b")))]
struct Shop;

fn main() {}
