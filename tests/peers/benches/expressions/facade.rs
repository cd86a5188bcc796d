//! `dynamodb-facade`: from the key's fields and the values to the SDK's builders.

use super::super::Given;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::{Client, Config, config::BehaviorVersion};
use dynamodb_facade::explicit_client::DynamoDBItemOp;
use dynamodb_facade::{
    Condition, DynamoDBItemTransactOp, KeyId, StringAttribute, Update, attribute_definitions, dynamodb_item,
    table_definitions,
};
use dynamodel_peers::sdk::TABLE;
use serde::{Deserialize, Serialize};

attribute_definitions! {
    Pk { "PK": StringAttribute }
    Sk { "SK": StringAttribute }
    Kind { "_type": StringAttribute }
}

table_definitions! {
    Shop {
        type PartitionKey = Pk;
        type SortKey = Sk;
        fn table_name() -> String {
            TABLE.to_owned()
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct Order {
    user_id: String,
    id: String,
    status: String,
    total: i64,
    note: Option<String>,
    region: Option<String>,
}

dynamodb_item! {
    #[table = Shop]
    Order {
        #[partition_key]
        Pk {
            fn attribute_id(&self) -> &'id str { &self.user_id }
            fn attribute_value(id) -> String { format!("TENANT#acme#USER#{id}") }
        }
        #[sort_key]
        Sk {
            fn attribute_id(&self) -> &'id str { &self.id }
            fn attribute_value(id) -> String { format!("ORDER#{id}") }
        }
        Kind { const VALUE: &'static str = "Order"; }
    }
}

/// A client that is never asked to send anything.
pub fn client() -> Client {
    Client::from_conf(Config::builder().behavior_version(BehaviorVersion::latest()).build())
}

pub fn builder(client: &Client, given: &Given) -> UpdateItemFluentBuilder {
    Order::update_by_id(client.clone(), KeyId::pk(given.user_id.as_str()).sk(given.id.as_str()), update(given))
        .condition(condition(given))
        .return_none()
        .into_inner()
}

pub fn input(given: &Given) -> UpdateItemInput {
    let update = Order::transact_update_by_id(KeyId::pk(given.user_id.as_str()).sk(given.id.as_str()), update(given))
        .condition(condition(given))
        .into_inner()
        .build()
        .unwrap();
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

fn update(given: &Given) -> Update<'_> {
    Update::combine([
        Update::set("status", &given.status),
        Update::set("total", given.total),
        Update::set("note", &given.note),
    ])
}

fn condition(given: &Given) -> Condition<'_> {
    Condition::and([
        Condition::eq("status", &given.was),
        Condition::lt("total", given.limit),
        Condition::exists("region"),
    ])
}
