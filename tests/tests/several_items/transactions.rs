//! Transactions on a real engine: all or nothing, and why not.

use dynamodel::op::{Actions, Check, Create, Delete, Get, Put, Save, Update};
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, Codec, ErrorKind, Projection};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Cached, Document, Note, Reading, Readings, Session, Shop};
use serde::Deserialize;
use std::time::{Duration, SystemTime};

async fn shop() -> Client<Shop> {
    engine::connect(&engine::clock(), Codec::Wire).await
}

fn note(user: &str, number: i32) -> Note {
    Note { user_id: user.into(), number, owner: Some("ada".into()), text: "x".into() }
}

#[tokio::test]
async fn operations_of_every_kind_are_carried_out_together() {
    let shop = shop().await;
    let mut saved = Session::new("u", "saved");
    shop.save(&mut saved).await.unwrap();
    shop.create(&Session::new("u", "updated")).await.unwrap();
    shop.create(&note("u", 1)).await.unwrap();
    shop.create(&note("u", 2)).await.unwrap();
    saved.hits = 7;

    let mut document = Document { id: uuid::Uuid::from_u128(1), text: "new".into(), etag: uuid::Uuid::nil() };
    let (created, put, (), (), (), ()) = shop
        .transact((
            Create::new(&Session::new("u", "created")),
            Put::new(&document),
            Save::new(&mut saved),
            Update::new(Session::key("u", "updated")).set(|s| s.token, "moved").add(|s| s.hits, 2),
            Delete::new(Note::key("u", 1)),
            Check::new(Note::key("u", 2)).condition(|n| n.owner.eq("ada")),
        ))
        .await
        .unwrap();
    assert_eq!(created, 1);
    document.etag = put;
    assert_eq!((saved.version, saved.hits), (2, 7));
    assert_eq!(shop.get(Document::key(document.id)).await.unwrap(), Some(document));
    assert_eq!(shop.get(Session::key("u", "saved")).await.unwrap(), Some(saved));
    assert_eq!(shop.get(Note::key("u", 1)).await.unwrap(), None);
    // Index keys and versions follow as they do alone.
    let moved = shop.query(Session::by_token("moved")).first().await.unwrap().unwrap();
    assert_eq!((moved.session_id.as_str(), moved.hits, moved.version), ("updated", 2, 2));
}

#[tokio::test]
async fn a_cancelled_one_says_why_operation_by_operation_and_leaves_everything_as_it_was() {
    let shop = shop().await;
    let mut there = Session::new("u", "there");
    shop.save(&mut there).await.unwrap();
    shop.update(Session::key("u", "there")).add(|s| s.hits, 5).await.unwrap();
    let current = shop.get(Session::key("u", "there")).await.unwrap().unwrap();
    let mut stale = there.clone();
    stale.hits = 99;

    let error = shop
        .transact((
            Create::new(&note("u", 1)),
            Save::new(&mut stale),
            Create::new(&Session::new("u", "other")),
            Update::new(Note::key("u", 7)).set(|n| n.text, "y"),
            Check::absent(Note::key("u", 8)),
        ))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert!(error.is_cancelled() && error.is_conflict() && error.is_gone() && error.is_condition_failed());
    assert_eq!(error.reasons().len(), 5);
    for untouched in [0, 2, 4] {
        assert!(error.reason(untouched).is_none(), "{untouched}");
    }
    let conflict = error.reason(1).unwrap();
    assert_eq!(conflict.kind(), ErrorKind::Conflict);
    assert_eq!(conflict.current::<Session>(), Some(&current));
    assert_eq!(error.reason(3).unwrap().kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("operation 2 (save of `Session`) (and 1 more)"), "{error}");
    // Nothing happened, and the value kept its version.
    assert_eq!(stale.version, 1);
    assert_eq!(shop.get(Note::key("u", 1)).await.unwrap(), None);
    assert_eq!(shop.get(Session::key("u", "there")).await.unwrap(), Some(current));
}

#[tokio::test]
async fn a_check_by_value_and_a_check_for_none_hold_what_they_promise() {
    let shop = shop().await;
    let mut read = Session::new("u", "s");
    shop.save(&mut read).await.unwrap();
    shop.transact((Check::new(&read), Create::new(&note("u", 1)))).await.unwrap();
    shop.update(Session::key("u", "s")).add(|s| s.hits, 1).await.unwrap();
    let error = shop.transact((Check::new(&read), Create::new(&note("u", 2)))).await.unwrap_err();
    assert_eq!(error.reason(0).unwrap().kind(), ErrorKind::Conflict);
    let error = shop.transact((Check::absent(Session::key("u", "s")), Create::new(&note("u", 2)))).await.unwrap_err();
    assert_eq!(error.reason(0).unwrap().kind(), ErrorKind::AlreadyExists);
    let error = shop.transact((Check::new(Session::key("u", "no")), Create::new(&note("u", 2)))).await.unwrap_err();
    assert_eq!(error.reason(0).unwrap().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn an_expired_item_meets_the_verbs_as_it_does_alone() {
    let shop = shop().await;
    let past = dynamodel::Expiry::at(SystemTime::now() - Duration::from_secs(100)).unwrap();
    let cached = Cached { name: "c".into(), value: 1, expires_at: past };
    shop.put(&cached).await.unwrap();
    let error = shop.transact((Update::new(Cached::key("c")).set(|c| c.value, 2),)).await.unwrap_err();
    assert_eq!(error.reason(0).unwrap().kind(), ErrorKind::Expired);
    let error = shop.transact((Check::new(Cached::key("c")),)).await.unwrap_err();
    assert_eq!(error.reason(0).unwrap().kind(), ErrorKind::Expired);
    shop.transact((Create::new(&cached),)).await.unwrap();
    shop.transact((Check::absent(Cached::key("c")), Create::new(&note("u", 1)))).await.unwrap();
}

#[tokio::test]
async fn one_item_twice_is_refused_before_sending_with_both_places() {
    let shop = shop().await;
    let error = shop
        .transact((
            Create::new(&note("u", 1)),
            Create::new(&note("u", 2)),
            Update::new(Note::key("u", 1)).set(|n| n.text, "y"),
        ))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("operations 1 (create of `Note`) and 3 (update of `Note`)"), "{error}");
}

#[tokio::test]
async fn more_than_a_hundred_or_four_megabytes_or_none_are_refused_before_sending() {
    let shop = shop().await;
    let notes: Vec<_> = (0..101).map(|number| note("u", number)).collect();
    let list = |count: usize| {
        let mut actions = Actions::new();
        for note in notes.iter().take(count) {
            actions.push(Create::new(note));
        }
        actions
    };
    assert_eq!(list(101).len(), 101);
    assert!(shop.transact(list(0)).await.unwrap_err().to_string().contains("is empty"));
    assert!(shop.transact(list(101)).await.unwrap_err().to_string().contains("101 operations"));
    shop.transact(list(100)).await.unwrap();
    assert_eq!(shop.query(Note::of_user("u")).count().await.unwrap(), 100);

    let large: Vec<_> = (0..12).map(|number| Note { text: "x".repeat(390 * 1024), ..note("large", number) }).collect();
    let mut actions = Actions::new();
    for note in &large {
        actions.push(Create::new(note));
    }
    let error = shop.transact(actions).await.unwrap_err();
    assert!(error.to_string().contains("over DynamoDB's 4 MB with operation 11"), "{error}");
}

#[tokio::test]
async fn a_mistake_in_one_operation_is_found_before_any_is_sent() {
    let shop = shop().await;
    let error = shop
        .transact((Create::new(&note("u", 1)), Create::new(&note("", 2)), Create::new(&note("u", 1_000_000))))
        .await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidKey);
    assert_eq!(shop.get(Note::key("u", 1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_token_is_carried_out_once() {
    let shop = shop().await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    for _ in 0..3 {
        let count = Update::new(Session::key("u", "s")).add(|s| s.hits, 1);
        shop.transact((count,)).token("the very same").await.unwrap();
    }
    let hits = shop.get(Session::key("u", "s")).await.unwrap().unwrap().hits;
    assert_eq!(hits, 1);
    let count = || Update::new(Session::key("u", "s")).add(|s| s.hits, 1);
    let explained = shop.transact((count(),)).explain().unwrap();
    assert_ne!(explained.body, shop.transact((count(),)).explain().unwrap().body, "every one has a token of its own");
}

#[tokio::test]
async fn tables_of_one_connection_take_part_through_their_clients() {
    let shop = shop().await;
    let readings: Client<Readings> = Client::new(shop.sdk(), format!("{}-readings", shop.table_name()));
    readings.ensure_table().await.unwrap();
    let reading = Reading { device: "d".into(), at: 5, celsius: 20.5 };
    shop.transact((Create::new(&note("u", 1)), readings.create(&reading), shop.create(&note("u", 2)))).await.unwrap();
    assert_eq!(readings.get(Reading::key("d", 5)).await.unwrap(), Some(reading.clone()));
    let error = shop.transact((Create::new(&note("u", 3)), readings.create(&reading))).await.unwrap_err();
    assert_eq!(error.reason(1).unwrap().current::<Reading>(), Some(&reading));
    let read = shop.transact_get((Get::new(Note::key("u", 1)), readings.get(Reading::key("d", 5)))).await.unwrap();
    assert_eq!(read, (Some(note("u", 1)), Some(reading)));
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[dynamo(of = Session)]
struct Hits {
    hits: u64,
}

#[tokio::test]
async fn reads_give_what_is_there_in_the_order_of_the_asking() {
    let shop = shop().await;
    for id in ["a", "b"] {
        shop.create(&Session::new("u", id)).await.unwrap();
    }
    let (a, none, hits) = shop
        .transact_get((
            Get::new(Session::key("u", "a")),
            Get::new(Note::key("u", 1)),
            Get::new(Session::key("u", "b")).part::<Hits>(),
        ))
        .await
        .unwrap();
    assert_eq!(a.map(|s| s.session_id), Some("a".into()));
    assert_eq!((none, hits), (None, Some(Hits { hits: 0 })));
    let list = ["b", "x", "a"].map(|id| Get::new(Session::key("u", id)));
    let found = shop.transact_get(Vec::from(list)).await.unwrap();
    let ids: Vec<_> = found.into_iter().map(|found| found.map(|s| s.session_id)).collect();
    assert_eq!(ids, [Some("b".to_owned()), None, Some("a".to_owned())]);
}

#[tokio::test]
async fn both_ways_of_travelling_do_the_same() {
    let shop = shop().await.with_codec(Codec::AttributeValue);
    shop.create(&note("u", 1)).await.unwrap();
    shop.transact((
        Create::new(&Session::new("u", "s")),
        Update::new(Note::key("u", 1)).set(|n| n.text, "y"),
        Check::absent(Note::key("u", 2)),
    ))
    .await
    .unwrap();
    let error =
        shop.transact((Create::new(&Session::new("u", "s")), Delete::new(Note::key("u", 1)))).await.unwrap_err();
    assert!(error.reason(0).unwrap().current::<Session>().is_some());
    let found = shop.transact_get((Get::new(Session::key("u", "s")), Get::new(Note::key("u", 9)))).await.unwrap();
    assert_eq!(found.0.map(|s| s.session_id), Some("s".into()));
    assert_eq!(found.1, None);
}

/// A cancelled transaction as DynamoDB words it.
fn cancelled(reasons: &str) -> Fault {
    let head = r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException""#;
    Fault::Response(400, format!(r#"{head},"Message":"Transaction cancelled","CancellationReasons":[{reasons}]}}"#))
}

#[tokio::test]
async fn every_reason_that_dynamodb_knows_has_a_kind_of_its_own() {
    let item = r#"{"PK":{"S":"USER#u"},"SK":{"S":"NOTE#00001"},"_type":{"S":"Note"},"user_id":{"S":"u"},"number":{"N":"1"},"body":{"S":"there"}}"#;
    let reasons = [
        r#"{"Code":"None"}"#.to_owned(),
        format!(r#"{{"Code":"ConditionalCheckFailed","Message":"The conditional request failed","Item":{item}}}"#),
        r#"{"Code":"TransactionConflict","Message":"ongoing"}"#.to_owned(),
        r#"{"Code":"ThrottlingError","Message":"slow"}"#.to_owned(),
        r#"{"Code":"ProvisionedThroughputExceeded","Message":"slow"}"#.to_owned(),
        r#"{"Code":"ItemCollectionSizeLimitExceeded","Message":"10 GB"}"#.to_owned(),
        r#"{"Code":"ValidationError","Message":"Item size has exceeded the maximum allowed size"}"#.to_owned(),
        r#"{"Code":"ValidationError","Message":"Type mismatch for attribute to update"}"#.to_owned(),
        r#"{"Code":"SomethingNew","Message":"?"}"#.to_owned(),
    ];
    let kinds = [
        None,
        Some(ErrorKind::AlreadyExists),
        Some(ErrorKind::Contention),
        Some(ErrorKind::Throttled),
        Some(ErrorKind::Throttled),
        Some(ErrorKind::ItemTooLarge),
        Some(ErrorKind::ItemTooLarge),
        // As the same refusal of a single update: something was sent.
        Some(ErrorKind::Service),
        Some(ErrorKind::Service),
    ];
    let faults = Faults::script([cancelled(&reasons.join(","))]);
    let shop = shop().await.with_faults(&faults);
    let notes: Vec<_> = (0..9).map(|number| note("u", number)).collect();
    let mut actions = Actions::new();
    for note in &notes {
        actions.push(Create::new(note));
    }
    let error = shop.transact(actions).await.unwrap_err();
    assert_eq!(
        error.reasons().iter().map(|reason| reason.as_ref().map(dynamodel::Error::kind)).collect::<Vec<_>>(),
        kinds
    );
    assert_eq!(error.reason(1).unwrap().current::<Note>().map(|note| note.text.as_str()), Some("there"));
    assert!(error.reason(6).unwrap().to_string().contains("Item size has exceeded"), "{error:?}");
    assert_eq!(faults.requests(), 1, "a condition that does not hold is not tried again");
}

#[tokio::test]
async fn what_dynamodb_local_answers_in_place_of_a_cancellation_is_one_too() {
    let faults = Faults::script([Fault::error(400, "ValidationException")]);
    let shop = shop().await.with_faults(&faults);
    let error = shop.transact((Create::new(&note("u", 1)),)).await.unwrap_err();
    assert!(error.is_cancelled(), "{error}");
    assert_eq!((error.reasons().len(), faults.requests()), (0, 1));
    let source = std::error::Error::source(&error).unwrap();
    assert!(format!("{source:?}").contains("injected by a test"), "{source:?}");
}
