use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{day}#{id:06}", query = of_customer)]
struct Order {
    customer: String,
    day: String,
    id: u32,
}

fn use_it() {
    let _ = Order::of_customer("ada").id_between(1, 2);
}

fn main() {}
