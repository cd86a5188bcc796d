//! The cart: fifteen attributes, keys included, and a list of five maps.

use super::shapes::{Kind, Shape, Shop};
use dynamodel::{Entity, Expiry, Set};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Line {
    sku: String,
    title: String,
    qty: u32,
    unit_cents: i64,
    gift: bool,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "TENANT#acme#USER#{user_id}", sk = "CART#{created_at}")]
pub struct Cart {
    user_id: String,
    email: String,
    status: String,
    total_cents: i64,
    discount_rate: f64,
    is_gift: bool,
    lines: Vec<Line>,
    tags: Set<String>,
    coupon: Option<String>,
    note: Option<String>,
    created_at: String,
    #[dynamo(ttl)]
    ttl: Expiry,
    #[dynamo(version)]
    version: u64,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
pub struct CartRow {
    #[serde(rename = "PK")]
    pk: String,
    #[serde(rename = "SK")]
    sk: String,
    #[serde(rename = "_type")]
    kind: Kind,
    user_id: String,
    email: String,
    status: String,
    total_cents: i64,
    discount_rate: f64,
    is_gift: bool,
    lines: Vec<Line>,
    #[serde(with = "serde_dynamo::string_set")]
    tags: BTreeSet<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coupon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    created_at: String,
    ttl: u64,
    version: u64,
}

impl Shape for Cart {
    const NAME: &'static str = "cart";
    type Row = CartRow;

    fn sample(number: u32) -> Self {
        let wide = u64::from(number);
        Self {
            user_id: format!("usr_{:012}", 77_000_000 + wide),
            email: format!("customer.{number}@example.com"),
            status: "ACTIVE".to_owned(),
            total_cents: 123_456 + i64::from(number),
            discount_rate: 0.125,
            is_gift: number.is_multiple_of(2),
            lines: (0..5).map(|line| Line::sample(number, line)).collect(),
            tags: ["loyalty", "mobile", "promo-2026"].map(str::to_owned).into(),
            coupon: Some("SUMMER-25".to_owned()),
            note: None,
            created_at: "2026-11-22T02:03:50.123Z".to_owned(),
            ttl: Expiry::from_epoch_seconds(1_795_312_230 + wide).unwrap(),
            version: 42 + wide,
        }
    }

    fn row(&self) -> CartRow {
        let Self { user_id, email, status, total_cents, discount_rate, is_gift, lines, .. } = self.clone();
        let Self { tags, coupon, note, created_at, ttl, version, .. } = self.clone();
        CartRow {
            pk: format!("TENANT#acme#USER#{user_id}"),
            sk: format!("CART#{created_at}"),
            kind: Kind::Cart,
            user_id,
            email,
            status,
            total_cents,
            discount_rate,
            is_gift,
            lines,
            tags: tags.into_inner(),
            coupon,
            note,
            created_at,
            ttl: ttl.epoch_seconds(),
            version,
        }
    }
}

impl Line {
    fn sample(number: u32, line: u32) -> Self {
        Self {
            sku: format!("SKU-{:06}-{line}", number * 7 + line),
            title: format!("Organic cotton t-shirt, size M, colour #{line}"),
            qty: 1 + line,
            unit_cents: 1999 + 100 * i64::from(line),
            gift: line % 2 == 1,
        }
    }
}
