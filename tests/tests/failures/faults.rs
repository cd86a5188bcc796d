//! Faults that no engine makes, by a script: throttling, broken answers, answers that are lost.

use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, Codec, ErrorKind, Table};
use dynamodel_tests::engine::with_retries_of_its_own;
use dynamodel_tests::model::{Document, Session, Shop};
use uuid::Uuid;

/// A client whose requests get these answers, and no others: behind them there is an engine without the table.
fn scripted<T: Table>(codec: Codec, faults: &[Fault]) -> (Client<T>, Faults) {
    let faults = Faults::script(faults.iter().cloned()).recording();
    let engine = dynamodel::embedded::Engine::memory().unwrap();
    let retries =
        RetryConfig::standard().with_max_attempts(3).with_initial_backoff(std::time::Duration::from_millis(1));
    let config = engine.sdk_client().config().to_builder().retry_config(retries).build();
    let client = Client::new(&dynamodel::sdk::Client::from_conf(config), "scripted").with_codec(codec);
    (with_retries_of_its_own(&client).with_faults(&faults), faults)
}

fn ok() -> Fault {
    Fault::ok()
}

fn error(status: u16, code: &str) -> Fault {
    Fault::error(status, code)
}

fn refused(item: &str) -> Fault {
    let code = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
    Fault::Response(400, format!(r#"{{"__type":"{code}","message":"The conditional request failed","Item":{item}}}"#))
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
        let requests = script.sent();
        assert_eq!(requests.len(), 3);
        for request in &requests {
            assert_eq!(request.body, requests[0].body);
            assert_eq!(request.header("x-amz-target"), Some("DynamoDB_20120810.PutItem"));
            assert_eq!(request.header("content-type"), Some("application/x-amz-json-1.0"));
            assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
            assert!(request.header("authorization").is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256")));
        }
        assert!(requests[2].header("amz-sdk-request").is_some_and(|value| value.contains("attempt=3")));
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
        let (shop, script) = scripted::<Shop>(Codec::Wire, &[Fault::Response(200, body.into())]);
        let error = shop.get(Session::key("u1", "s1")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body:?}: {error}");
        assert_eq!(script.requests(), 1);
    }
}

#[tokio::test]
async fn a_write_without_an_answer_is_in_doubt_and_a_read_is_not() {
    for codec in BOTH {
        let (shop, _) = scripted::<Shop>(codec, &vec![Fault::CutBefore; 3]);
        let error = shop.create(&Session::new("u1", "s1")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 3), "{error}");
        let (shop, _) = scripted::<Shop>(codec, &vec![Fault::CutBefore; 3]);
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
        let (shop, _) = scripted::<Shop>(codec, &[Fault::CutBefore, refused(&session_item(1))]);
        let error = shop.create(&Session::new("u1", "s1")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 2));
        assert_eq!(error.current::<Session>().unwrap().version, 1);

        // A throttled try did nothing: the refusal is a refusal.
        let (shop, _) = scripted::<Shop>(codec, &[error_400_throttled(), refused(&session_item(1))]);
        assert!(shop.create(&Session::new("u1", "s1")).await.unwrap_err().is_already_exists());

        // Throttling at the end does not say what became of the try whose answer was lost.
        let (shop, _) = scripted::<Shop>(codec, &[Fault::CutBefore, error_400_throttled(), error_400_throttled()]);
        assert!(shop.create(&Session::new("u1", "s1")).await.unwrap_err().is_outcome_unknown());

        // The stored version is one further: this may be ours.
        let mut session = Session { version: 1, ..Session::new("u1", "s1") };
        let (shop, _) = scripted::<Shop>(codec, &[Fault::CutBefore, refused(&session_item(2))]);
        assert!(shop.save(&mut session).await.unwrap_err().is_outcome_unknown());
        assert_eq!(session.version, 1);

        // The stored version is still the one that was read, or again: a counted one does not tell.
        let (shop, _) = scripted::<Shop>(codec, &[Fault::CutBefore, refused(&session_item(1))]);
        assert!(shop.save(&mut session).await.unwrap_err().is_outcome_unknown());
    }
}

fn error_400_throttled() -> Fault {
    error(400, "ThrottlingException")
}

#[tokio::test]
async fn a_random_version_tells_a_lost_success_from_a_conflict() {
    for codec in BOTH {
        let faults = Faults::script([Fault::CutAfter]);
        let shop = dynamodel_tests::connect::<Shop>(&dynamodel_tests::clock(), codec).await.with_faults(&faults);
        let mut document = Document { id: Uuid::from_u128(1), text: "mine".into(), etag: Uuid::nil() };
        shop.save(&mut document).await.expect("the first try was carried out, and the item says so");
        assert!(!document.etag.is_nil());
        assert_eq!((faults.requests(), faults.injected().lost), (2, 1));

        // Somebody else's version under the key leaves the doubt.
        let other = format!(
            r#"{{"PK":{{"S":"DOC#{0}"}},"SK":{{"S":"DOC"}},"id":{{"S":"{0}"}},"text":{{"S":"theirs"}},"etag":{{"S":"{1}"}}}}"#,
            document.id,
            Uuid::from_u128(9)
        );
        let (shop, _) = scripted::<Shop>(codec, &[Fault::CutBefore, refused(&other)]);
        assert!(shop.save(&mut document).await.unwrap_err().is_outcome_unknown());

        // The version that was read says that nothing was written: the condition failed otherwise.
        let read = other.replace(&Uuid::from_u128(9).to_string(), &document.etag.to_string());
        let (shop, _) = scripted::<Shop>(codec, &[Fault::CutBefore, refused(&read)]);
        let error = shop.save(&mut document).condition(|d| d.text.eq("mine")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::ConditionFailed, 2));
    }
}

#[tokio::test]
async fn the_sdks_error_is_the_source_with_its_request_id() {
    for codec in BOTH {
        let (shop, _) = scripted::<Shop>(codec, &[error(400, "ValidationException")]);
        let error = shop.get(Session::key("u1", "s1")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert!(error.to_string().contains("ValidationException: injected by a test"), "{error}");
        let source = format!("{:?}", std::error::Error::source(&error).unwrap());
        assert!(source.contains("INJECTED"), "{source}");
    }
}

#[tokio::test]
async fn a_count_that_may_have_been_added_twice_is_in_doubt_and_a_value_is_not() {
    for codec in BOTH {
        let faults = [Fault::CutBefore, ok()];
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
