//! The engine behind a connector on which the test decides, request by request, what becomes of it: also what
//! `dynamodel::testing::Faults` does not offer, as bodies of one's own, requests that hang, and requests that arrive late.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use dynamodel::{Client, Table};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What becomes of one request.
#[derive(Clone)]
pub enum Do {
    /// It goes through.
    Pass,
    /// The connection breaks before the server has it.
    CutBefore,
    /// It is carried out, and the connection breaks.
    CutAfter,
    /// The server fails and has not carried it out.
    Fail,
    /// It is carried out, and the server says that it failed.
    FailAfter,
    /// It is responded to with this status and body, and not carried out.
    Respond(u16, String),
    /// It is carried out, and responded to with this status and body.
    RespondAfter(u16, String),
    /// It is carried out, and its response is changed.
    Change(Arc<dyn Fn(u16, String) -> (u16, String) + Send + Sync>),
    /// The server gets it so much later.
    SlowBefore(Duration),
    /// It is carried out, and the response comes so much later.
    SlowAfter(Duration),
    /// Nothing comes, ever; it is not carried out.
    HangBefore,
    /// It is carried out; nothing comes, ever.
    HangAfter,
    /// The connection breaks, and the server gets the request so much later all the same.
    Ghost(Duration),
    /// Nothing comes, ever, and the server gets the request so much later, also when nobody waits for it any more.
    HangGhost(Duration),
}

impl fmt::Debug for Do {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Do")
    }
}

/// Decides by the operation's name and the request's body.
type Decide = Arc<dyn Fn(&str, &str) -> Do + Send + Sync>;

/// An HTTP client before another one.
#[derive(Clone)]
pub struct Tap {
    behind: SharedHttpClient,
    decide: Decide,
}

impl fmt::Debug for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tap")
    }
}

#[derive(Debug)]
struct Connector(Tap, SharedHttpConnector);

impl Tap {
    /// Decides on what goes to this HTTP client.
    pub fn before(behind: SharedHttpClient, decide: impl Fn(&str, &str) -> Do + Send + Sync + 'static) -> Self {
        Self { behind, decide: Arc::new(decide) }
    }
}

impl HttpClient for Tap {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector(self.clone(), self.behind.http_connector(settings, parts)))
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default());
        let what = (self.0.decide)(operation, &body);
        let behind = self.1.clone();
        HttpConnectorFuture::new(async move {
            match what {
                Do::Pass => behind.call(request).await,
                Do::CutBefore => Err(broken()),
                Do::CutAfter => {
                    behind.call(request).await?;
                    Err(broken())
                }
                Do::Fail => Ok(failed()),
                Do::FailAfter => {
                    behind.call(request).await?;
                    Ok(failed())
                }
                Do::Respond(status, body) => Ok(response(status, body)),
                Do::RespondAfter(status, body) => {
                    behind.call(request).await?;
                    Ok(response(status, body))
                }
                Do::Change(change) => {
                    let there = behind.call(request).await?;
                    let status = there.status().as_u16();
                    let body = ByteStream::new(there.into_body()).collect().await;
                    let body = body.map_err(|error| ConnectorError::io(error.into()))?.to_vec();
                    let (status, body) = change(status, String::from_utf8_lossy(&body).into_owned());
                    Ok(response(status, body))
                }
                Do::SlowBefore(pause) => {
                    tokio::time::sleep(pause).await;
                    behind.call(request).await
                }
                Do::SlowAfter(pause) => {
                    let response = behind.call(request).await;
                    tokio::time::sleep(pause).await;
                    response
                }
                Do::HangBefore => std::future::pending().await,
                Do::HangAfter => {
                    behind.call(request).await?;
                    std::future::pending().await
                }
                Do::Ghost(pause) => {
                    tokio::spawn(async move {
                        tokio::time::sleep(pause).await;
                        behind.call(request).await
                    });
                    Err(broken())
                }
                Do::HangGhost(pause) => {
                    tokio::spawn(async move {
                        tokio::time::sleep(pause).await;
                        behind.call(request).await
                    });
                    std::future::pending().await
                }
            }
        })
    }
}

fn broken() -> ConnectorError {
    ConnectorError::io(Box::new(std::io::Error::new(std::io::ErrorKind::ConnectionReset, "cut")))
}

fn failed() -> HttpResponse {
    response(500, error_body("InternalServerError", "the server failed"))
}

/// The body of one of DynamoDB's errors.
pub fn error_body(code: &str, message: &str) -> String {
    format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"{message}"}}"#)
}

fn response(status: u16, body: String) -> HttpResponse {
    let whole = http::Response::builder().status(status).header("content-type", "application/x-amz-json-1.0");
    match whole.body(SdkBody::from(body)).map(TryInto::try_into) {
        Ok(Ok(response)) => response,
        other => panic!("no response: {other:?}"),
    }
}

/// The same table behind a tap.
pub fn tapped<T: Table>(client: &Client<T>, decide: impl Fn(&str, &str) -> Do + Send + Sync + 'static) -> Client<T> {
    let config = client.sdk().config();
    let Some(behind) = config.http_client() else { panic!("the engine's client has an HTTP client") };
    let config = config.to_builder().http_client(SharedHttpClient::new(Tap::before(behind, decide))).build();
    client.clone().with_sdk(dynamodel::sdk::Client::from_conf(config))
}
