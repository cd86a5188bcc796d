//! `dynamodb-expression`: from the values to the SDK's input.

use super::super::Given;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::AttributeValue;
use dynamodb_expression::{Expression, Num, Path};
use dynamodel_peers::sdk::TABLE;

pub fn input(given: &Given) -> UpdateItemInput {
    let path = Path::new_name::<&str>;
    let update = path("status")
        .set(&given.status)
        .and(path("total").set(Num::new(given.total)))
        .and(path("note").set(&given.note));
    let condition = path("status")
        .equal(&given.was)
        .and(path("total").less_than(Num::new(given.limit)))
        .and(path("region").attribute_exists());
    Expression::builder()
        .with_update(update)
        .with_condition(condition)
        .build()
        .to_update_item_input_builder()
        .table_name(TABLE)
        .key("PK", AttributeValue::S(format!("TENANT#acme#USER#{}", given.user_id)))
        .key("SK", AttributeValue::S(format!("ORDER#{}", given.id)))
        .build()
        .unwrap()
}
