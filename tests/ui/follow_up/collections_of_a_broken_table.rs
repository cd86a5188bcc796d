use dynamodel::{Client, Collection, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", enttities(Cart), entities(Cart, Line))]
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

#[derive(Collection)]
#[dynamo(of = Shop)]
struct CartView {
    cart: Cart,
    lines: Vec<Line>,
}

async fn use_it(shop: Client<Shop>) -> dynamodel::Result<()> {
    let view = shop.query(CartView::of(Cart::of_cart("c1"))).assemble().await?;
    drop(view.map(|view| (view.cart, view.lines)));
    for item in shop.query(Shop::partition(Line::of_cart("c1"))).collect().await? {
        match item {
            ShopItem::Cart(cart) => drop(cart),
            ShopItem::Line(line) => drop(line),
        }
    }
    Ok(())
}

fn main() {}
