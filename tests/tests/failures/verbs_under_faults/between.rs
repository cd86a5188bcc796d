//! An HTTP client that lets somebody else do something before a certain request.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use dynamodel::{Client, Table};
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

/// What somebody else does.
pub type Deed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The deed, as long as it is not done, and how many writes must have come by before.
#[derive(Clone)]
pub struct Between {
    inner: SharedHttpClient,
    waiting: Arc<Mutex<(usize, Option<Deed>)>>,
    after: usize,
}

impl Between {
    /// The same client, with the deed before its `after`-th write, counted from 0; after the first, before whatever
    /// comes next.
    pub fn put<T: Table>(client: Client<T>, after: usize, deed: Deed) -> (Client<T>, Self) {
        let config = client.sdk().config();
        let between =
            Self { inner: config.http_client().unwrap(), waiting: Arc::new(Mutex::new((0, Some(deed)))), after };
        let config = config.to_builder().http_client(between.clone()).build();
        (client.with_sdk(dynamodel::sdk::Client::from_conf(config)), between)
    }

    /// Whether it was done.
    pub fn is_done(&self) -> bool {
        self.waiting.lock().unwrap().1.is_none()
    }
}

impl fmt::Debug for Between {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Between")
    }
}

#[derive(Debug)]
struct Connector(Between, SharedHttpConnector);

impl HttpClient for Between {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector(self.clone(), self.inner.http_connector(settings, parts)))
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(between, inner) = self;
        let is_read = request.headers().get("x-amz-target").unwrap_or_default().ends_with(".GetItem");
        let deed = {
            let mut waiting = between.waiting.lock().unwrap();
            let now = waiting.0 == between.after && (!is_read || waiting.0 > 0);
            waiting.0 += usize::from(!is_read);
            if now { waiting.1.take() } else { None }
        };
        let inner = inner.clone();
        HttpConnectorFuture::new(async move {
            if let Some(deed) = deed {
                deed.await;
            }
            inner.call(request).await
        })
    }
}
