use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(index(ByAge, warm_throughput(read = 12_000, write = 4_000))))]
struct Shop;

fn main() {}
