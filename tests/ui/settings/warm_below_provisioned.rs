use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", settings(billing(provisioned, read = 100, write = 50), warm_throughput(read = 99, write = 50)))]
struct Shop;

fn main() {}
