use dynamodel::{Collection, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Cart, Line, Invoice))]
struct Shop;

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "CART", query = of_cart)]
struct Cart {
    id: String,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "LINE#{number:04}", query = of_cart)]
struct Line {
    id: String,
    number: u16,
}

#[derive(Entity, Serialize, Deserialize)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "INVOICE")]
struct Invoice {
    id: String,
}

#[derive(Collection)]
#[dynamo(of = Shop)]
struct CartView {
    cart: Cart,
    lines: Vec<Line>,
}

fn main() {}
