use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", type_attribute = "SK")]
struct Shop;

fn main() {}
