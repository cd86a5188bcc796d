//! What the SDK says of a failed call, as the source of this library's errors: code, sentence and request id, and no value
//! of an item. The SDK's own errors print the items that came back with a refusal.

use crate::error::Error;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error as StdError;
use std::fmt;

/// A failed call.
pub(crate) struct SdkCause {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    status: Option<u16>,
    /// Whether DynamoDB responded with an error of its own.
    is_service: bool,
    /// An `SdkError` of the operation.
    error: Box<dyn StdError + Send + Sync>,
}

impl SdkCause {
    /// `message` is DynamoDB's, as it may be shown.
    pub(crate) fn of<E>(error: SdkError<E, HttpResponse>, message: Option<String>) -> Self
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let service = error.as_service_error();
        let response = error.raw_response();
        let headers = response.map(HttpResponse::headers);
        let id =
            headers.and_then(|headers| headers.get("x-amzn-requestid").or_else(|| headers.get("x-amz-request-id")));
        Self {
            code: service.and_then(ProvideErrorMetadata::code).map(str::to_owned),
            message,
            request_id: id.map(str::to_owned),
            status: response.map(|response| response.status().as_u16()),
            is_service: service.is_some(),
            error: Box::new(error),
        }
    }
}

impl fmt::Display for SdkCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_service {
            return self.error.fmt(f);
        }
        f.write_str(self.code.as_deref().unwrap_or("an error without a code"))?;
        self.message.as_ref().map_or(Ok(()), |message| write!(f, ": {message}"))
    }
}

impl fmt::Debug for SdkCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("SdkCause");
        if !self.is_service {
            out.field("error", &format_args!("{}", self.error));
        }
        for (name, text) in [("code", &self.code), ("message", &self.message), ("request_id", &self.request_id)] {
            if let Some(text) = text {
                out.field(name, text);
            }
        }
        if let Some(status) = self.status {
            out.field("status", &status);
        }
        if let Some(source) = self.source() {
            out.field("source", &source);
        }
        out.finish_non_exhaustive()
    }
}

impl StdError for SdkCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        // The operation's own error repeats the sentence, and its text holds the item.
        if self.is_service { None } else { self.error.source() }
    }
}

impl Error {
    /// What the SDK said, wherever it stands among the sources.
    fn cause(&self) -> Option<&SdkCause> {
        let mut source = self.source();
        while let Some(error) = source {
            if let Some(cause) = error.downcast_ref() {
                return Some(cause);
            }
            source = error.source();
        }
        None
    }

    /// DynamoDB's error code, such as `ValidationException`; `None` where no error response came.
    pub fn code(&self) -> Option<&str> {
        self.cause()?.code.as_deref()
    }

    /// The id by which AWS knows the failed request, for its support; `None` where no response came, or one without an id.
    pub fn request_id(&self) -> Option<&str> {
        self.cause()?.request_id.as_deref()
    }

    /// The SDK's own typed error of the operation that failed, for what this library does not tell.
    ///
    /// **Its `Debug` text shows the items that came back with a refusal**, which no text of this library's errors does.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::sdk::operation::get_item::GetItemError;
    ///
    /// let elsewhere = dynamodel::Client::<Shop>::new(shop.sdk(), "no-such-table");
    /// let error = elsewhere.get(Session::key("ada", "s1")).await.unwrap_err();
    /// assert_eq!(error.code(), Some("ResourceNotFoundException"));
    /// let sdk = error.sdk_error::<GetItemError>().and_then(|error| error.as_service_error());
    /// assert!(sdk.is_some_and(GetItemError::is_resource_not_found_exception));
    /// # Ok(()) }
    /// ```
    pub fn sdk_error<E: StdError + Send + Sync + 'static>(&self) -> Option<&SdkError<E, HttpResponse>> {
        self.cause()?.error.downcast_ref()
    }
}
