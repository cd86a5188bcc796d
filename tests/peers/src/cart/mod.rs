//! The cart in the others' forms.

mod fields;
mod row;

use crate::entities::{Cart, Line};
use crate::shapes::{Kind, Shape};

pub use fields::{CartFields, FacadeTable};
pub use row::CartRow;

impl Shape for Cart {
    type Row = CartRow;
    type Kaicoh = kaicoh_shapes::Cart;
    type Modyne = CartFields;

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
