//! A stream by a script: shards that split, iterators that expire, records that are gone.

use super::model::Order;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use dynamodel::stream::sdk;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One shard.
#[derive(Debug, Clone)]
pub struct Shard {
    pub id: &'static str,
    pub parent: Option<&'static str>,
    pub closed: bool,
    /// The sequence numbers of its records, each of an order of that number.
    pub records: Vec<u32>,
    /// How many of them are gone.
    pub trimmed: usize,
}

impl Shard {
    pub fn new(id: &'static str, parent: Option<&'static str>, records: impl IntoIterator<Item = u32>) -> Self {
        Self { id, parent, closed: false, records: records.into_iter().collect(), trimmed: 0 }
    }

    pub fn closed(mut self) -> Self {
        self.closed = true;
        self
    }
}

/// The stream of a table, and what goes wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Stream(pub Arc<Mutex<State>>);

#[derive(Debug, Default)]
pub struct State {
    pub shards: Vec<Shard>,
    /// Refusals of the next requests for records.
    pub refuse: VecDeque<&'static str>,
    /// Refusals of the next requests of one operation.
    pub refuse_operation: Vec<(&'static str, &'static str)>,
    /// A shard whose records are refused for as long as this is said, and with what.
    pub refuse_shard: Option<(&'static str, &'static str)>,
    /// When records were written, in seconds since 1970. Others do not say.
    pub times: BTreeMap<u32, u64>,
    /// Iterators of an earlier age have expired.
    pub age: u64,
    /// Every second page is empty.
    pub gaps: bool,
    /// What the next requests for shards or records are responded to with.
    pub odd: VecDeque<Value>,
    pub described: usize,
    /// How many iterators were asked for.
    pub entered: usize,
    pub pages: usize,
}

fn number(n: u32) -> String {
    format!("{:021}", 100_000_000_000_000_000_000_u128 + u128::from(n))
}

fn refusal(code: &str) -> (u16, Value) {
    let status = if code == "InternalServerError" { 500 } else { 400 };
    (status, json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "by the script"}))
}

impl State {
    fn respond(&mut self, operation: &str, body: &Value) -> (u16, Value) {
        if let Some(at) = self.refuse_operation.iter().position(|(refused, _)| *refused == operation) {
            return refusal(self.refuse_operation.remove(at).1);
        }
        if operation != "GetShardIterator"
            && let Some(odd) = self.odd.pop_front()
        {
            return (200, odd);
        }
        match operation {
            "DescribeStream" => self.describe(body),
            "GetShardIterator" => self.iterator(body),
            "GetRecords" => self.records(body),
            other => panic!("a poller does not ask for {other}"),
        }
    }

    /// Two shards to a page.
    fn describe(&mut self, body: &Value) -> (u16, Value) {
        self.described += 1;
        let after = body["ExclusiveStartShardId"].as_str();
        // From the beginning where that shard has gone meanwhile.
        let place = after.and_then(|after| self.shards.iter().position(|shard| shard.id == after));
        let begin = place.map_or(0, |at| at + 1);
        let page: Vec<_> = self.shards.iter().skip(begin).take(2).collect();
        let shards: Vec<_> = page
            .iter()
            .map(|shard| {
                let mut range = json!({"StartingSequenceNumber": number(0)});
                if shard.closed {
                    range["EndingSequenceNumber"] = json!(number(shard.records.last().copied().unwrap_or(0)));
                }
                let mut out = json!({"ShardId": shard.id, "SequenceNumberRange": range});
                if let Some(parent) = shard.parent {
                    out["ParentShardId"] = json!(parent);
                }
                out
            })
            .collect();
        let mut stream = json!({"StreamArn": body["StreamArn"], "StreamStatus": "ENABLED", "Shards": shards});
        if begin + page.len() < self.shards.len() {
            stream["LastEvaluatedShardId"] = json!(page.last().unwrap().id);
        }
        (200, json!({"StreamDescription": stream}))
    }

    fn iterator(&mut self, body: &Value) -> (u16, Value) {
        self.entered += 1;
        let id = body["ShardId"].as_str().unwrap();
        let Some(shard) = self.shards.iter().find(|shard| shard.id == id) else {
            return refusal("ResourceNotFoundException");
        };
        let at = match body["ShardIteratorType"].as_str().unwrap() {
            "TRIM_HORIZON" => shard.trimmed,
            "LATEST" => shard.records.len(),
            _ => {
                let after = body["SequenceNumber"].as_str().unwrap();
                let at = shard.records.iter().take_while(|record| number(**record).as_str() <= after).count();
                if at < shard.trimmed {
                    return refusal("TrimmedDataAccessException");
                }
                at
            }
        };
        (200, json!({"ShardIterator": format!("{id}|{at}|0|{}", self.age)}))
    }

    fn records(&mut self, body: &Value) -> (u16, Value) {
        if let Some(code) = self.refuse.pop_front() {
            return refusal(code);
        }
        self.pages += 1;
        let iterator = body["ShardIterator"].as_str().unwrap();
        let [id, at, turn, age] = iterator.split('|').collect::<Vec<_>>().try_into().unwrap();
        let (at, turn): (usize, usize) = (at.parse().unwrap(), turn.parse().unwrap());
        if let Some((_, code)) = self.refuse_shard.filter(|(shard, _)| *shard == id) {
            return refusal(code);
        }
        if age.parse::<u64>().unwrap() < self.age {
            return refusal("ExpiredIteratorException");
        }
        let Some(shard) = self.shards.iter().find(|shard| shard.id == id) else {
            return refusal("ResourceNotFoundException");
        };
        if at < shard.trimmed {
            return refusal("TrimmedDataAccessException");
        }
        let limit = if self.gaps && turn % 2 == 0 { 0 } else { body["Limit"].as_u64().unwrap() };
        let page: Vec<_> = shard.records.iter().skip(at).take(usize::try_from(limit).unwrap()).collect();
        let next = at + page.len();
        let records: Vec<_> = page
            .into_iter()
            .map(|record| {
                let key = json!({"PK": {"S": format!("ORDER#{record}")}, "SK": {"S": "ORDER"}});
                let mut image = key.clone();
                for (name, value) in
                    [("_type", json!({"S": "Order"})), ("status", json!({"S": id})), ("total", json!({"N": "1"}))]
                {
                    image[name] = value;
                }
                image["paid"] = json!({"BOOL": true});
                image["data"] = json!({"M": {}});
                let mut out = json!({
                    "eventID": format!("event-{record}"), "eventName": "INSERT", "eventVersion": "1.1",
                    "eventSource": "aws:dynamodb", "awsRegion": "eu-west-1",
                    "dynamodb": {
                        "Keys": key, "NewImage": image, "SequenceNumber": number(*record), "SizeBytes": 1,
                        "StreamViewType": "NEW_AND_OLD_IMAGES",
                    },
                });
                if let Some(time) = self.times.get(record) {
                    out["dynamodb"]["ApproximateCreationDateTime"] = json!(time);
                }
                out
            })
            .collect();
        let mut out = json!({"Records": records});
        if !shard.closed || next < shard.records.len() {
            out["NextShardIterator"] = json!(format!("{id}|{next}|{}|{age}", turn + 1));
        }
        (200, out)
    }
}

#[derive(Debug)]
struct Scripted(Stream);

impl HttpConnector for Scripted {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let asked: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap();
        let (status, body) = self.0.0.lock().unwrap().respond(&operation(&request), &asked);
        let response = http::Response::builder().status(status).body(SdkBody::from(body.to_string())).unwrap();
        HttpConnectorFuture::ready(Ok(response.try_into().unwrap()))
    }
}

fn operation(request: &HttpRequest) -> String {
    let target = request.headers().get("x-amz-target").unwrap_or_default();
    target.rsplit('.').next().unwrap_or_default().to_owned()
}

impl HttpClient for Stream {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Scripted(self.clone()))
    }
}

impl Stream {
    pub fn new(shards: impl IntoIterator<Item = Shard>) -> Self {
        let stream = Self::default();
        stream.change(|state| state.shards = shards.into_iter().collect());
        stream
    }

    pub fn change<O>(&self, change: impl FnOnce(&mut State) -> O) -> O {
        change(&mut self.0.lock().unwrap())
    }

    /// An SDK client for it, which tries each request twice at most.
    pub fn client(&self, like: &sdk::Client) -> sdk::Client {
        let retries = sdk::config::retry::RetryConfig::standard()
            .with_max_attempts(2)
            .with_initial_backoff(Duration::from_millis(1));
        let config = like.config().to_builder().http_client(self.clone()).retry_config(retries);
        sdk::Client::from_conf(config.build())
    }
}

/// The number of the order in a scripted record.
pub fn of(order: &Order) -> u32 {
    order.id.parse().unwrap()
}

/// Counts the requests of a client.
#[derive(Debug, Clone, Default)]
pub struct Counted(Arc<Mutex<Vec<String>>>);

#[derive(Debug, Clone)]
struct Counting(Counted, SharedHttpClient);

#[derive(Debug)]
struct CountingConnector(Counted, SharedHttpConnector);

impl HttpClient for Counting {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(CountingConnector(self.0.clone(), self.1.http_connector(settings, parts)))
    }
}

impl HttpConnector for CountingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.0.lock().unwrap().push(operation(&request));
        self.1.call(request)
    }
}

impl Counted {
    pub fn before(&self, client: &sdk::Client) -> sdk::Client {
        let config = client.config();
        let counting = Counting(self.clone(), config.http_client().unwrap());
        sdk::Client::from_conf(config.to_builder().http_client(counting).build())
    }

    pub fn of(&self, wanted: &str) -> usize {
        self.0.lock().unwrap().iter().filter(|operation| *operation == wanted).count()
    }
}
