use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "PK")]
struct Shop;

fn main() {}
