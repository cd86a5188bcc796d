use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK"), lsi(ByAge, sk = "LSI1SK"))]
#[dynamo(settings(point_in_time_recovery = "35"))]
struct Shop;

fn main() {}
