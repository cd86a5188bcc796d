use dynamodel::Table;

#[derive(Table)]
#[dynamo(pk = "PK", settings(alarms(topic = "ops")))]
struct Shop;

fn main() {}
