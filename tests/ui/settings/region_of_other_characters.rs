use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", settings(replicas = ["us-east-1", "EU West"]))]
struct Shop;

fn main() {}
