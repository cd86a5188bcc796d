//! `modyne`: from the key's fields and the values to the parts of a transaction's update. (Its other way ends only in
//! `execute`.) The texts are the user's own.

use super::super::Given;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use dynamodel_peers::shapes::{Database, primary};
use modyne::expr::{Condition, Update};
use modyne::keys::{FullKey, Primary};
use modyne::{Entity, EntityDef, EntityExt};
use serde::{Deserialize, Serialize};

#[derive(EntityDef, Serialize, Deserialize)]
pub struct Order {
    user_id: String,
    id: String,
    status: String,
    total: i64,
    note: Option<String>,
    region: Option<String>,
}

impl Entity for Order {
    type KeyInput<'a> = (&'a str, &'a str);
    type Table = Database;
    type IndexKeys = ();

    fn primary_key((user_id, id): Self::KeyInput<'_>) -> Primary {
        primary(format!("TENANT#acme#USER#{user_id}"), format!("ORDER#{id}"))
    }

    fn full_key(&self) -> FullKey<Primary, ()> {
        FullKey { primary: Self::primary_key((&self.user_id, &self.id)), indexes: () }
    }
}

pub fn table(client: &Client) -> Database {
    Database(client.clone())
}

pub fn input(table: &Database, given: &Given) -> UpdateItemInput {
    let update = Update::new("SET #status = :status, #total = :total, #note = :note")
        .name("#status", "status")
        .name("#total", "total")
        .name("#note", "note")
        .value(":status", &given.status)
        .value(":total", given.total)
        .value(":note", &given.note);
    let condition = Condition::new("#status = :was AND #total < :limit AND attribute_exists(#region)")
        .name("#status", "status")
        .name("#total", "total")
        .name("#region", "region")
        .value(":was", &given.was)
        .value(":limit", given.limit);
    let update =
        Order::update((&given.user_id, &given.id)).expression(update).condition(condition).transact().build(table);
    UpdateItemInput::builder()
        .table_name(update.table_name)
        .set_key(Some(update.key))
        .update_expression(update.update_expression)
        .set_condition_expression(update.condition_expression)
        .set_expression_attribute_names(update.expression_attribute_names)
        .set_expression_attribute_values(update.expression_attribute_values)
        .build()
        .unwrap()
}
