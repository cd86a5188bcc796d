use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Legacy))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "legacy|{tenant:raw}", sk = "v{name:raw}", query = of_tenant)]
struct Legacy {
    tenant: String,
    name: String,
}

fn use_it() {
    let _ = Legacy::of_tenant("t").name_from("a");
}

fn main() {}
