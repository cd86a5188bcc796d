use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByMail, name = "by mail", pk = "GSI1PK"))]
struct Shop;

fn main() {}
