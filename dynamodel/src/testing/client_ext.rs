//! Fault injection for a client of the library.

use super::faults::Faults;
use crate::client::Client;
use crate::entity::Table;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;

impl<T: Table> Client<T> {
    /// The same client with faults in front of its HTTP client: see [`Faults`](crate::testing::Faults).
    ///
    /// The SDK client must have been given an HTTP client, as that of the embedded engine was; with one that makes its own,
    /// requests fail with a message that says so.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// use dynamodel::testing::Faults;
    ///
    /// let faults = Faults::seeded(1).throttle(1.0);
    /// let shop = Shop::embedded().await?.with_faults(&faults);
    /// assert!(shop.get(Session::key("ada", "s1")).await.unwrap_err().is_throttled());
    /// # Ok(()) }
    /// ```
    pub fn with_faults(self, faults: &Faults) -> Self {
        let config = self.sdk().config();
        let behind = config.http_client().unwrap_or_else(missing);
        let config = config.to_builder().http_client(faults.http_client(behind)).build();
        self.with_sdk(aws_sdk_dynamodb::Client::from_conf(config))
    }
}

/// Takes the place of an HTTP client that was not given.
#[derive(Debug)]
struct MissingHttpClient;

impl HttpConnector for MissingHttpClient {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let message = "the SDK client was not given an HTTP client, so faults cannot forward its requests: set one in its configuration";
        HttpConnectorFuture::ready(Err(ConnectorError::user(message.into())))
    }
}

fn missing() -> SharedHttpClient {
    http_client_fn(|_, _| SharedHttpConnector::new(MissingHttpClient))
}
