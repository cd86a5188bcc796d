//! The engine behind a connector that takes its time with changes of tables, as Amazon DynamoDB does: an index is being
//! built, filled or deleted for a while, and another change meanwhile is refused.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::sdk::config::{AsyncSleep, Sleep};
use dynamodel::{Client, Table};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server does besides.
#[derive(Debug, Default)]
pub struct Script {
    /// For how many looks at the table a change is under way.
    pub looks: usize,
    /// What the next changes are answered with, first to last, before any is carried out: `Exception: message`.
    pub busy: Vec<&'static str>,
    /// How many changes are carried out and their answers lost.
    pub lose: usize,
    /// How many changes of the time to live come too soon after another one.
    pub too_soon: usize,
}

#[derive(Debug, Default)]
struct State {
    script: Script,
    /// The index that is being made or deleted, which of these, and for how many looks yet.
    under_way: Option<(Value, &'static str, usize)>,
    updates: Vec<Value>,
    too_early: usize,
}

#[derive(Debug, Clone)]
pub struct Slow {
    inner: SharedHttpClient,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct Connector(Slow, SharedHttpConnector);

/// Sleeps are over at once; timeouts never come.
#[derive(Debug)]
struct AtOnce;

impl AsyncSleep for AtOnce {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration >= Duration::from_secs(1_000) {
            return Sleep::new(std::future::pending());
        }
        Sleep::new(std::future::ready(()))
    }
}

/// The same table as another version, behind such a server.
pub fn behind<T: Table, O: Table>(client: &Client<O>, script: Script) -> (Client<T>, Slow) {
    let config = client.sdk().config();
    let state = State { script, ..State::default() };
    let slow = Slow { inner: config.http_client().unwrap(), state: Arc::new(Mutex::new(state)) };
    let never = Duration::from_secs(1_000_000);
    let timeouts = dynamodel::sdk::config::timeout::TimeoutConfig::builder().connect_timeout(never).build();
    let config = config
        .to_builder()
        .http_client(slow.clone())
        .retry_config(RetryConfig::standard().with_max_attempts(2))
        .timeout_config(timeouts)
        .sleep_impl(AtOnce)
        .build();
    (Client::new(&dynamodel::sdk::Client::from_conf(config), client.table_name()), slow)
}

impl Slow {
    /// The changes that were asked for.
    pub fn updates(&self) -> Vec<Value> {
        self.state.lock().unwrap().updates.clone()
    }

    /// How many came while another one was under way.
    pub fn too_early(&self) -> usize {
        self.state.lock().unwrap().too_early
    }
}

impl HttpClient for Slow {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector(self.clone(), self.inner.http_connector(settings, parts)))
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (slow, inner) = (self.0.clone(), self.1.clone());
        let operation =
            request.headers().get("x-amz-target").unwrap_or_default().rsplit('.').next().unwrap().to_owned();
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        HttpConnectorFuture::new(async move {
            match operation.as_str() {
                "UpdateTimeToLive" if slow.is_too_soon() => Ok(refusal(TOO_SOON)),
                "UpdateTable" => {
                    if let Some(exception) = slow.refuses(&body) {
                        return Ok(refusal(exception));
                    }
                    let answer = inner.call(request).await?;
                    slow.begin(&body);
                    let mut state = slow.state.lock().unwrap();
                    if state.script.lose > 0 {
                        state.script.lose -= 1;
                        return Err(ConnectorError::io("connection reset by peer".into()));
                    }
                    Ok(answer)
                }
                "DescribeTable" => slow.describe(inner.call(request).await?).await,
                _ => inner.call(request).await,
            }
        })
    }
}

/// As DynamoDB says it for half an hour.
const TOO_SOON: &str = "ValidationException: Time to live has been modified multiple times within a fixed interval";

impl Slow {
    fn is_too_soon(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        let too_soon = state.script.too_soon > 0;
        state.script.too_soon = state.script.too_soon.saturating_sub(1);
        too_soon
    }

    fn refuses(&self, body: &Value) -> Option<&'static str> {
        let mut state = self.state.lock().unwrap();
        state.updates.push(body.clone());
        if state.under_way.is_some() {
            state.too_early += 1;
            return Some("ResourceInUseException");
        }
        (!state.script.busy.is_empty()).then(|| state.script.busy.remove(0))
    }

    fn begin(&self, body: &Value) {
        let mut state = self.state.lock().unwrap();
        let update = &body["GlobalSecondaryIndexUpdates"][0];
        let looks = state.script.looks;
        let created = (update["Create"].clone(), "CREATING");
        let deleted = (update["Delete"].clone(), "DELETING");
        let begun = [created, deleted].into_iter().find(|(index, _)| index.is_object());
        state.under_way = begun.filter(|_| looks > 0).map(|(index, status)| (index, status, looks));
    }

    async fn describe(&self, answer: HttpResponse) -> Result<HttpResponse, ConnectorError> {
        let body =
            ByteStream::new(answer.into_body()).collect().await.map_err(|error| ConnectorError::io(error.into()))?;
        let mut body: Value = serde_json::from_slice(&body.into_bytes()).unwrap();
        let mut state = self.state.lock().unwrap();
        let table = &mut body["Table"];
        if let Some((index, status, looks)) = &mut state.under_way {
            // The table itself is ready again before its index is.
            table["TableStatus"] = json!(if *looks % 2 == 0 { "UPDATING" } else { "ACTIVE" });
            let list = table["GlobalSecondaryIndexes"].as_array_mut();
            if *status == "DELETING" {
                let gone = json!({"IndexName": index["IndexName"], "IndexStatus": "DELETING",
                    "KeySchema": [{"AttributeName": "gone", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}});
                match list {
                    Some(list) => list.push(gone),
                    None => table["GlobalSecondaryIndexes"] = json!([gone]),
                }
            } else {
                let found = list.into_iter().flatten().find(|known| known["IndexName"] == index["IndexName"]);
                let found = found.expect("the engine has made it");
                found["IndexStatus"] = json!("CREATING");
                found["Backfilling"] = json!(*looks < 3);
            }
            *looks -= 1;
            if *looks == 0 {
                state.under_way = None;
            }
        }
        Ok(http::Response::builder().status(200).body(SdkBody::from(body.to_string())).unwrap().try_into().unwrap())
    }
}

/// `Exception`, or `Exception: message`.
fn refusal(said: &str) -> HttpResponse {
    let (exception, message) = said.split_once(": ").unwrap_or((said, "scripted"));
    let body = json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{exception}"), "message": message});
    http::Response::builder().status(400).body(SdkBody::from(body.to_string())).unwrap().try_into().unwrap()
}
