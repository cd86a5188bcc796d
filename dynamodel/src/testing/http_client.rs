//! The HTTP client with faults, between the SDK and another HTTP client.

use super::counts::Sent;
use super::fault::Fault;
use super::faults::Faults;
use super::inject::inject;
use super::state::{Injection, State};
use aws_sdk_dynamodb::config::AsyncSleep as _;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::config_bag::ConfigBag;

impl Faults {
    /// An HTTP client for the SDK: these faults in front of another client.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// use dynamodel::testing::Faults;
    ///
    /// let engine = dynamodel::embedded::Engine::memory()?;
    /// let config = engine.sdk_client().config().clone();
    /// let faults = Faults::seeded(7);
    /// let behind = config.http_client().expect("the engine's client has one");
    /// let config = config.to_builder().http_client(faults.http_client(behind)).build();
    /// let shop = Shop::connect(&dynamodel::sdk::Client::from_conf(config), "shop");
    /// shop.ensure_table().await?;
    /// assert!(faults.requests() > 0);
    /// # Ok(()) }
    /// ```
    pub fn http_client(&self, behind: impl HttpClient + 'static) -> SharedHttpClient {
        SharedHttpClient::new(FaultyHttpClient { faults: self.clone(), behind: SharedHttpClient::new(behind) })
    }
}

/// Faults, and the client to which they forward.
#[derive(Debug)]
struct FaultyHttpClient {
    faults: Faults,
    behind: SharedHttpClient,
}

#[derive(Debug)]
struct FaultyConnector {
    faults: Faults,
    behind: SharedHttpConnector,
    components: RuntimeComponents,
}

impl HttpClient for FaultyHttpClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let behind = self.behind.http_connector(settings, components);
        SharedHttpConnector::new(FaultyConnector {
            faults: self.faults.clone(),
            behind,
            components: components.clone(),
        })
    }

    fn validate_base_client_config(
        &self,
        components: &RuntimeComponentsBuilder,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        self.behind.validate_base_client_config(components, config)
    }

    fn validate_final_config(&self, components: &RuntimeComponents, config: &ConfigBag) -> Result<(), BoxError> {
        self.behind.validate_final_config(components, config)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.behind.connector_metadata()
    }
}

impl HttpConnector for FaultyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let injection = self.faults.lock().record(&operation, &request);
        let sleep = injection.pause.zip(self.components.sleep_impl());
        let (faults, behind) = (self.faults.clone(), self.behind.clone());
        HttpConnectorFuture::new(async move {
            if let Some((pause, sleep)) = sleep {
                sleep.sleep(pause).await;
            }
            inject(&faults, &behind, injection, &operation, request).await
        })
    }
}

impl State {
    /// Counts a request, records it if asked to, and draws its fault.
    fn record(&mut self, operation: &str, request: &HttpRequest) -> Injection {
        *self.requests.entry(operation.to_owned()).or_default() += 1;
        if let Some(sent) = &mut self.sent {
            let headers = request.headers().iter();
            sent.push(Sent {
                operation: operation.to_owned(),
                headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
                body: request.body().bytes().unwrap_or_default().to_vec(),
            });
        }
        let injection = self.next_injection(operation);
        self.injected.slowed += u64::from(injection.pause.is_some());
        let injected = &mut self.injected;
        match injection.fault {
            Fault::Throttle => injected.throttled += 1,
            Fault::ServerError | Fault::ServerErrorAfter => injected.server_errors += 1,
            Fault::Timeout | Fault::TimeoutAfter => injected.timeouts += 1,
            Fault::CutBefore | Fault::Refused => injected.cut_before += 1,
            Fault::CutAfter | Fault::CutWithin => injected.cut_after += 1,
            Fault::Response(..) => injected.responses += 1,
            // Counted later, when it is known whether they can happen to this request.
            Fault::None | Fault::Unprocessed | Fault::TransactionConflict | Fault::Slow(_) => {}
        }
        injection
    }
}
