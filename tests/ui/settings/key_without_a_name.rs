use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", settings(encryption(kms = "")))]
struct Shop;

fn main() {}
