use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Order, Line))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
#[dynamo(index(on_day = Gsi1, pk = "DAY#{day}", sk = "{id}"))]
struct Order {
    id: String,
    day: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "LINE#{line:03}")]
#[dynamo(index(on_day = Gsi1, pk = "DAY#{day}", sk = "LINE#{id}"))]
struct Line {
    id: String,
    line: u16,
    day: String,
}

fn main() {}
