use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order, Line))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "ORDER#{number:06}", query = of_user)]
struct Order {
    user: String,
    number: u32,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "USER#{user}", sk = "ORDER#{number:06}#LINE#{line:03}")]
struct Line {
    user: String,
    number: u32,
    line: u16,
}

fn main() {}
