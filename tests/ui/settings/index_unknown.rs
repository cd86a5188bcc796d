use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(billing(on_demand, read = 10, write = 5), index(ByTokn, throughput(read = 1, write = 1))))]
struct Shop;

fn main() {}
