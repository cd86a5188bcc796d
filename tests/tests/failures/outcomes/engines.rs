//! Engines that send no item with a refusal (DynamoDB does since 2023): what is told is right all the same.

use dynamodel::op::{Create, Update};
use dynamodel::{Client, Codec, Error};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Document, Session, Shop};
use dynamodel_tests::tap::{Do, tapped};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// Takes the items out of refusals.
fn without_items(status: u16, body: String) -> (u16, String) {
    if status != 400 {
        return (status, body);
    }
    let mut body: Value = serde_json::from_str(&body).unwrap();
    body.as_object_mut().unwrap().remove("Item");
    if let Some(reasons) = body.get_mut("CancellationReasons").and_then(Value::as_array_mut) {
        for reason in reasons.iter_mut() {
            reason.as_object_mut().unwrap().remove("Item");
        }
    }
    (status, body.to_string())
}

/// A table, the same behind an engine that sends no items, and how many reads that one has had.
async fn silent(codec: Codec) -> (Client<Shop>, Client<Shop>, Arc<AtomicU32>) {
    let shop: Client<Shop> = engine::connect(&engine::clock(), codec).await;
    let reads = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&reads);
    let silent = tapped(&shop, move |operation, _| {
        count.fetch_add(u32::from(operation == "GetItem"), Ordering::SeqCst);
        Do::Change(Arc::new(without_items))
    });
    (shop, silent, reads)
}

fn is_there(error: &Error) -> Option<u64> {
    error.current::<Session>().map(|session| session.hits)
}

#[tokio::test]
async fn one_read_decides_what_a_refusal_means() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let (shop, silent, reads) = silent(codec).await;
        let mut session = Session::new("u", "s");
        session.version = shop.create(&session).await.unwrap();
        let key = || Session::key("u", "s");

        let error = silent.create(&session).await.unwrap_err();
        assert!(error.is_already_exists(), "{error:?}");
        assert_eq!(is_there(&error), Some(0));
        let got = silent.get_or_create(Session::new("u", "s")).await.unwrap();
        assert!(!got.is_created());

        shop.update(key()).add(|s| s.hits, 1).await.unwrap();
        for error in [
            silent.save(&mut session.clone()).await.unwrap_err(),
            silent.put(&session).await.unwrap_err(),
            silent.update(&session).add(|s| s.hits, 1).await.unwrap_err(),
            silent.delete(&session).await.unwrap_err(),
        ] {
            assert!(error.is_conflict() && !error.is_gone(), "{error:?}");
            assert_eq!(is_there(&error), Some(1));
        }
        let error = silent.update(key()).add(|s| s.hits, 1).condition(|s| s.hits.gt(5)).await.unwrap_err();
        assert!(error.is_condition_failed() && !error.is_gone(), "{error:?}");
        assert_eq!(is_there(&error), Some(1));
        let upsert = silent.upsert(&session).add(|s| s.hits, 1).condition(|s| s.hits.gt(5)).await.unwrap_err();
        assert!(upsert.is_condition_failed() && !upsert.is_gone() && !upsert.is_already_exists(), "{upsert:?}");

        let missing = silent.update(Session::key("u", "none")).add(|s| s.hits, 1).await.unwrap_err();
        assert!(missing.is_gone(), "{missing:?}");
        assert!(reads.load(Ordering::SeqCst) > 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn modify_goes_on_from_what_it_reads() {
    let (shop, silent, _) = silent(Codec::Wire).await;
    let mut session = Session::new("u", "s");
    session.version = shop.create(&session).await.unwrap();
    let mut other = Some(shop.clone());
    let modified = silent
        .modify(Session::key("u", "s"), |s| {
            if let Some(shop) = other.take() {
                // Another writer is faster once.
                tokio::task::block_in_place(|| {
                    tokio::runtime::Handle::current()
                        .block_on(async { shop.update(Session::key("u", "s")).add(|s| s.hits, 10).await.unwrap() });
                });
            }
            s.hits += 1;
        })
        .await;
    assert_eq!(modified.unwrap().item.hits, 11);
}

#[tokio::test]
async fn the_reasons_of_a_transaction_are_read_too() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let (shop, silent, _) = silent(codec).await;
        let mut session = Session::new("u", "s");
        session.version = shop.create(&session).await.unwrap();
        let error = silent
            .transact((
                Create::new(&session),
                Update::new(Session::key("u", "none")).add(|s| s.hits, 1),
                Update::new(Session::key("u", "other")).add(|s| s.hits, 1),
            ))
            .await
            .unwrap_err();
        let reasons: Vec<_> = error.reasons().iter().map(|reason| reason.as_ref().unwrap()).collect();
        assert!(reasons[0].is_already_exists() && is_there(reasons[0]) == Some(0), "{error:?}");
        assert!(reasons[1].is_gone() && reasons[2].is_gone(), "{error:?}");
    }
}

#[tokio::test]
async fn an_engine_that_sends_items_is_not_asked() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let reads = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&reads);
    let shop = tapped(&shop, move |operation, _| {
        count.fetch_add(u32::from(operation == "GetItem"), Ordering::SeqCst);
        Do::Pass
    });
    shop.create(&Session::new("u", "s")).await.unwrap();
    let _known = shop.create(&Session::new("u", "s")).await.unwrap_err();
    for _ in 0..3 {
        let error = shop.update(Session::key("u", "none")).add(|s| s.hits, 1).await.unwrap_err();
        assert!(error.is_gone());
    }
    assert_eq!(reads.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn what_cannot_be_read_either_is_told_as_it_is_known() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let mut session = Session::new("u", "s");
    session.version = shop.create(&session).await.unwrap();
    let silent = tapped(&shop, |operation, _| {
        if operation == "GetItem" {
            Do::Respond(400, dynamodel_tests::tap::error_body("AccessDeniedException", "no"))
        } else {
            Do::Change(Arc::new(without_items))
        }
    });
    let error = silent.create(&session).await.unwrap_err();
    assert!(error.is_already_exists() && error.current::<Session>().is_none(), "{error:?}");
    let error = silent.update(Session::key("u", "none")).add(|s| s.hits, 1).await.unwrap_err();
    assert!(error.is_condition_failed() && !error.is_gone(), "{error:?}");
}

#[tokio::test]
async fn a_lost_response_is_settled_by_what_is_read() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let document = Document { id: Uuid::from_u128(1), text: "a".into(), etag: Uuid::nil() };
    let tries = AtomicU32::new(0);
    let silent = tapped(&shop, move |operation, _| match operation {
        "PutItem" if tries.fetch_add(1, Ordering::SeqCst) == 0 => Do::CutAfter,
        _ => Do::Change(Arc::new(without_items)),
    });
    let etag = silent.create(&document).await.unwrap();
    assert_eq!(shop.get(Document::key(document.id)).await.unwrap().unwrap().etag, etag);
}
