//! The interceptor of the SDK's call, and the only place that knows how the SDK runs one: our bytes go out as the request's
//! body, the response's bytes come back, and everything between (endpoint, signature, retries, errors) is the SDK's.

use super::stats::Counters;
use crate::op::Operation;
use crate::wire::Reader;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::{
    batch_get_item, batch_write_item, delete_item, get_item, put_item, query, scan, transact_get_items,
    transact_write_items, update_item,
};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextMut, Error,
    FinalizerInterceptorContextMut, Input, Output,
};
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, PoisonError};

/// What one call went through, attempt by attempt.
#[derive(Debug, Default)]
pub(in crate::client) struct Trace {
    /// HTTP requests made.
    pub(in crate::client) attempts: u32,
    /// Whether an attempt before the last one may have been carried out although no good response came.
    pub(in crate::client) maybe_applied_before: bool,
    /// The same for the last attempt.
    pub(in crate::client) maybe_applied_last: bool,
    /// Whether an attempt that may have been carried out got no response at all: it may still arrive.
    pub(in crate::client) no_response: bool,
    /// Where the last attempt went, if it failed.
    pub(in crate::client) endpoint: Option<String>,
    /// The body of a successful response.
    pub(in crate::client) body: Option<SdkBody>,
}

/// The interceptor of one call. `wire` is the request in our own bytes; without it the SDK's typed input and output
/// are used, and the call is only watched.
#[derive(Debug)]
pub(super) struct WireInterceptor {
    pub(super) wire: Option<(Operation, Bytes)>,
    pub(super) trace: Arc<Mutex<Trace>>,
    pub(super) counters: Arc<Counters>,
    /// Whether an attempt that may have been carried out is the last one.
    pub(super) once: bool,
    /// Whether the library itself sends it again: then the SDK does not, so that one loop decides.
    pub(super) repeated_here: bool,
}

// The hint tells the SDK which of the twenty hooks are here: the others are not called for every request.
#[dyn_dispatch_hint]
impl Intercept for WireInterceptor {
    fn name(&self) -> &'static str {
        "dynamodel"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some((operation, body)) = &self.wire {
            let serializer = PreparedRequest { operation: *operation, body: body.clone() };
            bag.interceptor_state().store_put(SharedRequestSerializer::new(serializer));
        }
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // Only for success: failures keep the SDK's own typed errors. It cannot be taken out again, and a good response that
        // breaks off is followed by another try.
        if let Some((operation, _)) = &self.wire
            && context.response().status().is_success()
        {
            bag.interceptor_state().store_put(SharedResponseDeserializer::new(RawResponse(*operation)));
        }
        Ok(())
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut trace = self.trace.lock().unwrap_or_else(PoisonError::into_inner);
        trace.attempts = trace.attempts.saturating_add(1);
        let met = context
            .response()
            .map(|response| (response.status().as_u16(), response.body().bytes().unwrap_or_default()));
        self.counters.attempt(met, trace.attempts > 1);
        trace.maybe_applied_before |= trace.maybe_applied_last;
        trace.maybe_applied_last = match (context.response(), context.output_or_error()) {
            // A good response that broke off, or cannot be read: the service acted, and the SDK asks again.
            (Some(response), Some(Err(_))) if response.status().is_success() => true,
            // An error of the 400s says that nothing was done; one of the 500s says nothing of the kind.
            (Some(response), _) => response.status().is_server_error(),
            (None, Some(Err(error))) => may_have_acted(error),
            (None, _) => false,
        };
        trace.no_response |= trace.maybe_applied_last && context.response().is_none();
        if self.repeated_here || (self.once && trace.maybe_applied_last) {
            bag.interceptor_state().store_put(RetryConfig::disabled());
        }
        match context.response() {
            // In memory by now, so that a clone shares the bytes. Decoding waits until the call is over: an error of
            // decoding would be taken for a broken response here, and retried.
            Some(response) if response.status().is_success() => trace.body = response.body().try_clone(),
            _ => trace.endpoint = bag.load::<Endpoint>().map(|endpoint| endpoint.url().to_owned()),
        }
        Ok(())
    }
}

/// Whether an endpoint is one of AWS.
pub(super) fn is_aws(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or(url).split(['/', ':']).next().unwrap_or_default();
    [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".api.amazonwebservices.com.cn"]
        .iter()
        .any(|end| host.ends_with(end))
}

/// Whether an attempt without a response may have reached the service. one that found nothing listening did not.
fn may_have_acted(error: &OrchestratorError<Error>) -> bool {
    let source: Option<&(dyn StdError + 'static)> = match error.as_connector_error() {
        Some(error) => Some(error),
        None if error.is_timeout_error() => return true,
        None => return false,
    };
    !connection_refused(source)
}

/// Whether nothing listened at the endpoint.
pub(super) fn connection_refused(mut source: Option<&(dyn StdError + 'static)>) -> bool {
    while let Some(error) = source {
        if let Some(io) = error.downcast_ref::<std::io::Error>()
            && io.kind() == std::io::ErrorKind::ConnectionRefused
        {
            return true;
        }
        source = error.source();
    }
    false
}

/// The header that names the operation.
const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// How many headers a request has in the end.
const HEADERS: usize = 12;

/// Gives out the request that is ready.
#[derive(Debug)]
struct PreparedRequest {
    operation: Operation,
    body: Bytes,
}

impl SerializeRequest for PreparedRequest {
    fn serialize_input(&self, _: Input, _: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let target = match self.operation {
            Operation::GetItem => "DynamoDB_20120810.GetItem",
            Operation::PutItem => "DynamoDB_20120810.PutItem",
            Operation::DeleteItem => "DynamoDB_20120810.DeleteItem",
            Operation::UpdateItem => "DynamoDB_20120810.UpdateItem",
            Operation::Query => "DynamoDB_20120810.Query",
            Operation::Scan => "DynamoDB_20120810.Scan",
            Operation::BatchGetItem => "DynamoDB_20120810.BatchGetItem",
            Operation::BatchWriteItem => "DynamoDB_20120810.BatchWriteItem",
            Operation::TransactGetItems => "DynamoDB_20120810.TransactGetItems",
            Operation::TransactWriteItems => "DynamoDB_20120810.TransactWriteItems",
        };
        let mut request = http::Request::new(SdkBody::from(self.body.clone()));
        *request.method_mut() = http::Method::POST;
        let headers = request.headers_mut();
        // The SDK adds eight of its own.
        headers.reserve(HEADERS);
        headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
        headers.insert(TARGET, HeaderValue::from_static(target));
        headers.insert(http::header::CONTENT_LENGTH, HeaderValue::from(self.body.len()));
        Ok(request.try_into()?)
    }
}

/// Leaves a successful response alone: an empty output of the operation's type.
#[derive(Debug)]
struct RawResponse(Operation);

impl DeserializeResponse for RawResponse {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        _: &ConfigBag,
    ) -> Result<Output, OrchestratorError<Error>> {
        if !response.status().is_success() {
            return Err(OrchestratorError::operation(failed(self.0, parse_error_body(response))));
        }
        Ok(match self.0 {
            Operation::GetItem => Output::erase(get_item::GetItemOutput::builder().build()),
            Operation::PutItem => Output::erase(put_item::PutItemOutput::builder().build()),
            Operation::DeleteItem => Output::erase(delete_item::DeleteItemOutput::builder().build()),
            Operation::UpdateItem => Output::erase(update_item::UpdateItemOutput::builder().build()),
            Operation::Query => Output::erase(query::QueryOutput::builder().build()),
            Operation::Scan => Output::erase(scan::ScanOutput::builder().build()),
            Operation::BatchGetItem => Output::erase(batch_get_item::BatchGetItemOutput::builder().build()),
            Operation::BatchWriteItem => Output::erase(batch_write_item::BatchWriteItemOutput::builder().build()),
            Operation::TransactGetItems => Output::erase(transact_get_items::TransactGetItemsOutput::builder().build()),
            Operation::TransactWriteItems => {
                Output::erase(transact_write_items::TransactWriteItemsOutput::builder().build())
            }
        })
    }
}

/// The failure of a try after one whose good response broke off, as the operation's error.
fn failed(operation: Operation, body: ErrorMetadata) -> Error {
    match operation {
        Operation::GetItem => Error::erase(get_item::GetItemError::generic(body)),
        Operation::PutItem => Error::erase(put_item::PutItemError::generic(body)),
        Operation::DeleteItem => Error::erase(delete_item::DeleteItemError::generic(body)),
        Operation::UpdateItem => Error::erase(update_item::UpdateItemError::generic(body)),
        Operation::Query => Error::erase(query::QueryError::generic(body)),
        Operation::Scan => Error::erase(scan::ScanError::generic(body)),
        Operation::BatchGetItem => Error::erase(batch_get_item::BatchGetItemError::generic(body)),
        Operation::BatchWriteItem => Error::erase(batch_write_item::BatchWriteItemError::generic(body)),
        Operation::TransactGetItems => Error::erase(transact_get_items::TransactGetItemsError::generic(body)),
        Operation::TransactWriteItems => Error::erase(transact_write_items::TransactWriteItemsError::generic(body)),
    }
}

/// DynamoDB's error code and message.
fn parse_error_body(response: &HttpResponse) -> ErrorMetadata {
    let (mut code, mut message) = (None, None);
    // Of another body nothing is known.
    let _read = Reader::new(response.body().bytes().unwrap_or_default()).and_then(|mut reader| {
        reader.object(|reader, name| {
            match name {
                "__type" => code = reader.string()?.rsplit('#').next().map(str::to_owned),
                "message" | "Message" => message = Some(reader.string()?.into_owned()),
                _ => reader.skip()?,
            }
            Ok(())
        })
    });
    let metadata = ErrorMetadata::builder();
    let metadata = code.into_iter().fold(metadata, |metadata, code: String| metadata.code(code));
    message.into_iter().fold(metadata, |metadata, message: String| metadata.message(message)).build()
}
