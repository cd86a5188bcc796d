use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", gsi(ByPlace, pk = ["country", "region"], sk = ["city", "since"]), entities(Shopfront))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "SHOP#{id}")]
#[dynamo(index(in_place = ByPlace, pk = [country, region], sk = [city, since]))]
struct Shopfront {
    id: String,
    country: String,
    region: String,
    city: String,
    since: u32,
}

fn use_it() {
    let _ = Shopfront::in_place("AT", "Wien").since_from(1999);
}

fn main() {}
