//! Requests from our bytes into the SDK's typed inputs, and typed outputs back into bytes.

mod groups;

pub(super) use groups::{
    batch_get, batch_get_output, batch_write, batch_write_output, transact_get, transact_get_output, transact_write,
    transact_write_output,
};

use super::attribute_value::{Item, read_item, write_item};
use crate::wire::{self, CodecError, Reader};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemOutput;
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::PutItemOutput;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::scan::ScanOutput;
use aws_sdk_dynamodb::operation::scan::builders::ScanFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{
    ConsumedCapacity, ReturnConsumedCapacity, ReturnValue, ReturnValuesOnConditionCheckFailure, Select,
};
use serde::de::Error as _;
use std::collections::HashMap;

type Result<T> = std::result::Result<T, CodecError>;

pub(crate) fn put_item(builder: PutItemFluentBuilder, body: &[u8]) -> Result<PutItemFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TableName" => builder.table_name(reader.string()?),
            "Item" => builder.set_item(Some(read_item(reader)?)),
            "ConditionExpression" => builder.condition_expression(reader.string()?),
            "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
            "ExpressionAttributeValues" => builder.set_expression_attribute_values(Some(read_item(reader)?)),
            "ReturnValues" => builder.return_values(ReturnValue::from(&*reader.string()?)),
            "ReturnValuesOnConditionCheckFailure" => {
                builder.return_values_on_condition_check_failure(on_failure(reader)?)
            }
            other => return Err(unknown(other)),
        })
    })
}

pub(crate) fn get_item(builder: GetItemFluentBuilder, body: &[u8]) -> Result<GetItemFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TableName" => builder.table_name(reader.string()?),
            "Key" => builder.set_key(Some(read_item(reader)?)),
            "ConsistentRead" => builder.consistent_read(reader.boolean()?),
            "ProjectionExpression" => builder.projection_expression(reader.string()?),
            "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
            other => return Err(unknown(other)),
        })
    })
}

pub(crate) fn delete_item(builder: DeleteItemFluentBuilder, body: &[u8]) -> Result<DeleteItemFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TableName" => builder.table_name(reader.string()?),
            "Key" => builder.set_key(Some(read_item(reader)?)),
            "ConditionExpression" => builder.condition_expression(reader.string()?),
            "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
            "ExpressionAttributeValues" => builder.set_expression_attribute_values(Some(read_item(reader)?)),
            "ReturnValues" => builder.return_values(ReturnValue::from(&*reader.string()?)),
            "ReturnValuesOnConditionCheckFailure" => {
                builder.return_values_on_condition_check_failure(on_failure(reader)?)
            }
            other => return Err(unknown(other)),
        })
    })
}

pub(crate) fn update_item(builder: UpdateItemFluentBuilder, body: &[u8]) -> Result<UpdateItemFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TableName" => builder.table_name(reader.string()?),
            "Key" => builder.set_key(Some(read_item(reader)?)),
            "UpdateExpression" => builder.update_expression(reader.string()?),
            "ConditionExpression" => builder.condition_expression(reader.string()?),
            "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
            "ExpressionAttributeValues" => builder.set_expression_attribute_values(Some(read_item(reader)?)),
            "ReturnValues" => builder.return_values(ReturnValue::from(&*reader.string()?)),
            "ReturnValuesOnConditionCheckFailure" => {
                builder.return_values_on_condition_check_failure(on_failure(reader)?)
            }
            other => return Err(unknown(other)),
        })
    })
}

pub(crate) fn query(builder: QueryFluentBuilder, body: &[u8]) -> Result<QueryFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TableName" => builder.table_name(reader.string()?),
            "IndexName" => builder.index_name(reader.string()?),
            "KeyConditionExpression" => builder.key_condition_expression(reader.string()?),
            "FilterExpression" => builder.filter_expression(reader.string()?),
            "ProjectionExpression" => builder.projection_expression(reader.string()?),
            "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
            "ExpressionAttributeValues" => builder.set_expression_attribute_values(Some(read_item(reader)?)),
            "Select" => builder.select(Select::from(&*reader.string()?)),
            "ReturnConsumedCapacity" => builder.return_consumed_capacity(capacity(reader)?),
            "ScanIndexForward" => builder.scan_index_forward(reader.boolean()?),
            "ConsistentRead" => builder.consistent_read(reader.boolean()?),
            "Limit" => builder.limit(reader.number()?.parse().map_err(CodecError::custom)?),
            "ExclusiveStartKey" => builder.set_exclusive_start_key(Some(read_item(reader)?)),
            other => return Err(unknown(other)),
        })
    })
}

pub(crate) fn scan(builder: ScanFluentBuilder, body: &[u8]) -> Result<ScanFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TableName" => builder.table_name(reader.string()?),
            "IndexName" => builder.index_name(reader.string()?),
            "FilterExpression" => builder.filter_expression(reader.string()?),
            "ProjectionExpression" => builder.projection_expression(reader.string()?),
            "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
            "ExpressionAttributeValues" => builder.set_expression_attribute_values(Some(read_item(reader)?)),
            "Select" => builder.select(Select::from(&*reader.string()?)),
            "ReturnConsumedCapacity" => builder.return_consumed_capacity(capacity(reader)?),
            "ConsistentRead" => builder.consistent_read(reader.boolean()?),
            "Segment" => builder.segment(reader.number()?.parse().map_err(CodecError::custom)?),
            "TotalSegments" => builder.total_segments(reader.number()?.parse().map_err(CodecError::custom)?),
            "Limit" => builder.limit(reader.number()?.parse().map_err(CodecError::custom)?),
            "ExclusiveStartKey" => builder.set_exclusive_start_key(Some(read_item(reader)?)),
            other => return Err(unknown(other)),
        })
    })
}

pub(crate) fn put_item_output(output: &PutItemOutput) -> Vec<u8> {
    members([("Attributes", output.attributes())])
}

pub(crate) fn get_item_output(output: &GetItemOutput) -> Vec<u8> {
    members([("Item", output.item())])
}

pub(crate) fn delete_item_output(output: &DeleteItemOutput) -> Vec<u8> {
    members([("Attributes", output.attributes())])
}

pub(crate) fn update_item_output(output: &UpdateItemOutput) -> Vec<u8> {
    members([("Attributes", output.attributes())])
}

pub(crate) fn query_output(output: &QueryOutput) -> Vec<u8> {
    listed(
        output.last_evaluated_key(),
        (output.count(), output.scanned_count()),
        output.consumed_capacity(),
        output.items(),
    )
}

pub(crate) fn scan_output(output: &ScanOutput) -> Vec<u8> {
    listed(
        output.last_evaluated_key(),
        (output.count(), output.scanned_count()),
        output.consumed_capacity(),
        output.items(),
    )
}

/// The answer of Query or Scan.
fn listed(
    stopped: Option<&Item>,
    (count, scanned): (i32, i32),
    consumed: Option<&ConsumedCapacity>,
    items: &[Item],
) -> Vec<u8> {
    let mut out = members([("LastEvaluatedKey", stopped)]);
    out.pop();
    if out.len() > 1 {
        out.push(b',');
    }
    out.extend_from_slice(format!("\"Count\":{count},\"ScannedCount\":{scanned},").as_bytes());
    if let Some(units) = consumed.and_then(ConsumedCapacity::capacity_units) {
        out.extend_from_slice(format!("\"ConsumedCapacity\":{{\"CapacityUnits\":{units}}},").as_bytes());
    }
    out.extend_from_slice(b"\"Items\":[");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_item(item, &mut out);
    }
    out.extend_from_slice(b"]}");
    out
}

/// Hands every member of a body to `member`, which puts it into the builder.
fn fold<B>(body: &[u8], builder: B, mut member: impl FnMut(B, &str, &mut Reader<'_>) -> Result<B>) -> Result<B> {
    let mut builder = Some(builder);
    Reader::new(body)?.object(|reader, name| {
        let Some(current) = builder.take() else { return Err(unknown(name)) };
        builder = Some(member(current, name, reader)?);
        Ok(())
    })?;
    builder.ok_or_else(|| CodecError::custom("the request was lost on its way into the SDK's types"))
}

fn members<const N: usize>(items: [(&str, Option<&Item>); N]) -> Vec<u8> {
    let mut out = vec![b'{'];
    for (name, item) in items {
        if let Some(item) = item {
            if out.len() > 1 {
                out.push(b',');
            }
            wire::write_string(&mut out, name);
            out.push(b':');
            write_item(item, &mut out);
        }
    }
    out.push(b'}');
    out
}

fn names(reader: &mut Reader<'_>) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    reader.object(|reader, alias| {
        names.insert(alias.to_owned(), reader.string()?.into_owned());
        Ok(())
    })?;
    Ok(names)
}

fn capacity(reader: &mut Reader<'_>) -> Result<ReturnConsumedCapacity> {
    Ok(ReturnConsumedCapacity::from(&*reader.string()?))
}

fn on_failure(reader: &mut Reader<'_>) -> Result<ReturnValuesOnConditionCheckFailure> {
    Ok(ReturnValuesOnConditionCheckFailure::from(&*reader.string()?))
}

fn unknown(name: &str) -> CodecError {
    CodecError::custom(format!("the request's member `{name}` has no place in the SDK's types"))
}
