use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByMail, pk = "GSI1PK"), gsi(ByMail, name = "by-mail", pk = "GSI2PK"))]
struct Shop;

fn main() {}
