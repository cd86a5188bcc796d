//! Faults that no engine makes, by a scripted HTTP connector: throttling, broken answers, answers that are lost.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use dynamodel::{Client, Codec, ErrorKind, Table};
use dynamodel_tests::model::{Document, Session, Shop};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

/// What happens to one request.
#[derive(Debug, Clone)]
enum Fault {
    /// An answer.
    Answer(u16, String),
    /// The connection breaks after the request was sent.
    Cut,
}

#[derive(Debug, Clone)]
struct Script {
    faults: Arc<Mutex<VecDeque<Fault>>>,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

#[derive(Debug, Clone)]
struct Recorded {
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl HttpConnector for Script {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers = request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let body = request.body().bytes().unwrap_or_default().to_vec();
        self.requests.lock().unwrap().push(Recorded { headers, body });
        let fault = self.faults.lock().unwrap().pop_front().expect("one request more than the script has");
        HttpConnectorFuture::ready(match fault {
            Fault::Answer(status, body) => Ok(http::Response::builder()
                .status(status)
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amzn-requestid", "REQUEST-1")
                .body(SdkBody::from(body))
                .unwrap()
                .try_into()
                .unwrap()),
            Fault::Cut => Err(ConnectorError::io("connection reset by peer".into())),
        })
    }
}

impl HttpClient for Script {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn scripted<T: Table>(codec: Codec, faults: &[Fault]) -> (Client<T>, Script) {
    let script = Script { faults: Arc::new(Mutex::new(faults.iter().cloned().collect())), requests: Arc::default() };
    let engine = dynamodel::embedded::Engine::memory().unwrap();
    let retries = dynamodel::sdk::config::retry::RetryConfig::standard()
        .with_max_attempts(3)
        .with_initial_backoff(std::time::Duration::from_millis(1));
    let config = engine.sdk_client().config().to_builder().http_client(script.clone()).retry_config(retries).build();
    (Client::new(&dynamodel::sdk::Client::from_conf(config), "scripted").with_codec(codec), script)
}

fn ok() -> Fault {
    Fault::Answer(200, "{}".into())
}

fn error(status: u16, code: &str) -> Fault {
    Fault::Answer(status, format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"said so"}}"#))
}

fn refused(item: &str) -> Fault {
    let code = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
    Fault::Answer(400, format!(r#"{{"__type":"{code}","message":"The conditional request failed","Item":{item}}}"#))
}

fn session_item(version: u64) -> String {
    format!(
        r#"{{"PK":{{"S":"USER#u1"}},"SK":{{"S":"SESSION#s1"}},"_type":{{"S":"Session"}},"user_id":{{"S":"u1"}},
        "session_id":{{"S":"s1"}},"hits":{{"N":"1"}},"data":{{"M":{{}}}},"version":{{"N":"{version}"}}}}"#
    )
}

const BOTH: [Codec; 2] = [Codec::Wire, Codec::AttributeValue];

#[tokio::test]
async fn throttling_and_server_errors_are_retried_by_the_sdk_with_the_same_body() {
    for codec in BOTH {
        let faults = [error(400, "ProvisionedThroughputExceededException"), error(500, "InternalServerError"), ok()];
        let (shop, script) = scripted::<Shop>(codec, &faults);
        assert_eq!(shop.create(&Session::new("u1", "s1")).await.unwrap(), 1);
        let requests = script.requests.lock().unwrap();
        assert_eq!(requests.len(), 3);
        for request in requests.iter() {
            assert_eq!(request.body, requests[0].body);
            let header =
                |name: &str| request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            assert_eq!(header("x-amz-target"), Some("DynamoDB_20120810.PutItem"));
            assert_eq!(header("content-type"), Some("application/x-amz-json-1.0"));
            assert_eq!(header("content-length"), Some(request.body.len().to_string().as_str()));
            assert!(header("authorization").is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256")));
        }
        let last = &requests[2].headers;
        assert!(last.iter().any(|(name, value)| name == "amz-sdk-request" && value.contains("attempt=3")));
    }
}

#[tokio::test]
async fn throttling_to_the_end_is_an_error_of_its_own() {
    for codec in BOTH {
        let (shop, _) = scripted::<Shop>(codec, &vec![error(400, "ThrottlingException"); 3]);
        let error = shop.create(&Session::new("u1", "s1")).await.unwrap_err();
        assert!(error.is_throttled());
        assert_eq!(error.attempts(), 3);
    }
}

#[tokio::test]
async fn a_broken_success_answer_is_an_error_and_is_not_retried() {
    let bodies =
        ["", "{", "[]", r#"{"Item":{"PK":{"S":5}}}"#, r#"{"Item":{"PK":{"S":"x"},"SK"#, "\u{0}", r#"{"Item":7}"#];
    for body in bodies {
        let (shop, script) = scripted::<Shop>(Codec::Wire, &[Fault::Answer(200, body.into())]);
        let error = shop.get(Session::key("u1", "s1")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body:?}: {error}");
        assert_eq!(script.requests.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_write_without_an_answer_is_in_doubt_and_a_read_is_not() {
    for codec in BOTH {
        let (shop, _) = scripted::<Shop>(codec, &vec![Fault::Cut; 3]);
        let error = shop.create(&Session::new("u1", "s1")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 3), "{error}");
        let (shop, _) = scripted::<Shop>(codec, &vec![Fault::Cut; 3]);
        assert_eq!(shop.get(Session::key("u1", "s1")).await.unwrap_err().kind(), ErrorKind::Unavailable);
        let (shop, _) = scripted::<Shop>(codec, &vec![error_500(); 3]);
        assert!(shop.create(&Session::new("u1", "s1")).await.unwrap_err().is_outcome_unknown());
    }
}

fn error_500() -> Fault {
    error(500, "InternalServerError")
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_is_not_taken_for_somebody_elses_doing() {
    for codec in BOTH {
        // The first try may have created the item that the second one meets.
        let (shop, _) = scripted::<Shop>(codec, &[Fault::Cut, refused(&session_item(1))]);
        let error = shop.create(&Session::new("u1", "s1")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 2));
        assert_eq!(error.current::<Session>().unwrap().version, 1);

        // A throttled try did nothing: the refusal is a refusal.
        let (shop, _) = scripted::<Shop>(codec, &[error_400_throttled(), refused(&session_item(1))]);
        assert!(shop.create(&Session::new("u1", "s1")).await.unwrap_err().is_already_exists());

        // Throttling at the end does not say what became of the try whose answer was lost.
        let (shop, _) = scripted::<Shop>(codec, &[Fault::Cut, error_400_throttled(), error_400_throttled()]);
        assert!(shop.create(&Session::new("u1", "s1")).await.unwrap_err().is_outcome_unknown());

        // The stored version is one further: this may be ours.
        let mut session = Session { version: 1, ..Session::new("u1", "s1") };
        let (shop, _) = scripted::<Shop>(codec, &[Fault::Cut, refused(&session_item(2))]);
        assert!(shop.save(&mut session).await.unwrap_err().is_outcome_unknown());
        assert_eq!(session.version, 1);

        // The stored version is still the one that was read: nothing was written, so the condition failed otherwise.
        let (shop, _) = scripted::<Shop>(codec, &[Fault::Cut, refused(&session_item(1))]);
        assert!(!shop.save(&mut session).await.unwrap_err().is_outcome_unknown());
    }
}

fn error_400_throttled() -> Fault {
    error(400, "ThrottlingException")
}

/// Refuses every request but the first with the item of the first one, whose answer is lost.
#[derive(Debug, Clone, Default)]
struct Echo(Arc<Mutex<Option<String>>>);

impl HttpConnector for Echo {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut first = self.0.lock().unwrap();
        HttpConnectorFuture::ready(match first.as_ref() {
            None => {
                let body: serde_json::Value =
                    serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap();
                *first = Some(body["Item"].to_string());
                Err(ConnectorError::timeout("no answer".into()))
            }
            Some(item) => {
                let Fault::Answer(status, body) = refused(item) else { unreachable!() };
                Ok(http::Response::builder().status(status).body(SdkBody::from(body)).unwrap().try_into().unwrap())
            }
        })
    }
}

impl HttpClient for Echo {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

#[tokio::test]
async fn a_random_version_tells_a_lost_success_from_a_conflict() {
    for codec in BOTH {
        let (template, _) = scripted::<Shop>(codec, &[]);
        let config = template.sdk().config().to_builder().http_client(Echo::default()).build();
        let shop: Client<Shop> = Client::new(&dynamodel::sdk::Client::from_conf(config), "scripted").with_codec(codec);
        let mut document = Document { id: Uuid::from_u128(1), text: "mine".into(), etag: Uuid::nil() };
        shop.save(&mut document).await.expect("the first try was carried out, and the item says so");
        assert!(!document.etag.is_nil());

        // Somebody else's version under the key leaves the doubt.
        let other = format!(
            r#"{{"PK":{{"S":"DOC#x"}},"SK":{{"S":"DOC"}},"id":{{"S":"{}"}},"text":{{"S":"theirs"}},"etag":{{"S":"{}"}}}}"#,
            document.id,
            Uuid::from_u128(9)
        );
        let (shop, _) = scripted::<Shop>(codec, &[Fault::Cut, refused(&other)]);
        assert!(shop.save(&mut document).await.unwrap_err().is_outcome_unknown());
    }
}

#[tokio::test]
async fn the_sdks_error_is_the_source_with_its_request_id() {
    for codec in BOTH {
        let (shop, _) = scripted::<Shop>(codec, &[error(400, "ValidationException")]);
        let error = shop.get(Session::key("u1", "s1")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert!(error.to_string().contains("ValidationException: said so"), "{error}");
        let source = format!("{:?}", std::error::Error::source(&error).unwrap());
        assert!(source.contains("REQUEST-1"), "{source}");
    }
}

#[tokio::test]
async fn a_count_that_may_have_been_added_twice_is_in_doubt_and_a_value_is_not() {
    for codec in BOTH {
        let faults = [Fault::Cut, ok()];
        let key = || Session::key("u1", "s1");
        let (shop, _) = scripted::<Shop>(codec, &faults);
        assert!(shop.update(key()).add(|s| s.hits, 1).await.unwrap_err().is_outcome_unknown());
        let (shop, _) = scripted::<Shop>(codec, &faults);
        let plus = shop.update(key()).set_to(|s| s.hits, |s| s.hits.plus(1));
        assert!(plus.await.unwrap_err().is_outcome_unknown());

        let (shop, _) = scripted::<Shop>(codec, &faults);
        shop.update(key()).set(|s| s.hits, 1).await.expect("twice is once");
        let (shop, _) = scripted::<Shop>(codec, &[error_400_throttled(), ok()]);
        shop.update(key()).add(|s| s.hits, 1).await.expect("a throttled try did nothing");
        let (shop, _) = scripted::<Shop>(codec, &faults);
        let read = Session { version: 3, ..Session::new("u1", "s1") };
        shop.update(&read).add(|s| s.hits, 1).await.expect("the version would have refused the second one");
    }
}
