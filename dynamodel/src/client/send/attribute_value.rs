//! Between DynamoDB JSON and the SDK's `AttributeValue`, for the escape hatch and for [`Codec::AttributeValue`].
//!
//! [`Codec::AttributeValue`]: super::Codec::AttributeValue

use crate::wire::{self, CodecError, Reader};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use std::collections::HashMap;

/// An item, as the SDK has it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// Reads an item.
pub(super) fn read_item(reader: &mut Reader<'_>) -> Result<Item, CodecError> {
    let mut item = HashMap::new();
    reader.object(|reader, name| {
        let value = read_value(reader)?;
        item.insert(name.to_owned(), value);
        Ok(())
    })?;
    Ok(item)
}

fn read_value(reader: &mut Reader<'_>) -> Result<AttributeValue, CodecError> {
    let mut value = None;
    reader.object(|reader, tag| {
        value = Some(match tag {
            "S" => AttributeValue::S(reader.string()?.into_owned()),
            "N" => AttributeValue::N(reader.string()?.into_owned()),
            "B" => AttributeValue::B(blob(reader)?),
            "BOOL" => AttributeValue::Bool(reader.boolean()?),
            "NULL" => AttributeValue::Null(reader.boolean()?),
            "M" => AttributeValue::M(read_item(reader)?),
            "L" => AttributeValue::L(list(reader, read_value)?),
            "SS" => AttributeValue::Ss(list(reader, text)?),
            "NS" => AttributeValue::Ns(list(reader, text)?),
            "BS" => AttributeValue::Bs(list(reader, blob)?),
            other => return Err(CodecError::custom(format!("`{other}` is no type of DynamoDB"))),
        });
        Ok(())
    })?;
    value.ok_or_else(|| CodecError::custom("an attribute value without a type"))
}

fn list<'de, V>(
    reader: &mut Reader<'de>,
    element: fn(&mut Reader<'de>) -> Result<V, CodecError>,
) -> Result<Vec<V>, CodecError> {
    let mut out = Vec::new();
    reader.array(|reader| {
        out.push(element(reader)?);
        Ok(())
    })?;
    Ok(out)
}

fn text(reader: &mut Reader<'_>) -> Result<String, CodecError> {
    Ok(reader.string()?.into_owned())
}

fn blob(reader: &mut Reader<'_>) -> Result<Blob, CodecError> {
    let text = reader.string()?;
    STANDARD.decode(text.as_bytes()).map(Blob::new).map_err(CodecError::custom)
}

/// Appends an item.
pub(super) fn write_item(item: &Item, out: &mut Vec<u8>) {
    out.push(b'{');
    for (at, (name, value)) in item.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        wire::write_string(out, name);
        out.push(b':');
        write_value(value, out);
    }
    out.push(b'}');
}

fn write_value(value: &AttributeValue, out: &mut Vec<u8>) {
    match value {
        AttributeValue::S(text) => wire::write_s(out, text),
        AttributeValue::N(digits) => wire::write_n(out, digits),
        AttributeValue::B(blob) => wire::write_b(out, blob.as_ref()),
        AttributeValue::Bool(true) => out.extend_from_slice(b"{\"BOOL\":true}"),
        AttributeValue::Bool(false) => out.extend_from_slice(b"{\"BOOL\":false}"),
        AttributeValue::M(item) => tagged("M", out, |out| write_item(item, out)),
        AttributeValue::L(values) => tagged("L", out, |out| array(values, out, write_value)),
        AttributeValue::Ss(values) => tagged("SS", out, |out| array(values, out, write_text)),
        AttributeValue::Ns(values) => tagged("NS", out, |out| array(values, out, write_text)),
        AttributeValue::Bs(values) => tagged("BS", out, |out| array(values, out, write_blob)),
        AttributeValue::Null(_) => out.extend_from_slice(b"{\"NULL\":true}"),
        // A type that a later DynamoDB may bring: decoding refuses it by this name.
        _ => out.extend_from_slice(b"{\"UNKNOWN\":true}"),
    }
}

#[expect(clippy::ptr_arg, reason = "called for the elements of a `Vec<String>`")]
fn write_text(text: &String, out: &mut Vec<u8>) {
    wire::write_string(out, text);
}

fn write_blob(blob: &Blob, out: &mut Vec<u8>) {
    wire::write_string(out, &STANDARD.encode(blob.as_ref()));
}

fn tagged(tag: &str, out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'{');
    wire::write_string(out, tag);
    out.push(b':');
    content(out);
    out.push(b'}');
}

fn array<V>(values: &[V], out: &mut Vec<u8>, element: fn(&V, &mut Vec<u8>)) {
    out.push(b'[');
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        element(value, out);
    }
    out.push(b']');
}
