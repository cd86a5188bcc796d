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

/// From a body into a builder: the members that each of several operations has, and those of its own.
macro_rules! operation {
    (writes $name:ident: $builder:ty { $($own:literal => |$b:ident, $r:ident| $set:expr),* $(,)? }) => {
        operation! { @ $name: $builder {
            "ConditionExpression" => |b, r| b.condition_expression(r.string()?),
            "ExpressionAttributeValues" => |b, r| b.set_expression_attribute_values(Some(read_item(r)?)),
            "ReturnValues" => |b, r| b.return_values(ReturnValue::from(&*r.string()?)),
            "ReturnValuesOnConditionCheckFailure" => |b, r| {
                b.return_values_on_condition_check_failure(on_failure(r)?)
            },
            $($own => |$b, $r| $set),*
        } }
    };
    (lists $name:ident: $builder:ty { $($own:literal => |$b:ident, $r:ident| $set:expr),* $(,)? }) => {
        operation! { @ $name: $builder {
            "IndexName" => |b, r| b.index_name(r.string()?),
            "FilterExpression" => |b, r| b.filter_expression(r.string()?),
            "ProjectionExpression" => |b, r| b.projection_expression(r.string()?),
            "ExpressionAttributeValues" => |b, r| b.set_expression_attribute_values(Some(read_item(r)?)),
            "Select" => |b, r| b.select(Select::from(&*r.string()?)),
            "ReturnConsumedCapacity" => |b, r| b.return_consumed_capacity(capacity(r)?),
            "ConsistentRead" => |b, r| b.consistent_read(r.boolean()?),
            "Limit" => |b, r| b.limit(r.number()?.parse().map_err(CodecError::custom)?),
            "ExclusiveStartKey" => |b, r| b.set_exclusive_start_key(Some(read_item(r)?)),
            $($own => |$b, $r| $set),*
        } }
    };
    (@ $name:ident: $builder:ty { $($member:literal => |$b:ident, $r:ident| $set:expr),* $(,)? }) => {
        pub(crate) fn $name(builder: $builder, body: &[u8]) -> Result<$builder> {
            fold(body, builder, |builder, name, reader| {
                Ok(match name {
                    "TableName" => builder.table_name(reader.string()?),
                    "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
                    $($member => {
                        let ($b, $r) = (builder, reader);
                        $set
                    })*
                    other => return Err(unknown(other)),
                })
            })
        }
    };
}

operation! { writes put_item: PutItemFluentBuilder { "Item" => |b, r| b.set_item(Some(read_item(r)?)) } }
operation! { writes delete_item: DeleteItemFluentBuilder { "Key" => |b, r| b.set_key(Some(read_item(r)?)) } }
operation! { writes update_item: UpdateItemFluentBuilder {
    "Key" => |b, r| b.set_key(Some(read_item(r)?)),
    "UpdateExpression" => |b, r| b.update_expression(r.string()?),
} }
operation! { @ get_item: GetItemFluentBuilder {
    "Key" => |b, r| b.set_key(Some(read_item(r)?)),
    "ConsistentRead" => |b, r| b.consistent_read(r.boolean()?),
    "ProjectionExpression" => |b, r| b.projection_expression(r.string()?),
} }
operation! { lists query: QueryFluentBuilder {
    "KeyConditionExpression" => |b, r| b.key_condition_expression(r.string()?),
    "ScanIndexForward" => |b, r| b.scan_index_forward(r.boolean()?),
} }
operation! { lists scan: ScanFluentBuilder {
    "Segment" => |b, r| b.segment(r.number()?.parse().map_err(CodecError::custom)?),
    "TotalSegments" => |b, r| b.total_segments(r.number()?.parse().map_err(CodecError::custom)?),
} }

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
        output.items.as_deref(),
    )
}

pub(crate) fn scan_output(output: &ScanOutput) -> Vec<u8> {
    listed(
        output.last_evaluated_key(),
        (output.count(), output.scanned_count()),
        output.consumed_capacity(),
        output.items.as_deref(),
    )
}

/// The response of Query or Scan.
fn listed(
    stopped: Option<&Item>,
    (count, scanned): (i32, i32),
    consumed: Option<&ConsumedCapacity>,
    items: Option<&[Item]>,
) -> Vec<u8> {
    let mut out = members([("LastEvaluatedKey", stopped)]);
    out.pop();
    if out.len() > 1 {
        out.push(b',');
    }
    out.extend_from_slice(format!("\"Count\":{count},\"ScannedCount\":{scanned}").as_bytes());
    if let Some(units) = consumed.and_then(ConsumedCapacity::capacity_units) {
        out.extend_from_slice(format!(",\"ConsumedCapacity\":{{\"CapacityUnits\":{units}}}").as_bytes());
    }
    // A response without items is not one with none.
    let Some(items) = items else {
        out.push(b'}');
        return out;
    };
    out.extend_from_slice(b",\"Items\":[");
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
