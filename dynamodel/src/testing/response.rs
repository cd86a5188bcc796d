//! Responses that are sent instead of the server's.

use super::random::Random;
use crate::wire::{self, Reader};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use std::fmt::Write as _;

/// The message of injected errors.
pub(super) const INJECTED: &str = "injected by a test";

/// The body of a DynamoDB error.
pub(super) fn error_body(name: &str, message: &str) -> String {
    let mut body = r#"{"__type":"#.as_bytes().to_vec();
    wire::write_string(&mut body, &format!("com.amazonaws.dynamodb.v20120810#{name}"));
    body.extend_from_slice(br#","message":"#);
    wire::write_string(&mut body, message);
    body.push(b'}');
    String::from_utf8_lossy(&body).into_owned()
}

/// The status and the body of the response to a request in conflict with another transaction; `None` if the operation has no conflicts.
pub(super) fn conflict(operation: &str, body: &[u8], random: &mut Random) -> Option<(u16, String)> {
    match operation {
        "PutItem" | "UpdateItem" | "DeleteItem" => {
            let message = "Transaction is ongoing for the item";
            Some((400, error_body("TransactionConflictException", message)))
        }
        "TransactWriteItems" | "TransactGetItems" => Some((400, cancelled(body, random)?)),
        _ => None,
    }
}

/// A cancelled transaction, for one of its operations.
fn cancelled(body: &[u8], random: &mut Random) -> Option<String> {
    let count = operation_count(body)?;
    let at = random.below(count);
    let message = "Transaction cancelled, please refer cancellation reasons for specific reasons";
    let mut out = error_body("TransactionCanceledException", message);
    out.pop();
    out.push_str(r#","CancellationReasons":["#);
    for place in 0..count {
        let comma = if place == 0 { "" } else { "," };
        let reason = if place == at {
            r#"{"Code":"TransactionConflict","Message":"Transaction is ongoing for the item"}"#
        } else {
            r#"{"Code":"None"}"#
        };
        let _ = write!(out, "{comma}{reason}");
    }
    out.push_str("]}");
    Some(out)
}

/// How many operations a transaction has.
fn operation_count(body: &[u8]) -> Option<usize> {
    let mut count = 0;
    let mut reader = Reader::new(body).ok()?;
    let read = reader.object(|reader, name| match name {
        "TransactItems" => reader.array(|reader| {
            count += 1;
            reader.skip()
        }),
        _ => reader.skip(),
    });
    read.ok().map(|()| count)
}

/// A response with a status and a body.
pub(super) fn response(status: u16, body: String) -> Result<HttpResponse, ConnectorError> {
    let response = http::Response::builder()
        .status(status)
        .header(http::header::CONTENT_TYPE, "application/x-amz-json-1.0")
        .header(http::header::CONTENT_LENGTH, body.len())
        .header("x-amzn-requestid", "INJECTED")
        .body(SdkBody::from(body))
        .map_err(|error| ConnectorError::user(error.into()))?;
    response.try_into().map_err(|error| ConnectorError::user(Box::new(error)))
}
