use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(
    billing(provisioned, read = 10, write = 5),
    auto_scaling(read = 5, write = 5, target_percent = 70)
))]
struct Shop;

fn main() {}
