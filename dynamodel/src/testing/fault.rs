//! The faults that can happen to a request.

use super::response;
use std::time::Duration;

/// What happens to one request: an entry of a script, see [`Faults::script`](super::Faults::script).
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// use dynamodel::testing::{Fault, Faults};
///
/// let faults = Faults::script([Fault::CutAfter, Fault::None]);
/// let shop = Shop::embedded().await?.with_faults(&faults);
/// // The first attempt creates the session, but its response is lost; the second one finds the session there.
/// let error = shop.create(&Session::sample("ada", "s1")).await.unwrap_err();
/// assert!(error.is_outcome_unknown());
/// assert_eq!(error.attempts(), 2);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing: the request goes through.
    None,
    /// `ProvisionedThroughputExceededException`. The server does not get the request.
    Throttle,
    /// 500, `InternalServerError`. The server does not get the request.
    ServerError,
    /// 500, although the server carried the request out.
    ServerErrorAfter,
    /// A timeout. The server does not get the request.
    Timeout,
    /// A timeout, although the server carried the request out.
    TimeoutAfter,
    /// The connection breaks. The server does not get the request.
    CutBefore,
    /// The connection breaks after the server has carried the request out: its response is lost.
    CutAfter,
    /// The connection breaks within the response, after the server has carried the request out.
    CutWithin,
    /// The connection is refused. The server does not get the request.
    Refused,
    /// Some items of a batch, at least one, come back unprocessed. Nothing happens to other requests.
    Unprocessed,
    /// A conflict with another transaction on an item: a transaction is cancelled by it, a single write refused. Nothing
    /// happens to other requests.
    TransactionConflict,
    /// The request goes through after this delay.
    Slow(Duration),
    /// This status with this body, instead of the server's response.
    Response(u16, String),
}

impl Fault {
    /// A success response without content, instead of the server's.
    pub fn ok() -> Self {
        Self::Response(200, "{}".to_owned())
    }

    /// A DynamoDB error instead of the server's response: the status, and the name of the exception.
    ///
    /// # Examples
    /// ```
    /// use dynamodel::testing::Fault;
    ///
    /// let Fault::Response(400, body) = Fault::error(400, "ValidationException") else { panic!() };
    /// assert!(body.contains("#ValidationException"));
    /// ```
    pub fn error(status: u16, exception: &str) -> Self {
        Self::Response(status, response::error_body(exception, response::INJECTED))
    }
}
