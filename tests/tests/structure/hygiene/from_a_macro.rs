//! A table and its entity from a macro of this crate, which uses little of what is generated.

use dynamodel::{Entity, Expiry, Nested, Table};
use serde::{Deserialize, Serialize};

macro_rules! model {
    ($table:ident, $entity:ident, $part:ident) => {
        #[derive(Table)]
        #[dynamo(pk = "PK", sk = "SK", gsi(ByOwner, pk = "GSI1PK"), entities($entity))]
        struct $table;

        #[derive(Nested, Serialize, Deserialize, Debug, Clone, PartialEq)]
        struct $part {
            street: String,
        }

        #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
        #[dynamo(table = $table, pk = "ID#{id}", sk = "ORDER#{day}", query = of_id)]
        #[dynamo(index(by_owner = ByOwner, pk = "OWNER#{owner}#{id}", keys_only))]
        struct $entity {
            id: String,
            day: String,
            owner: String,
            #[dynamo(nested)]
            place: $part,
            #[dynamo(version)]
            version: u64,
            #[dynamo(ttl)]
            until: Option<Expiry>,
        }
    };
}
model!(Made, Order, Place);

/// Whoever uses it uses little of it.
pub fn key() -> String {
    format!("{} {}", Order::key("a", "b"), Made::SCHEMA.name)
}
