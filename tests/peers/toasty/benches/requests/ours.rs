//! This library.

use super::order::Row;
use dynamodel::{Client, Entity, Table};
use serde::{Deserialize, Serialize};
use toasty_peer::side::{Operation, Side};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "TENANT#{tenant}", sk = "ORDER#{id}", query = of_tenant)]
pub struct Order {
    pub tenant: String,
    pub id: String,
    pub status: String,
    pub created_at: String,
    pub title: String,
    pub note: Option<String>,
    pub count: u64,
    pub total: i64,
    pub active: bool,
    pub rate: f64,
    pub version: u64,
    pub expires_at: Option<u64>,
}

impl From<Row> for Order {
    fn from(row: Row) -> Self {
        let Row { tenant, id, status, created_at, title, note, .. } = row;
        let Row { count, total, active, rate, version, expires_at, .. } = row;
        Self { tenant, id, status, created_at, title, note, count, total, active, rate, version, expires_at }
    }
}

/// The order of that number as it is stored.
pub fn item(number: u32) -> String {
    let body = dynamodel::__private::bench::put_body(&Order::from(Row::number(number)), "").unwrap();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    body["Item"].to_string()
}

pub struct Ours {
    shop: Client<Shop>,
    orders: Vec<Order>,
}

impl Ours {
    pub fn new(client: &aws_sdk_dynamodb::Client) -> Self {
        let orders = (0..25).map(|number| Row::number(number).into()).collect();
        Self { shop: Shop::connect(client, "orders"), orders }
    }
}

impl Side for Ours {
    const NAME: &'static str = "ours";

    async fn call(&self, operation: Operation) {
        let (shop, order) = (&self.shop, &self.orders[7]);
        let key = || Order::key(&order.tenant, &order.id);
        match operation {
            Operation::Put => {
                shop.put(order).await.unwrap();
            }
            Operation::Get => assert_eq!(shop.get(key()).await.unwrap().unwrap().id, order.id),
            Operation::Update => {
                shop.update(key()).set(|o| o.status, "PAID").set(|o| o.total, 1_999).await.unwrap();
            }
            Operation::Query => {
                assert_eq!(shop.query(Order::of_tenant(&order.tenant)).await.unwrap().items.len(), 100);
            }
            Operation::Batch => {
                shop.batch_write().put_all(&self.orders).await.unwrap();
            }
            Operation::Transact => {}
        }
    }
}
