//! The cart: fifteen attributes, keys included, and a list of five maps; 1.2 KB.

mod fields;
mod row;

use crate::shapes::{Kind, Shape, Shop};
use dynamodel::{Entity, Set};
use serde::{Deserialize, Serialize};

pub use fields::{CartFields, FacadeTable};
pub use row::CartRow;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Line {
    sku: String,
    title: String,
    qty: u32,
    unit_cents: i64,
    gift: bool,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "TENANT#acme#USER#{user_id}", sk = "CART#{created_at}", query = of_user)]
pub struct Cart {
    pub user_id: String,
    pub email: String,
    pub status: String,
    pub total_cents: i64,
    pub discount_rate: f64,
    pub is_gift: bool,
    pub lines: Vec<Line>,
    pub tags: Set<String>,
    pub coupon: Option<String>,
    pub note: Option<String>,
    pub created_at: String,
    pub ttl: u64,
    pub version: u64,
}

impl Shape for Cart {
    const NAME: &'static str = "cart";
    type Row = CartRow;
    type Kaicoh = kaicoh_shapes::Cart;
    type Modyne = CartFields;

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
            ttl: 1_795_312_230 + wide,
            version: 42 + wide,
        }
    }

    fn row(&self) -> CartRow {
        let Self { user_id, email, status, total_cents, discount_rate, is_gift, lines, .. } = self.clone();
        let Self { tags, coupon, note, created_at, ttl, version, .. } = self.clone();
        CartRow {
            pk: pk(&user_id),
            sk: sk(&created_at),
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
            ttl,
            version,
        }
    }

    fn kaicoh(&self) -> kaicoh_shapes::Cart {
        let CartRow { pk, sk, kind, user_id, email, status, total_cents, discount_rate, .. } = self.row();
        let CartRow { is_gift, lines, tags, coupon, note, created_at, ttl, version, .. } = self.row();
        let line =
            |Line { sku, title, qty, unit_cents, gift }| kaicoh_shapes::Line { sku, title, qty, unit_cents, gift };
        kaicoh_shapes::Cart {
            pk,
            sk,
            kind: kind.name().to_owned(),
            user_id,
            email,
            status,
            total_cents,
            discount_rate,
            is_gift,
            lines: lines.into_iter().map(line).collect(),
            tags,
            coupon,
            note,
            created_at,
            ttl,
            version,
        }
    }

    fn modyne(&self) -> CartFields {
        let CartRow { user_id, email, status, total_cents, discount_rate, is_gift, lines, .. } = self.row();
        let CartRow { tags, coupon, note, created_at, ttl, version, .. } = self.row();
        CartFields {
            user_id,
            email,
            status,
            total_cents,
            discount_rate,
            is_gift,
            lines,
            tags,
            coupon,
            note,
            created_at,
            ttl,
            version,
        }
    }
}

/// The partition key of a user's carts.
pub fn pk(user_id: &str) -> String {
    format!("TENANT#acme#USER#{user_id}")
}

/// The sort key of a cart.
pub fn sk(created_at: &str) -> String {
    format!("CART#{created_at}")
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
