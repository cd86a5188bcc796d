//! The HTTP client between the SDK and another one.

use super::answer::{answer, conflict};
use super::counts::Sent;
use super::fault::Fault;
use super::faults::Faults;
use super::split::split;
use super::state::{Fate, State};
use aws_sdk_dynamodb::config::AsyncSleep as _;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;

/// Faults, and the client behind them.
#[derive(Debug)]
pub(super) struct Faulty {
    pub(super) faults: Faults,
    pub(super) behind: SharedHttpClient,
}

#[derive(Debug)]
struct Connector {
    faults: Faults,
    behind: SharedHttpConnector,
    components: RuntimeComponents,
}

impl HttpClient for Faulty {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let behind = self.behind.http_connector(settings, components);
        SharedHttpConnector::new(Connector { faults: self.faults.clone(), behind, components: components.clone() })
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

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let fate = self.faults.lock().seen(&operation, &request);
        let sleep = fate.pause.zip(self.components.sleep_impl());
        let (faults, behind) = (self.faults.clone(), self.behind.clone());
        HttpConnectorFuture::new(async move {
            if let Some((pause, sleep)) = sleep {
                sleep.sleep(pause).await;
            }
            meet(&faults, &behind, fate, &operation, request).await
        })
    }
}

impl State {
    /// A request comes by.
    fn seen(&mut self, operation: &str, request: &HttpRequest) -> Fate {
        *self.requests.entry(operation.to_owned()).or_default() += 1;
        if let Some(sent) = &mut self.sent {
            let headers = request.headers().iter();
            sent.push(Sent {
                operation: operation.to_owned(),
                headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
                body: request.body().bytes().unwrap_or_default().to_vec(),
            });
        }
        let fate = self.fate(operation);
        self.injected.slowed += u64::from(fate.pause.is_some());
        let injected = &mut self.injected;
        match fate.fault {
            Fault::Throttle => injected.throttled += 1,
            Fault::ServerError | Fault::ServerErrorAfter => injected.server_errors += 1,
            Fault::Timeout | Fault::TimeoutAfter => injected.timeouts += 1,
            Fault::CutBefore => injected.cut_before += 1,
            Fault::CutAfter => injected.cut_after += 1,
            Fault::Answer(..) => injected.answered += 1,
            // Counted where it is known whether they can happen to this request.
            Fault::None | Fault::Unprocessed | Fault::TransactionConflict | Fault::Slow(_) => {}
        }
        fate
    }
}

/// Lets a request meet its fate.
async fn meet(
    faults: &Faults,
    behind: &SharedHttpConnector,
    fate: Fate,
    operation: &str,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let exception = |status, name| match Fault::error(status, name) {
        Fault::Answer(status, body) => answer(status, body),
        _ => Err(ConnectorError::other("no answer".into(), None)),
    };
    match fate.fault {
        Fault::Throttle => exception(400, "ProvisionedThroughputExceededException"),
        Fault::ServerError => exception(500, "InternalServerError"),
        Fault::Timeout => Err(ConnectorError::timeout("injected: no answer in time".into())),
        Fault::CutBefore => Err(ConnectorError::io("injected: the connection broke".into())),
        Fault::Answer(status, body) => answer(status, body),
        Fault::ServerErrorAfter | Fault::TimeoutAfter | Fault::CutAfter => {
            let answered = carry_out(faults, behind, fate.unprocessed, operation, request).await?;
            faults.lock().injected.lost += u64::from(answered.status().is_success());
            match fate.fault {
                Fault::ServerErrorAfter => exception(500, "InternalServerError"),
                Fault::TimeoutAfter => Err(ConnectorError::timeout("injected: the answer came too late".into())),
                _ => Err(ConnectorError::io("injected: the connection broke before the answer".into())),
            }
        }
        Fault::TransactionConflict => {
            let met = {
                let mut state = faults.lock();
                let met = conflict(operation, request.body().bytes().unwrap_or_default(), &mut state.random);
                state.injected.conflicts += u64::from(met.is_some());
                met
            };
            match met {
                Some((status, body)) => answer(status, body),
                None => carry_out(faults, behind, fate.unprocessed, operation, request).await,
            }
        }
        Fault::None | Fault::Unprocessed | Fault::Slow(_) => {
            let least = usize::from(fate.fault == Fault::Unprocessed);
            carry_out_but(faults, behind, (fate.unprocessed, least), operation, request).await
        }
    }
}

async fn carry_out(
    faults: &Faults,
    behind: &SharedHttpConnector,
    unprocessed: f64,
    operation: &str,
    request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    carry_out_but(faults, behind, (unprocessed, 0), operation, request).await
}

/// Gives a request to the server, of a batch perhaps not all: this share of its items, and so many at least, come back.
async fn carry_out_but(
    faults: &Faults,
    behind: &SharedHttpConnector,
    (share, least): (f64, usize),
    operation: &str,
    mut request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    if !matches!(operation, "BatchWriteItem" | "BatchGetItem") || (share <= 0.0 && least == 0) {
        return behind.call(request).await;
    }
    let whole = request.body().bytes().unwrap_or_default().to_vec();
    let parts = {
        let mut state = faults.lock();
        let parts = split(&whole, least, || state.random.share() < share).map_err(broken)?;
        state.injected.unprocessed += u64::try_from(parts.count()).unwrap_or(u64::MAX);
        parts
    };
    if parts.count() == 0 {
        return behind.call(request).await;
    }
    let Some(body) = parts.request() else {
        return answer(200, parts.merge(operation, None).map_err(broken)?);
    };
    request.headers_mut().insert("content-length", body.len().to_string());
    *request.body_mut() = SdkBody::from(body);
    let mut response = behind.call(request).await?;
    if !response.status().is_success() {
        return Ok(response);
    }
    let read =
        ByteStream::new(response.take_body()).collect().await.map_err(|error| ConnectorError::io(error.into()))?;
    answer(200, parts.merge(operation, Some(&read.into_bytes())).map_err(broken)?)
}

fn broken(error: impl Into<BoxError>) -> ConnectorError {
    ConnectorError::user(error.into())
}
