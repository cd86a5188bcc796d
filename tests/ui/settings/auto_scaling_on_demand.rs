use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(auto_scaling(read = 100, write = 50, target_percent = 70)))]
struct Shop;

fn main() {}
