// A table of carts for this crate's examples.
#[allow(unused_imports)]
use dynamodel::{Collection, Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Cart, CartLine))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "CART", query = of_cart)]
pub struct Cart {
    pub id: String,
    pub owner: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CART#{id}", sk = "CARTLINE#{number:04}", query = of_cart)]
pub struct CartLine {
    pub id: String,
    pub number: u16,
    pub sku: String,
}

#[derive(Collection, Debug)]
#[dynamo(of = Shop)]
pub struct CartView {
    pub cart: Cart,
    pub lines: Vec<CartLine>,
}
