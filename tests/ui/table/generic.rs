use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK")]
struct Shop<T>(T);

fn main() {}
