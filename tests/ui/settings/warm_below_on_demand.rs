use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", settings(warm_throughput(read = 12_000, write = 3_999)))]
struct Shop;

fn main() {}
