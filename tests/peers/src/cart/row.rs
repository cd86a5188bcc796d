//! The cart of those who use `serde_dynamo`, or the SDK by hand.

use crate::by_hand::{Taker, b, n, s};
use crate::entities::Line;
use crate::sdk::Item;
use crate::shapes::{ByHand, Kind};
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct CartRow {
    #[serde(rename = "PK")]
    pub pk: String,
    #[serde(rename = "SK")]
    pub sk: String,
    #[serde(rename = "_type")]
    pub kind: Kind,
    pub user_id: String,
    pub email: String,
    pub status: String,
    pub total_cents: i64,
    pub discount_rate: f64,
    pub is_gift: bool,
    pub lines: Vec<Line>,
    #[serde(with = "serde_dynamo::string_set")]
    pub tags: BTreeSet<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub created_at: String,
    pub ttl: u64,
    pub version: u64,
}

impl ByHand for CartRow {
    fn to_item(&self) -> Item {
        let mut item = Item::with_capacity(16);
        item.insert("PK".to_owned(), s(&self.pk));
        item.insert("SK".to_owned(), s(&self.sk));
        item.insert("_type".to_owned(), s(self.kind.name()));
        item.insert("user_id".to_owned(), s(&self.user_id));
        item.insert("email".to_owned(), s(&self.email));
        item.insert("status".to_owned(), s(&self.status));
        item.insert("total_cents".to_owned(), n(self.total_cents));
        item.insert("discount_rate".to_owned(), n(self.discount_rate));
        item.insert("is_gift".to_owned(), b(self.is_gift));
        item.insert("lines".to_owned(), AttributeValue::L(self.lines.iter().map(line_to_value).collect()));
        item.insert("tags".to_owned(), AttributeValue::Ss(self.tags.iter().cloned().collect()));
        if let Some(coupon) = &self.coupon {
            item.insert("coupon".to_owned(), s(coupon));
        }
        if let Some(note) = &self.note {
            item.insert("note".to_owned(), s(note));
        }
        item.insert("created_at".to_owned(), s(&self.created_at));
        item.insert("ttl".to_owned(), n(self.ttl));
        item.insert("version".to_owned(), n(self.version));
        item
    }

    fn from_item(item: Item) -> Option<Self> {
        let mut item = Taker(item);
        let AttributeValue::L(lines) = item.any("lines")? else { return None };
        let AttributeValue::Ss(tags) = item.any("tags")? else { return None };
        Some(Self {
            pk: item.s("PK")?,
            sk: item.s("SK")?,
            kind: Kind::named(&item.s("_type")?)?,
            user_id: item.s("user_id")?,
            email: item.s("email")?,
            status: item.s("status")?,
            total_cents: item.n("total_cents")?,
            discount_rate: item.n("discount_rate")?,
            is_gift: item.b("is_gift")?,
            lines: lines.into_iter().map(line_from_value).collect::<Option<_>>()?,
            tags: tags.into_iter().collect(),
            coupon: item.s("coupon"),
            note: item.s("note"),
            created_at: item.s("created_at")?,
            ttl: item.n("ttl")?,
            version: item.n("version")?,
        })
    }
}

fn line_to_value(line: &Line) -> AttributeValue {
    AttributeValue::M(Item::from([
        ("sku".to_owned(), s(&line.sku)),
        ("title".to_owned(), s(&line.title)),
        ("qty".to_owned(), n(line.qty)),
        ("unit_cents".to_owned(), n(line.unit_cents)),
        ("gift".to_owned(), b(line.gift)),
    ]))
}

fn line_from_value(value: AttributeValue) -> Option<Line> {
    let AttributeValue::M(line) = value else { return None };
    let mut line = Taker(line);
    Some(Line {
        sku: line.s("sku")?,
        title: line.s("title")?,
        qty: line.n("qty")?,
        unit_cents: line.n("unit_cents")?,
        gift: line.b("gift")?,
    })
}
