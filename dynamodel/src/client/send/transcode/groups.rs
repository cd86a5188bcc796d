//! Transactions and batches: several items in one request.

use super::{Result, fold, names, on_failure, unknown};
use crate::client::send::attribute_value::{Item, read_item, write_item};
use crate::wire::{self, CodecError, Reader};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use aws_sdk_dynamodb::operation::batch_get_item::builders::BatchGetItemFluentBuilder;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemOutput;
use aws_sdk_dynamodb::operation::batch_write_item::builders::BatchWriteItemFluentBuilder;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsOutput;
use aws_sdk_dynamodb::operation::transact_get_items::builders::TransactGetItemsFluentBuilder;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsOutput;
use aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, DeleteRequest, Get, KeysAndAttributes, Put, PutRequest, TransactGetItem, TransactWriteItem,
    Update, WriteRequest,
};
use serde::de::Error as _;
use std::collections::HashMap;

pub(crate) fn transact_write(
    builder: TransactWriteItemsFluentBuilder,
    body: &[u8],
) -> Result<TransactWriteItemsFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TransactItems" => builder.set_transact_items(Some(list(reader, action)?)),
            "ClientRequestToken" => builder.client_request_token(reader.string()?),
            other => return Err(unknown(other)),
        })
    })
}

/// One member of `TransactItems`.
fn action(reader: &mut Reader<'_>) -> Result<TransactWriteItem> {
    let mut item = TransactWriteItem::builder();
    reader.object(|reader, name| {
        let body = reader.raw()?.as_bytes();
        let builder = std::mem::take(&mut item);
        item = match name {
            "Put" => builder.put(put(body)?),
            "Update" => builder.update(update(body)?),
            "Delete" => builder.delete(delete(body)?),
            "ConditionCheck" => builder.condition_check(check(body)?),
            other => return Err(unknown(other)),
        };
        Ok(())
    })?;
    Ok(item.build())
}

/// The members that all four kinds of action have.
macro_rules! action {
    ($name:ident -> $type:ident { $($member:literal => |$builder:ident, $reader:ident| $set:expr),* $(,)? }) => {
        fn $name(body: &[u8]) -> Result<$type> {
            let filled = fold(body, $type::builder(), |builder, name, reader| {
                Ok(match name {
                    "TableName" => builder.table_name(reader.string()?),
                    "ConditionExpression" => builder.condition_expression(reader.string()?),
                    "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
                    "ExpressionAttributeValues" => builder.set_expression_attribute_values(Some(read_item(reader)?)),
                    "ReturnValuesOnConditionCheckFailure" => {
                        builder.return_values_on_condition_check_failure(on_failure(reader)?)
                    }
                    $($member => { let ($builder, $reader) = (builder, reader); $set })*
                    other => return Err(unknown(other)),
                })
            })?;
            filled.build().map_err(CodecError::custom)
        }
    };
}

action!(put -> Put { "Item" => |b, r| b.set_item(Some(read_item(r)?)) });
action!(update -> Update {
    "Key" => |b, r| b.set_key(Some(read_item(r)?)),
    "UpdateExpression" => |b, r| b.update_expression(r.string()?),
});
action!(delete -> Delete { "Key" => |b, r| b.set_key(Some(read_item(r)?)) });
action!(check -> ConditionCheck { "Key" => |b, r| b.set_key(Some(read_item(r)?)) });

pub(crate) fn transact_write_output(_: &TransactWriteItemsOutput) -> Vec<u8> {
    b"{}".to_vec()
}

pub(crate) fn transact_get(
    builder: TransactGetItemsFluentBuilder,
    body: &[u8],
) -> Result<TransactGetItemsFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "TransactItems" => builder.set_transact_items(Some(list(reader, get)?)),
            other => return Err(unknown(other)),
        })
    })
}

fn get(reader: &mut Reader<'_>) -> Result<TransactGetItem> {
    let mut item = TransactGetItem::builder();
    reader.object(|reader, name| {
        if name != "Get" {
            return Err(unknown(name));
        }
        let filled = fold(reader.raw()?.as_bytes(), Get::builder(), |builder, name, reader| {
            Ok(match name {
                "TableName" => builder.table_name(reader.string()?),
                "Key" => builder.set_key(Some(read_item(reader)?)),
                "ProjectionExpression" => builder.projection_expression(reader.string()?),
                "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
                other => return Err(unknown(other)),
            })
        })?;
        item = std::mem::take(&mut item).get(filled.build().map_err(CodecError::custom)?);
        Ok(())
    })?;
    Ok(item.build())
}

pub(crate) fn transact_get_output(output: &TransactGetItemsOutput) -> Vec<u8> {
    let mut out = b"{\"Responses\":[".to_vec();
    separated(&mut out, output.responses(), |response, out| match response.item() {
        Some(item) => {
            out.extend_from_slice(b"{\"Item\":");
            write_item(item, out);
            out.push(b'}');
        }
        None => out.extend_from_slice(b"{}"),
    });
    out.extend_from_slice(b"]}");
    out
}

pub(crate) fn batch_get(builder: BatchGetItemFluentBuilder, body: &[u8]) -> Result<BatchGetItemFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "RequestItems" => builder.set_request_items(Some(map(reader, keys_and_attributes)?)),
            other => return Err(unknown(other)),
        })
    })
}

fn keys_and_attributes(reader: &mut Reader<'_>) -> Result<KeysAndAttributes> {
    let filled = fold(reader.raw()?.as_bytes(), KeysAndAttributes::builder(), |builder, name, reader| {
        Ok(match name {
            "Keys" => builder.set_keys(Some(list(reader, read_item)?)),
            "ConsistentRead" => builder.consistent_read(reader.boolean()?),
            "ProjectionExpression" => builder.projection_expression(reader.string()?),
            "ExpressionAttributeNames" => builder.set_expression_attribute_names(Some(names(reader)?)),
            other => return Err(unknown(other)),
        })
    })?;
    filled.build().map_err(CodecError::custom)
}

pub(crate) fn batch_get_output(output: &BatchGetItemOutput) -> Vec<u8> {
    let mut out = vec![b'{'];
    if let Some(responses) = output.responses() {
        out.extend_from_slice(b"\"Responses\":{");
        separated(&mut out, responses, |(table, items), out| {
            wire::write_string(out, table);
            out.extend_from_slice(b":[");
            separated(out, items, write_item);
            out.push(b']');
        });
        out.extend_from_slice(b"},");
    }
    out.extend_from_slice(b"\"UnprocessedKeys\":{");
    separated(&mut out, output.unprocessed_keys().into_iter().flatten(), |(table, left), out| {
        wire::write_string(out, table);
        out.extend_from_slice(b":{\"Keys\":[");
        separated(out, left.keys(), write_item);
        out.extend_from_slice(b"]}");
    });
    out.extend_from_slice(b"}}");
    out
}

pub(crate) fn batch_write(builder: BatchWriteItemFluentBuilder, body: &[u8]) -> Result<BatchWriteItemFluentBuilder> {
    fold(body, builder, |builder, name, reader| {
        Ok(match name {
            "RequestItems" => builder.set_request_items(Some(map(reader, |reader| list(reader, write_request))?)),
            other => return Err(unknown(other)),
        })
    })
}

fn write_request(reader: &mut Reader<'_>) -> Result<WriteRequest> {
    let mut request = WriteRequest::builder();
    reader.object(|reader, name| {
        let mut item: Option<Item> = None;
        reader.object(|reader, _| {
            item = Some(read_item(reader)?);
            Ok(())
        })?;
        let builder = std::mem::take(&mut request);
        request = match name {
            "PutRequest" => {
                builder.put_request(PutRequest::builder().set_item(item).build().map_err(CodecError::custom)?)
            }
            "DeleteRequest" => {
                builder.delete_request(DeleteRequest::builder().set_key(item).build().map_err(CodecError::custom)?)
            }
            other => return Err(unknown(other)),
        };
        Ok(())
    })?;
    Ok(request.build())
}

pub(crate) fn batch_write_output(output: &BatchWriteItemOutput) -> Vec<u8> {
    let mut out = b"{\"UnprocessedItems\":{".to_vec();
    separated(&mut out, output.unprocessed_items().into_iter().flatten(), |(table, left), out| {
        wire::write_string(out, table);
        out.extend_from_slice(b":[");
        separated(out, left, |request, out| {
            if let Some(put) = request.put_request() {
                out.extend_from_slice(b"{\"PutRequest\":{\"Item\":");
                write_item(put.item(), out);
                out.extend_from_slice(b"}}");
            } else if let Some(delete) = request.delete_request() {
                out.extend_from_slice(b"{\"DeleteRequest\":{\"Key\":");
                write_item(delete.key(), out);
                out.extend_from_slice(b"}}");
            } else {
                out.extend_from_slice(b"{}");
            }
        });
        out.push(b']');
    });
    out.extend_from_slice(b"}}");
    out
}

fn separated<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(item, out);
    }
}

fn list<T>(reader: &mut Reader<'_>, mut read: impl FnMut(&mut Reader<'_>) -> Result<T>) -> Result<Vec<T>> {
    let mut out = Vec::new();
    reader.array(|reader| {
        out.push(read(reader)?);
        Ok(())
    })?;
    Ok(out)
}

fn map<T>(reader: &mut Reader<'_>, mut read: impl FnMut(&mut Reader<'_>) -> Result<T>) -> Result<HashMap<String, T>> {
    let mut out = HashMap::new();
    reader.object(|reader, name| {
        let value = read(reader)?;
        out.insert(name.to_owned(), value);
        Ok(())
    })?;
    Ok(out)
}
