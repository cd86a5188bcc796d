use dynamodel::{Entity, KeySegment, Table};
use serde::{Deserialize, Serialize};

#[derive(KeySegment, Serialize, Deserialize)]
struct Number(u32);

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number:06}", query = of_customer)]
struct Order {
    customer: String,
    number: Number,
}

fn use_it() {
    let _ = Order::of_customer("ada").number_begins_with("0");
}

fn main() {}
