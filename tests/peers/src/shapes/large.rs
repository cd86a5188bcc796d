//! Items of one large attribute.

use super::{ByHand, Database, Kind, Shape, primary};
use crate::by_hand::{Taker, n, s};
use crate::entities::{Escapes, Floats, Plain, Sample, Wide};
use crate::sdk::Item;
use aws_sdk_dynamodb::types::AttributeValue;
use modyne::EntityDef;
use modyne::keys::{FullKey, Primary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The one attribute by hand.
trait Attribute: Sized {
    fn to_value(&self) -> AttributeValue;
    fn from_value(value: AttributeValue) -> Option<Self>;
}

impl Attribute for String {
    fn to_value(&self) -> AttributeValue {
        s(self)
    }

    fn from_value(value: AttributeValue) -> Option<Self> {
        if let AttributeValue::S(text) = value { Some(text) } else { None }
    }
}

impl Attribute for Vec<f64> {
    fn to_value(&self) -> AttributeValue {
        AttributeValue::L(self.iter().map(n).collect())
    }

    fn from_value(value: AttributeValue) -> Option<Self> {
        let AttributeValue::L(values) = value else { return None };
        values.iter().map(|value| value.as_n().ok()?.parse().ok()).collect()
    }
}

impl Attribute for BTreeMap<String, i64> {
    fn to_value(&self) -> AttributeValue {
        AttributeValue::M(self.iter().map(|(name, count)| (name.clone(), n(count))).collect())
    }

    fn from_value(value: AttributeValue) -> Option<Self> {
        let AttributeValue::M(counters) = value else { return None };
        counters.into_iter().map(|(name, count)| Some((name, count.as_n().ok()?.parse().ok()?))).collect()
    }
}

/// A shape of one large attribute.
macro_rules! one_attribute {
    ($entity:ident, $row:ident, $modyne:ident, $kind:literal, $field:ident: $ty:ty) => {
        #[derive(Serialize, Deserialize, Debug, PartialEq)]
        pub struct $row {
            #[serde(rename = "PK")]
            pk: String,
            #[serde(rename = "SK")]
            sk: String,
            #[serde(rename = "_type")]
            kind: Kind,
            id: String,
            $field: $ty,
        }

        impl ByHand for $row {
            fn to_item(&self) -> Item {
                Item::from([
                    ("PK".to_owned(), s(&self.pk)),
                    ("SK".to_owned(), s(&self.sk)),
                    ("_type".to_owned(), s(self.kind.name())),
                    ("id".to_owned(), s(&self.id)),
                    (stringify!($field).to_owned(), self.$field.to_value()),
                ])
            }

            fn from_item(item: Item) -> Option<Self> {
                let mut item = Taker(item);
                Some(Self {
                    pk: item.s("PK")?,
                    sk: item.s("SK")?,
                    kind: Kind::named(&item.s("_type")?)?,
                    id: item.s("id")?,
                    $field: Attribute::from_value(item.any(stringify!($field))?)?,
                })
            }
        }

        #[derive(EntityDef, Serialize, Deserialize, Clone)]
        #[serde(rename = $kind)]
        pub struct $modyne {
            id: String,
            $field: $ty,
        }

        impl modyne::Entity for $modyne {
            type KeyInput<'a> = &'a str;
            type Table = Database;
            type IndexKeys = ();

            fn primary_key(id: &str) -> Primary {
                primary(format!("DOCUMENT#{id}"), $entity::NAME.to_owned())
            }

            fn full_key(&self) -> FullKey<Primary, ()> {
                FullKey { primary: Self::primary_key(&self.id), indexes: () }
            }
        }

        impl Shape for $entity {
            type Row = $row;
            type Kaicoh = kaicoh_shapes::$entity;
            type Modyne = $modyne;

            fn row(&self) -> $row {
                let Self { id, $field } = self.clone();
                $row { pk: format!("DOCUMENT#{id}"), sk: Self::NAME.to_owned(), kind: Kind::$entity, id, $field }
            }

            fn kaicoh(&self) -> kaicoh_shapes::$entity {
                let $row { pk, sk, kind, id, $field } = self.row();
                kaicoh_shapes::$entity { pk, sk, kind: kind.name().to_owned(), id, $field }
            }

            fn modyne(&self) -> $modyne {
                let Self { id, $field } = self.clone();
                $modyne { id, $field }
            }
        }
    };
}

one_attribute!(Wide, WideRow, WideModyne, "Wide", counters: BTreeMap<String, i64>);
one_attribute!(Plain, PlainRow, PlainModyne, "Plain", body: String);
one_attribute!(Escapes, EscapesRow, EscapesModyne, "Escapes", body: String);
one_attribute!(Floats, FloatsRow, FloatsModyne, "Floats", values: Vec<f64>);
