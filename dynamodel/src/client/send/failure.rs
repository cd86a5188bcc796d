//! What the SDK says of a call that failed, as an error of this library.

use super::interceptor::{Trace, connection_refused, is_aws};
use super::sdk_cause::SdkCause;
use crate::entity::conceal_sent;
use crate::error::{Error, ErrorKind};
use crate::op::Operation;
use crate::response::{EMPTY_INDEX_KEY, Meaning, PARTITION_FULL, TOO_LARGE, classify, empty_index_key, is_too_large};
use crate::wire::{CodecError, Reader};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error as StdError;

/// DynamoDB's message without the values of the request, which it may repeat. Those of refused conditions are always the same.
fn shown(code: Option<&str>, message: &str, request: &[u8]) -> String {
    match classify(code, None) {
        Meaning::ConditionFailed | Meaning::Cancelled => message.to_owned(),
        _ => conceal_sent(message.to_owned(), request),
    }
}

/// A failed call, before anybody has judged what it means for the verb.
#[derive(Debug)]
pub(in crate::client) struct Failure {
    /// DynamoDB's error code.
    code: Option<String>,
    /// DynamoDB's message.
    message: Option<String>,
    /// The same without the values that were sent.
    shown: Option<String>,
    /// The response's HTTP status.
    status: Option<u16>,
    /// The response's body.
    body: Option<Vec<u8>>,
    /// Whether no response came at all.
    silent: bool,
    /// Whether nobody listened.
    connection_refused: bool,
    pub(in crate::client) trace: Trace,
    pub(in crate::client) source: Box<dyn StdError + Send + Sync>,
}

impl Failure {
    pub(in crate::client) fn of<E>(error: SdkError<E, HttpResponse>, trace: Trace, request: &[u8]) -> Self
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let (mut code, mut message) = (None, None);
        if let Some(error) = error.as_service_error() {
            code = error.code().map(str::to_owned);
            message = error.message().map(str::to_owned);
        }
        let shown = message.as_deref().map(|message| shown(code.as_deref(), message, request));
        Self {
            code,
            message,
            status: error.raw_response().map(|response| response.status().as_u16()),
            body: error.raw_response().and_then(|response| response.body().bytes()).map(<[u8]>::to_vec),
            silent: matches!(
                error,
                SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_)
            ),
            connection_refused: connection_refused(Some(&error)),
            trace,
            source: Box::new(SdkCause::of(error, shown.clone())),
            shown,
        }
    }

    /// A request that could not be put into the SDK's types. The library wrote it, so this does not occur.
    pub(in crate::client) fn not_built(error: CodecError) -> Self {
        Self {
            code: None,
            message: None,
            shown: None,
            status: None,
            body: None,
            silent: false,
            connection_refused: false,
            trace: Trace::default(),
            source: Box::new(error),
        }
    }

    /// What DynamoDB said.
    pub(in crate::client) fn meaning(&self) -> Meaning {
        classify(self.code.as_deref(), self.status)
    }

    /// Whether a condition did not hold.
    pub(in crate::client) fn is_refusal(&self) -> bool {
        self.meaning() == Meaning::ConditionFailed
    }

    /// Whether another transaction was under way on the item of a single write. Nothing was done.
    pub(in crate::client) fn is_contention(&self) -> bool {
        self.meaning() == Meaning::Contention
    }

    /// In one word: DynamoDB's error code, or why there is none. Never a message, which may hold values.
    #[cfg(feature = "tracing")]
    pub(in crate::client) fn word(&self) -> &str {
        match self.code.as_deref() {
            Some(code) => code,
            None if self.connection_refused => "connection_refused",
            None if self.silent => "no_response",
            None => "_OTHER",
        }
    }

    /// What became of the request, in one word.
    #[cfg(feature = "tracing")]
    pub(in crate::client) fn outcome(&self, operation: Operation) -> &'static str {
        match self.meaning() {
            Meaning::ConditionFailed if !self.trace.maybe_applied_before => "refused",
            Meaning::Cancelled => "cancelled",
            _ if self.may_be_applied(operation) => "unknown",
            Meaning::Throttled => "throttled",
            _ => "failed",
        }
    }

    /// Whether the request may have been carried out although no good response came.
    fn may_be_applied(&self, operation: Operation) -> bool {
        // A refused connection in the end says nothing of the tries before.
        let last = self.trace.maybe_applied_last || (self.silent && !self.connection_refused);
        operation.writes() && (last || self.trace.maybe_applied_before)
    }

    /// Whether it was AWS that refused.
    pub(in crate::client) fn is_of_aws(&self) -> bool {
        self.trace.endpoint.as_deref().is_some_and(is_aws)
    }

    /// DynamoDB's error code.
    #[cfg(feature = "tracing")]
    pub(super) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The response's body.
    pub(in crate::client) fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// The item that came back with a failed condition.
    pub(in crate::client) fn item(&self) -> Option<&str> {
        let mut item = None;
        let mut reader = Reader::new(self.body.as_deref()?).ok()?;
        let read: Result<(), CodecError> = reader.object(|reader, name| {
            match name {
                "Item" if !reader.null()? => item = Some(reader.raw()?),
                "Item" => {}
                _ => reader.skip()?,
            }
            Ok(())
        });
        read.ok().and(item)
    }

    /// The error of a failure that is no refused condition.
    pub(in crate::client) fn into_error(self, operation: Operation) -> Error {
        let unknown = self.may_be_applied(operation);
        let (kind, message) = if self.silent { self.no_response(unknown) } else { self.error_response(unknown) };
        let attribute = self.message.as_deref().filter(|_| kind == ErrorKind::InvalidKey).and_then(empty_index_key);
        let error = Error::new(kind, message).at_attribute(attribute.unwrap_or_default());
        error.with_attempts(self.trace.attempts).with_source(self.source)
    }

    fn no_response(&self, unknown: bool) -> (ErrorKind, String) {
        let place = match &self.trace.endpoint {
            Some(endpoint) => format!("at {endpoint}"),
            None => "from DynamoDB".to_owned(),
        };
        if unknown {
            let message = format!(
                "no response came {place}, so the write may or may not have been made; read before writing again"
            );
            return (ErrorKind::OutcomeUnknown, message);
        }
        let why = if self.connection_refused { "nothing listens there" } else { "the source says why" };
        (ErrorKind::Unavailable, format!("no response {place} ({why}); is the engine running, and the endpoint right?"))
    }

    fn error_response(&self, unknown: bool) -> (ErrorKind, String) {
        let code = self.code.as_deref().unwrap_or("an error without a code");
        match self.meaning() {
            _ if unknown => (
                ErrorKind::OutcomeUnknown,
                format!(
                    "DynamoDB responded with {code}, so the write may or may not have been made; read before writing again"
                ),
            ),
            Meaning::NotFound => (
                ErrorKind::TableNotFound,
                "there is no such table; create it with `ensure_table`, or check name and region".to_owned(),
            ),
            Meaning::PartitionTooLarge => (ErrorKind::ItemTooLarge, PARTITION_FULL.to_owned()),
            Meaning::Throttled => (
                ErrorKind::Throttled,
                format!(
                    "DynamoDB throttles the requests ({code}), even after retries: slow down, or give the table more capacity"
                ),
            ),
            Meaning::Contention => (
                ErrorKind::Contention,
                "another transaction was under way on the item, even after retries; nothing was written".to_owned(),
            ),
            Meaning::Invalid if self.message.as_deref().is_some_and(is_too_large) => {
                (ErrorKind::ItemTooLarge, TOO_LARGE.to_owned())
            }
            Meaning::Invalid if self.message.as_deref().is_some_and(|message| empty_index_key(message).is_some()) => {
                (ErrorKind::InvalidKey, EMPTY_INDEX_KEY.to_owned())
            }
            Meaning::Failed => {
                (ErrorKind::Unavailable, format!("DynamoDB failed internally ({code}), even after retries"))
            }
            _ => {
                let message = self.shown.as_deref().unwrap_or("no message");
                (ErrorKind::Service, format!("DynamoDB responded with {code}: {message}"))
            }
        }
    }
}
