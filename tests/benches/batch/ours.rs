//! This library's side.

use super::model::{Order, Shop};
use crate::AT_ONCE;
use dynamodel::Client;

pub async fn write(shop: &Client<Shop>, orders: &[Order]) {
    shop.batch_write().put_all(orders).concurrency(AT_ONCE).await.unwrap();
}

pub async fn read(shop: &Client<Shop>, orders: &[Order]) -> Vec<Order> {
    let keys: Vec<_> = orders.iter().map(|order| Order::key(&order.customer, &order.id)).collect();
    let found = shop.batch_get(keys).concurrency(AT_ONCE).await.unwrap();
    found.into_iter().map(Option::unwrap).collect()
}
