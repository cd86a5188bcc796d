//! The faults of `dynamodel::testing` themselves: they happen as told, are counted, and come again by their seed.

use dynamodel::testing::{Fault, Faults, Injected};
use dynamodel::{Client, Codec, ErrorKind, RetryPolicy};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Note, Session, Shop};
use std::time::{Duration, Instant};

async fn shop(faults: &Faults) -> Client<Shop> {
    engine::connect(&engine::clock(), Codec::Wire).await.with_faults(faults)
}

fn note(number: i32) -> Note {
    Note { user_id: "u".into(), number, owner: None, text: "x".into() }
}

/// Without the SDK's own retries: what happens to a request is what the caller sees.
fn without_retries(shop: Client<Shop>) -> Client<Shop> {
    let config = shop.sdk().config().to_builder();
    let config = config.retry_config(dynamodel::sdk::config::retry::RetryConfig::disabled()).build();
    shop.with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(RetryPolicy::ONCE)
}

#[tokio::test]
async fn every_fault_is_what_its_name_says() {
    let cases = [
        (Fault::None, None, true),
        (Fault::Throttle, Some(ErrorKind::Throttled), false),
        (Fault::ServerError, Some(ErrorKind::OutcomeUnknown), false),
        (Fault::ServerErrorAfter, Some(ErrorKind::OutcomeUnknown), true),
        (Fault::Timeout, Some(ErrorKind::OutcomeUnknown), false),
        (Fault::TimeoutAfter, Some(ErrorKind::OutcomeUnknown), true),
        (Fault::CutBefore, Some(ErrorKind::OutcomeUnknown), false),
        (Fault::CutAfter, Some(ErrorKind::OutcomeUnknown), true),
        (Fault::CutWithin, Some(ErrorKind::OutcomeUnknown), true),
        (Fault::Refused, Some(ErrorKind::Unavailable), false),
        (Fault::Unprocessed, None, true),
        (Fault::TransactionConflict, Some(ErrorKind::Contention), false),
        (Fault::Slow(Duration::from_millis(1)), None, true),
        (Fault::ok(), None, false),
        (Fault::error(400, "ValidationException"), Some(ErrorKind::Service), false),
    ];
    for (fault, told, acted) in cases {
        let faults = Faults::script([fault.clone()]);
        let shop = without_retries(shop(&faults).await);
        let outcome = shop.create(&Session::new("u", "s")).await;
        assert_eq!(outcome.err().map(|error| error.kind()), told, "{fault:?}");
        assert_eq!(shop.get(Session::key("u", "s")).await.unwrap().is_some(), acted, "{fault:?}");
        assert_eq!(faults.injected().lost, u64::from(acted && told.is_some()), "{fault:?}");
    }
}

#[tokio::test]
async fn unprocessed_items_did_not_reach_the_server() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let faults = Faults::seeded(1).unprocessed(0.5);
        let shop = without_retries(shop(&faults).await.with_codec(codec));
        let notes: Vec<_> = (0..100).map(note).collect();
        let error = shop.batch_write().put_all(&notes).await.unwrap_err();
        let left = error.leftovers::<Shop>().len();
        assert_eq!(faults.injected().unprocessed, u64::try_from(left).unwrap());
        let stored = shop.query(Note::of_user("u")).count().await.unwrap();
        assert_eq!(stored, 100 - faults.injected().unprocessed);
        let keys: Vec<_> = (0..100).map(|number| Note::key("u", number)).collect();
        let unread = shop.batch_get(keys).await.unwrap_err();
        assert_eq!(unread.kind(), ErrorKind::Unprocessed);
        // Of one item alone nothing is left, and the server is not asked.
        let faults = Faults::script([Fault::Unprocessed]);
        let shop = without_retries(shop).with_faults(&faults);
        assert_eq!(shop.batch_write().put(&note(1)).await.unwrap_err().leftovers::<Shop>().len(), 1);
        assert_eq!(faults.injected().unprocessed, 1);
    }
}

async fn many_gets(seed: u64) -> (Vec<bool>, Injected) {
    let faults = Faults::seeded(seed).throttle(0.1).fail_500(0.1).cut_before(0.1).cut_after(0.1).time_out(0.1);
    let shop = without_retries(shop(&faults).await);
    let mut found = Vec::new();
    for number in 0..300 {
        found.push(shop.get(Note::key("u", number)).await.is_ok());
    }
    (found, faults.injected())
}

#[tokio::test]
async fn a_seed_gives_the_same_faults_again_and_another_one_others() {
    let (first, injected) = many_gets(1).await;
    assert_eq!((first.clone(), injected), many_gets(1).await);
    assert_ne!(first, many_gets(2).await.0);
    let of = [injected.throttled, injected.server_errors, injected.cut_before, injected.cut_after, injected.timeouts];
    assert!(of.iter().all(|count| (10..60).contains(count)), "{injected:?}");
    assert!(injected.lost > injected.cut_after, "some of the 500s and timeouts were carried out");
}

#[tokio::test]
async fn faults_happen_to_the_operations_they_are_for_until_they_are_stopped() {
    let faults = Faults::seeded(1).throttle(1.0).only("GetItem").only("Query").recording();
    let shop = without_retries(shop(&faults).await);
    shop.create(&note(1)).await.unwrap();
    assert!(shop.get(Note::key("u", 1)).await.unwrap_err().is_throttled());
    assert!(shop.query(Note::of_user("u")).await.unwrap_err().is_throttled());
    faults.stop();
    assert!(shop.get(Note::key("u", 1)).await.is_ok());
    faults.resume();
    assert!(shop.get(Note::key("u", 1)).await.is_err());
    assert_eq!((faults.requests(), faults.requests_of("GetItem"), faults.injected().throttled), (5, 3, 3));
    let sent = faults.sent();
    let operations: Vec<_> = sent.iter().map(|sent| sent.operation.as_str()).collect();
    assert_eq!(operations, ["PutItem", "GetItem", "Query", "GetItem", "GetItem"]);
    assert_eq!(sent[1].header("x-amz-target"), Some("DynamoDB_20120810.GetItem"));
}

#[tokio::test]
async fn slow_responses_are_delayed() {
    let faults = Faults::seeded(1).slow(1.0, Duration::from_millis(50));
    let shop = shop(&faults).await;
    let start = Instant::now();
    shop.get(Note::key("u", 1)).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(50));
    assert_eq!(faults.injected().slowed, 1);
}

#[tokio::test]
async fn a_client_counts_what_it_meets() {
    let script = [Fault::Throttle, Fault::ServerError, Fault::None, Fault::CutBefore, Fault::None];
    let faults = Faults::script(script);
    let shop = shop(&faults).await;
    let before = shop.stats();
    shop.get(Note::key("u", 1)).await.unwrap();
    shop.clone().get(Note::key("u", 1)).await.unwrap();
    let stats = shop.stats();
    assert_eq!(stats.requests - before.requests, 5);
    assert_eq!((stats.retries, stats.throttled, stats.server_errors, stats.unanswered), (3, 1, 1, 1));
}

#[tokio::test]
async fn an_sdk_client_without_an_http_client_is_told_so() {
    let config = dynamodel::sdk::Config::builder()
        .behavior_version(dynamodel::sdk::config::BehaviorVersion::latest())
        .region(dynamodel::sdk::config::Region::from_static("us-east-1"))
        .credentials_provider(dynamodel::sdk::config::Credentials::new("a", "b", None, None, "test"))
        .build();
    let sdk = dynamodel::sdk::Client::from_conf(config);
    let shop: Client<Shop> = Client::new(&sdk, "none").with_faults(&Faults::seeded(1));
    let error = shop.get(Note::key("u", 1)).await.unwrap_err();
    let mut said = String::new();
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = source {
        said += &error.to_string();
        source = error.source();
    }
    assert!(said.contains("was not given an HTTP client"), "{said}");
}
