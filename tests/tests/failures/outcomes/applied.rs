//! A write that was carried out is never reported as one that was not, whatever comes back.

use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Codec, Error, ErrorKind};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Document, Session, Shop};
use dynamodel_tests::tap::{Do, tapped};
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// A session whose `data` another program has made a number of.
async fn broken_session(codec: Codec) -> Client<Shop> {
    let shop: Client<Shop> = engine::connect(&engine::clock(), codec).await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    set_raw(&shop, "USER#u", "SESSION#s", "data", AttributeValue::N("7".into())).await;
    shop
}

async fn set_raw(shop: &Client<Shop>, pk: &str, sk: &str, name: &str, value: AttributeValue) {
    let update = shop.sdk().update_item().table_name(shop.table_name());
    let update = update.key("PK", AttributeValue::S(pk.into())).key("SK", AttributeValue::S(sk.into()));
    let update = update.update_expression("SET #a = :v").expression_attribute_names("#a", name);
    update.expression_attribute_values(":v", value).send().await.unwrap();
}

/// A number of the raw item that an error holds.
fn number(error: &Error, name: &str) -> String {
    let item: serde_json::Value = serde_json::from_str(error.raw_item().unwrap().json()).unwrap();
    item[name]["N"].as_str().unwrap().to_owned()
}

async fn hits(shop: &Client<Shop>) -> String {
    let item = shop.sdk().get_item().table_name(shop.table_name()).consistent_read(true);
    let item = item.key("PK", AttributeValue::S("USER#u".into())).key("SK", AttributeValue::S("SESSION#s".into()));
    item.send().await.unwrap().item.unwrap()["hits"].as_n().unwrap().clone()
}

#[tokio::test]
async fn an_update_whose_item_cannot_be_read_says_that_it_was_carried_out_and_holds_the_item() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let shop = broken_session(codec).await;
        let key = || Session::key("u", "s");
        let new = shop.update(key()).add(|s| s.hits, 1).returning_new().await.unwrap_err();
        let old = shop.update(key()).add(|s| s.hits, 1).returning_old().await.unwrap_err();
        for error in [&new, &old] {
            assert_eq!(error.kind(), ErrorKind::ResultUnavailable);
            assert!(error.is_applied() && !error.is_outcome_unknown() && !error.is_condition_failed(), "{error:?}");
            assert_eq!((error.entity(), error.attribute()), (Some("Session"), Some("data")));
            assert_eq!((error.key(), error.attempts()), (Some("USER#u / SESSION#s"), 1));
            assert!(error.to_string().contains("was carried out"), "{error}");
            assert_eq!(error.raw_item().unwrap().type_name(), Some("Session"));
        }
        assert_eq!((number(&new, "hits"), number(&old, "hits")), ("1".to_owned(), "1".to_owned()));
        assert_eq!(hits(&shop).await, "2");
    }
}

#[tokio::test]
async fn a_good_response_that_is_no_json_belongs_to_an_update_that_was_carried_out() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    for body in ["{\"Attributes\":{\"PK\"", "<html>", "", "{}", "{\"Attributes\":null}"] {
        let body = body.to_owned();
        let odd = tapped(
            &shop,
            move |operation, _| {
                if operation == "UpdateItem" { Do::RespondAfter(200, body.clone()) } else { Do::Pass }
            },
        );
        let error = odd.update(Session::key("u", "s")).add(|s| s.hits, 1).returning_new().await.unwrap_err();
        assert!(error.is_applied(), "{error:?}");
        assert!(error.raw_item().is_none());
        // Where nothing is to come back, nothing is missing.
        odd.update(Session::key("u", "s")).add(|s| s.hits, 1).await.unwrap();
    }
    assert_eq!(shop.get(Session::key("u", "s")).await.unwrap().unwrap().hits, 10);
}

#[tokio::test]
async fn an_update_whose_old_item_is_lost_says_that_it_was_carried_out() {
    let shop: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let document = Document { id: Uuid::from_u128(1), text: "a".into(), etag: Uuid::nil() };
    let etag = shop.create(&document).await.unwrap();
    let document = Document { etag, ..document };
    let tries = AtomicU32::new(0);
    let cut = tapped(&shop, move |operation, _| {
        let first = operation == "UpdateItem" && tries.fetch_add(1, Ordering::SeqCst) == 0;
        if first { Do::CutAfter } else { Do::Pass }
    });
    let error = cut.update(&document).set(|d| d.text, "b").returning_old().await.unwrap_err();
    assert!(error.is_applied(), "{error:?}");
    assert_eq!(shop.get(Document::key(document.id)).await.unwrap().unwrap().text, "b");
}

#[tokio::test]
async fn a_refusal_by_an_item_that_cannot_be_read_holds_the_item() {
    let shop = broken_session(Codec::Wire).await;
    let error = shop.create(&Session::new("u", "s")).await.unwrap_err();
    assert!(error.is_already_exists() && !error.is_applied());
    assert_eq!(number(&error, "data"), "7");
    let error = shop.transact((shop.create(&Session::new("u", "s")),)).await.unwrap_err();
    assert!(error.raw_item().is_some(), "{error:?}");
}
