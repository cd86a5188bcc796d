//! Records of the SDK's client for streams.

use super::external_items::{array, binary, boolean, members, tagged, text};
use super::record::view_named;
use super::{Operation, Record, RemovedBy};
use crate::wire;
use aws_sdk_dynamodbstreams::types as sdk;
use std::collections::HashMap;
use std::time::SystemTime;

type Item = HashMap<String, sdk::AttributeValue>;

impl Record {
    /// Converts a record of `aws-sdk-dynamodbstreams`. It does not name its table: see
    /// [`in_table`](Self::in_table).
    pub fn from_sdk(record: &sdk::Record) -> Self {
        let body = record.dynamodb();
        let item = |item: Option<&Item>| item.filter(|item| !item.is_empty()).map(json);
        // A change by a request has no identity at all. Engines for tests may spell the identity's members as AWS Lambda does;
        // then the SDK ignores them.
        let identity = record.user_identity().map(|who| (who.r#type(), who.principal_id()));
        Self {
            event_id: record.event_id().filter(|id| !id.is_empty()).map(str::to_owned),
            sequence_number: body.and_then(|body| body.sequence_number()).unwrap_or_default().into(),
            operation: Operation::named(record.event_name().map_or("", |name| name.as_str())),
            removed_by: RemovedBy::named(identity),
            at: body
                .and_then(|body| body.approximate_creation_date_time())
                .and_then(|at| SystemTime::try_from(*at).ok()),
            table: None,
            shard: None,
            view: body.and_then(|body| body.stream_view_type()).and_then(|view| view_named(view.as_str())),
            keys: item(body.and_then(|body| body.keys())),
            new: item(body.and_then(|body| body.new_image())),
            old: item(body.and_then(|body| body.old_image())),
        }
    }
}

fn json(item: &Item) -> String {
    let mut out = Vec::with_capacity(256);
    members(item, &mut out, value);
    text(&out)
}

fn value(value_: &sdk::AttributeValue, out: &mut Vec<u8>) {
    match value_ {
        sdk::AttributeValue::S(text) => wire::write_s(out, text),
        sdk::AttributeValue::N(digits) => wire::write_n(out, digits),
        sdk::AttributeValue::B(blob) => wire::write_b(out, blob.as_ref()),
        sdk::AttributeValue::Bool(flag) => tagged("BOOL", out, |out| boolean(*flag, out)),
        sdk::AttributeValue::Null(_) => tagged("NULL", out, |out| boolean(true, out)),
        sdk::AttributeValue::M(map) => tagged("M", out, |out| members(map, out, value)),
        sdk::AttributeValue::L(list) => tagged("L", out, |out| array(list, out, value)),
        sdk::AttributeValue::Ss(set) => {
            tagged("SS", out, |out| array(set, out, |text, out| wire::write_string(out, text)));
        }
        sdk::AttributeValue::Ns(set) => {
            tagged("NS", out, |out| array(set, out, |digits, out| wire::write_string(out, digits)));
        }
        sdk::AttributeValue::Bs(set) => {
            tagged("BS", out, |out| array(set, out, |blob, out| binary(blob.as_ref(), out)));
        }
        // A type that DynamoDB may add later: decoding refuses it by this name.
        _ => tagged("UNKNOWN", out, |out| boolean(true, out)),
    }
}
