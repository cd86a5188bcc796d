use dynamodel::Table;

#[derive(Table)]
#[dynamo(
    pk = "PK",
    sk = "SK",
    lsi(Lsi1, sk = "L1"),
    lsi(Lsi2, sk = "L2"),
    lsi(Lsi3, sk = "L3"),
    lsi(Lsi4, sk = "L4"),
    lsi(Lsi5, sk = "L5"),
    lsi(Lsi6, sk = "L6")
)]
struct Shop;

fn main() {}
