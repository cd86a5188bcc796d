//! The engine behind a connector that looks at every request, may fail it, and knows how many are under way.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::sdk::config::{AsyncSleep, Sleep};
use dynamodel::{Client, Table};
use serde_json::Value;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to one request.
pub enum Fault {
    /// It is refused with a server error.
    Refuse,
    /// It is carried out, and its answer is lost.
    Lose,
    /// Something else happens before it is carried out.
    First(Pin<Box<dyn Future<Output = ()> + Send>>),
}

type Plan = dyn Fn(&Seen) -> Option<Fault> + Send + Sync;

/// A request that was made.
#[derive(Debug, Clone)]
pub struct Seen {
    pub operation: String,
    pub body: Value,
    /// Requests of the same operation before it.
    pub before: usize,
}

/// The engine's HTTP client and what was seen on the way to it.
#[derive(Clone)]
pub struct Wrapped {
    inner: SharedHttpClient,
    plan: Arc<Plan>,
    seen: Arc<Mutex<Vec<Seen>>>,
    under_way: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Wrapped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wrapped")
    }
}

#[derive(Debug)]
struct Connector(Wrapped, SharedHttpConnector);

impl HttpClient for Wrapped {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector(self.clone(), self.inner.http_connector(settings, parts)))
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (wrapped, inner) = (self.0.clone(), self.1.clone());
        let operation =
            request.headers().get("x-amz-target").unwrap_or_default().rsplit('.').next().unwrap().to_owned();
        let body = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        let before = wrapped.seen.lock().unwrap().iter().filter(|seen| seen.operation == operation).count();
        let seen = Seen { operation, body, before };
        wrapped.seen.lock().unwrap().push(seen.clone());
        HttpConnectorFuture::new(async move {
            let under_way = wrapped.under_way.fetch_add(1, Ordering::SeqCst) + 1;
            wrapped.most.fetch_max(under_way, Ordering::SeqCst);
            // Others get their turn while this one is under way.
            for _ in 0..8 {
                tokio::task::yield_now().await;
            }
            let fault = (wrapped.plan)(&seen);
            let answer = match fault {
                Some(Fault::Refuse) => Ok(http::Response::builder()
                    .status(500)
                    .body(SdkBody::from(r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}"#))
                    .unwrap()
                    .try_into()
                    .unwrap()),
                Some(Fault::Lose) => {
                    inner.call(request).await?;
                    Err(ConnectorError::io("connection reset by peer".into()))
                }
                Some(Fault::First(meanwhile)) => {
                    meanwhile.await;
                    inner.call(request).await
                }
                None => inner.call(request).await,
            };
            wrapped.under_way.fetch_sub(1, Ordering::SeqCst);
            answer
        })
    }
}

impl Wrapped {
    /// An HTTP client that looks at what goes to this one.
    pub fn around(inner: SharedHttpClient, plan: impl Fn(&Seen) -> Option<Fault> + Send + Sync + 'static) -> Self {
        Self { inner, plan: Arc::new(plan), seen: Arc::default(), under_way: Arc::default(), most: Arc::default() }
    }

    /// The requests of one operation, in their order.
    pub fn seen(&self, operation: &str) -> Vec<Value> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|seen| seen.operation == operation).map(|seen| seen.body.clone()).collect()
    }

    /// How many requests were under way at once at most.
    pub fn most_at_once(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

/// The same table behind such a connector.
pub fn wrap<T: Table>(
    client: &Client<T>,
    attempts: u32,
    plan: impl Fn(&Seen) -> Option<Fault> + Send + Sync + 'static,
) -> (Client<T>, Wrapped) {
    let config = client.sdk().config();
    let wrapped = Wrapped::around(config.http_client().unwrap(), plan);
    let retries = RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(Duration::from_millis(1));
    let config = config.to_builder().http_client(wrapped.clone()).retry_config(retries).build();
    (Client::new(&dynamodel::sdk::Client::from_conf(config), client.table_name()), wrapped)
}

/// Does not sleep, and notes how long it would have. Timeouts never come.
#[derive(Debug, Clone, Default)]
pub struct Noted(Arc<Mutex<Vec<Duration>>>);

impl AsyncSleep for Noted {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration >= Self::OWN_TIMERS {
            return Sleep::new(std::future::pending());
        }
        self.0.lock().unwrap().push(duration);
        Sleep::new(std::future::ready(()))
    }
}

impl Noted {
    /// The SDK's timeouts, when set so long, are told from other sleeps.
    pub const OWN_TIMERS: Duration = Duration::from_secs(1_000_000);

    pub fn lengths(&self) -> Vec<Duration> {
        self.0.lock().unwrap().clone()
    }
}
