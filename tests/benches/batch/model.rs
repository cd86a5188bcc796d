//! What is written and read: an order of nine attributes, keys and type included, some 400 bytes.

use dynamodel::{Entity, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{id}")]
pub struct Order {
    pub customer: String,
    pub id: String,
    pub status: String,
    pub total_cents: i64,
    pub paid: bool,
    pub lines: Vec<Line>,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Line {
    pub sku: String,
    pub quantity: u32,
    pub unit_cents: i64,
}

impl Order {
    pub fn number(number: u32) -> Self {
        let line = |part: u32| Line { sku: format!("sku-{number:06}-{part}"), quantity: part, unit_cents: 1_299 };
        Self {
            customer: format!("cus_{:06}", number % 100),
            id: format!("ord_{number:08}"),
            status: "PAID".to_owned(),
            total_cents: 7_794,
            paid: true,
            lines: vec![line(1), line(2), line(3)],
        }
    }
}
