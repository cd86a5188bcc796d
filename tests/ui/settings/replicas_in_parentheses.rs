use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(replicas("us-east-1")))]
struct Shop;

fn main() {}
