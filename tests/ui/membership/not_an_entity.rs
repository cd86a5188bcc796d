use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(User))]
struct Shop;

struct User;

fn main() {}
