//! What Amazon DynamoDB keeps around a table and the embedded engine does not know: recovery, insights, resource policy, warm
//! throughput, replicas. In front of the engine, for tests of what is compared and sent.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use dynamodel::{Client, Table};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

#[derive(Debug, Default)]
struct State {
    days: Option<i64>,
    insights: Option<String>,
    policy: Option<(String, u32)>,
    /// What DescribeTable says besides.
    table: serde_json::Map<String, Value>,
    indexes: Vec<(String, Value)>,
    asked: Vec<String>,
    /// What insights end with.
    fails: bool,
    /// For how many looks the resource policy is seen as it was.
    late: usize,
    seen: Option<(String, u32)>,
}

#[derive(Debug, Clone)]
pub struct Around {
    inner: SharedHttpClient,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct Connector(Around, SharedHttpConnector);

/// The client's table with this around it.
pub fn around<T: Table>(client: &Client<T>) -> (Client<T>, Around) {
    let config = client.sdk().config();
    let around = Around { inner: config.http_client().unwrap(), state: Arc::default() };
    let config = config.to_builder().http_client(around.clone()).build();
    (Client::new(&dynamodel::sdk::Client::from_conf(config), client.table_name()), around)
}

impl Around {
    /// What DescribeTable says from now on, beside what the engine does.
    pub fn describes(&self, name: &str, value: Value) {
        self.state.lock().unwrap().table.insert(name.to_owned(), value);
    }

    /// From now on Contributor Insights cannot be switched on.
    pub fn insights_fail(&self) {
        self.state.lock().unwrap().fails = true;
    }

    /// The requests that were made since the last time, without those for the table itself.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }

    fn answer(&self, operation: &str, body: &Value) -> Option<Result<Value, &'static str>> {
        let mut state = self.state.lock().unwrap();
        let answer = match operation {
            "DescribeContinuousBackups" => {
                let status = if state.days.is_some() { "ENABLED" } else { "DISABLED" };
                let recovery = json!({"PointInTimeRecoveryStatus": status, "RecoveryPeriodInDays": state.days});
                Ok(json!({"ContinuousBackupsDescription":
                    {"ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery}}))
            }
            "UpdateContinuousBackups" => {
                let wanted = &body["PointInTimeRecoverySpecification"];
                let on = wanted["PointInTimeRecoveryEnabled"].as_bool().unwrap();
                state.days = on.then(|| wanted["RecoveryPeriodInDays"].as_i64().unwrap_or(35));
                Ok(json!({}))
            }
            "DescribeContributorInsights" if state.fails && state.insights.is_some() => Ok(json!({
                "ContributorInsightsStatus": "FAILED",
                "FailureException": {"ExceptionName": "LimitExceededException", "ExceptionDescription": "too many rules"},
            })),
            "DescribeContributorInsights" => {
                let status = if state.insights.is_some() { "ENABLED" } else { "DISABLED" };
                Ok(json!({"ContributorInsightsStatus": status, "ContributorInsightsMode": state.insights}))
            }
            "UpdateContributorInsights" => {
                assert_eq!(body["ContributorInsightsAction"], "ENABLE");
                state.insights = Some(body["ContributorInsightsMode"].as_str().unwrap().to_owned());
                Ok(json!({}))
            }
            "GetResourcePolicy" if state.late > 0 => {
                state.late -= 1;
                match &state.seen {
                    Some((text, revision)) => Ok(json!({"Policy": text, "RevisionId": revision.to_string()})),
                    None => Err("PolicyNotFoundException"),
                }
            }
            "GetResourcePolicy" => match &state.policy {
                Some((text, revision)) => Ok(json!({"Policy": text, "RevisionId": revision.to_string()})),
                None => Err("PolicyNotFoundException"),
            },
            "PutResourcePolicy" => {
                let found = state.policy.as_ref().map(|(_, revision)| *revision);
                let expected = body["ExpectedRevisionId"].as_str();
                let is_expected = expected.is_none_or(|expected| match found {
                    Some(revision) => expected == revision.to_string(),
                    None => expected == "NO_POLICY",
                });
                if is_expected {
                    let text = body["Policy"].as_str().unwrap().to_owned();
                    let before = state.policy.replace((text, found.unwrap_or_default() + 1));
                    state.seen = before;
                    state.late = 3;
                    Ok(json!({"RevisionId": (found.unwrap_or_default() + 1).to_string()}))
                } else {
                    Err("PolicyNotFoundException")
                }
            }
            "UpdateTable" if body.get("WarmThroughput").is_some() => {
                let live = state.table.entry("WarmThroughput").or_insert_with(|| json!({}));
                risen(live, &body["WarmThroughput"])
            }
            "UpdateTable" if body["GlobalSecondaryIndexUpdates"][0]["Update"].get("WarmThroughput").is_some() => {
                let update = &body["GlobalSecondaryIndexUpdates"][0]["Update"];
                let name = update["IndexName"].as_str().unwrap().to_owned();
                let mut live = state
                    .indexes
                    .iter()
                    .rev()
                    .find(|(known, _)| *known == name)
                    .map_or(json!({}), |(_, live)| live.clone());
                let answer = risen(&mut live, &update["WarmThroughput"]);
                state.indexes.push((name, live));
                answer
            }
            _ => return None,
        };
        state.asked.push(operation.to_owned());
        Some(answer)
    }

    async fn describe(&self, answer: HttpResponse) -> Result<HttpResponse, ConnectorError> {
        let body =
            ByteStream::new(answer.into_body()).collect().await.map_err(|error| ConnectorError::io(error.into()))?;
        let mut body: Value = serde_json::from_slice(&body.into_bytes()).unwrap();
        let state = self.state.lock().unwrap();
        for (name, value) in &state.table {
            body["Table"][name] = value.clone();
        }
        for index in body["Table"]["GlobalSecondaryIndexes"].as_array_mut().into_iter().flatten() {
            let warmed = state.indexes.iter().rev().find(|(name, _)| index["IndexName"] == name.as_str());
            if let Some((_, warm)) = warmed {
                index["WarmThroughput"] = warm.clone();
            }
        }
        Ok(response(200, &body))
    }
}

/// DynamoDB takes no decrease.
fn risen(live: &mut Value, asked: &Value) -> Result<Value, &'static str> {
    for (member, units) in asked.as_object().unwrap() {
        if units.as_i64() < live[member].as_i64() {
            return Err("ValidationException");
        }
        live[member] = units.clone();
    }
    Ok(json!({}))
}

impl HttpClient for Around {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector(self.clone(), self.inner.http_connector(settings, parts)))
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (around, inner) = (self.0.clone(), self.1.clone());
        let operation =
            request.headers().get("x-amz-target").unwrap_or_default().rsplit('.').next().unwrap().to_owned();
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        HttpConnectorFuture::new(async move {
            match around.answer(&operation, &body) {
                Some(Ok(answer)) => Ok(response(200, &answer)),
                Some(Err(exception)) => {
                    Ok(response(400, &json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{exception}")})))
                }
                None if operation == "DescribeTable" => around.describe(inner.call(request).await?).await,
                None => inner.call(request).await,
            }
        })
    }
}

fn response(status: u16, body: &Value) -> HttpResponse {
    http::Response::builder().status(status).body(SdkBody::from(body.to_string())).unwrap().try_into().unwrap()
}
