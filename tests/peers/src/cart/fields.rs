//! The cart of `modyne` and of `dynamodb-facade`: both render the keys themselves.

use super::{pk, sk};
use crate::entities::Line;
use crate::sdk::TABLE;
use crate::shapes::{Database, primary};
use dynamodb_facade::{StringAttribute, attribute_definitions, dynamodb_item, table_definitions};
use modyne::EntityDef;
use modyne::keys::{FullKey, Primary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(EntityDef, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[serde(rename = "Cart")]
pub struct CartFields {
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

impl modyne::Entity for CartFields {
    type KeyInput<'a> = (&'a str, &'a str);
    type Table = Database;
    type IndexKeys = ();

    fn primary_key((user_id, created_at): Self::KeyInput<'_>) -> Primary {
        primary(pk(user_id), sk(created_at))
    }

    fn full_key(&self) -> FullKey<Primary, ()> {
        FullKey { primary: Self::primary_key((&self.user_id, &self.created_at)), indexes: () }
    }
}

attribute_definitions! {
    Pk { "PK": StringAttribute }
    Sk { "SK": StringAttribute }
    Kind { "_type": StringAttribute }
}

table_definitions! {
    FacadeTable {
        type PartitionKey = Pk;
        type SortKey = Sk;
        fn table_name() -> String {
            TABLE.to_owned()
        }
    }
}

dynamodb_item! {
    #[table = FacadeTable]
    CartFields {
        #[partition_key]
        Pk {
            fn attribute_id(&self) -> &'id str { &self.user_id }
            fn attribute_value(id) -> String { pk(id) }
        }
        #[sort_key]
        Sk {
            fn attribute_id(&self) -> &'id str { &self.created_at }
            fn attribute_value(id) -> String { sk(id) }
        }
        Kind { const VALUE: &'static str = "Cart"; }
    }
}
