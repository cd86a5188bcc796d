//! What an error says of itself: its kind, how many requests were made, and the item that it is about.

use dynamodel::op::Get;
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Codec, Error, ErrorKind, Expiry, Projection, RetryPolicy};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Document, Session, Shop};
use dynamodel_tests::tap::{Do, error_body, tapped};
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use uuid::Uuid;

const CODECS: [Codec; 2] = [Codec::Wire, Codec::AttributeValue];

async fn shop(codec: Codec) -> Client<Shop> {
    engine::connect(&engine::clock(), codec).await
}

async fn set_raw(shop: &Client<Shop>, pk: &str, sk: &str, name: &str, value: AttributeValue) {
    let update = shop.sdk().update_item().table_name(shop.table_name());
    let update = update.key("PK", AttributeValue::S(pk.into())).key("SK", AttributeValue::S(sk.into()));
    let update = update.update_expression("SET #a = :v").expression_attribute_names("#a", name);
    update.expression_attribute_values(":v", value).send().await.unwrap();
}

#[tokio::test]
async fn a_read_that_met_an_unreadable_item_says_how_many_requests_it_took() {
    for codec in CODECS {
        let shop = shop(codec).await;
        shop.create(&Session::new("u", "s")).await.unwrap();
        set_raw(&shop, "USER#u", "SESSION#s", "data", AttributeValue::N("7".into())).await;
        let key = || Session::key("u", "s");
        let errors: [Error; 8] = [
            shop.get(key()).await.unwrap_err(),
            shop.query(Session::of_user("u")).await.unwrap_err(),
            shop.query(Session::of_user("u")).collect().await.unwrap_err(),
            shop.query(Session::of_user("u")).first().await.unwrap_err(),
            shop.scan::<Session>().collect().await.unwrap_err(),
            shop.batch_get([key()]).await.unwrap_err(),
            shop.transact_get((Get::new(key()),)).await.unwrap_err(),
            shop.modify(key(), |_: &mut Session| ()).await.unwrap_err(),
        ];
        for (at, error) in errors.iter().enumerate() {
            assert_eq!(error.kind(), ErrorKind::Decode, "{at}: {error:?}");
            assert_eq!((error.entity(), error.attribute()), (Some("Session"), Some("data")), "{at}");
            assert_eq!((error.key(), error.table()), (Some("USER#u / SESSION#s"), Some(shop.table_name())), "{at}");
            assert_eq!(error.attempts(), 1, "{at}: {error:?}");
        }
    }
}

#[tokio::test]
async fn modify_of_an_expired_item_says_so_and_holds_it() {
    let clock = engine::clock();
    for shop in engine::both::<Shop>(&clock).await {
        let until = Expiry::at(shop.now() + Duration::from_secs(10)).unwrap();
        shop.create(&Session::new("u", "s").until(until)).await.unwrap();
        clock.advance(Duration::from_secs(11));
        let error = shop.modify(Session::key("u", "s"), |_: &mut Session| ()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Expired, 1), "{error:?}");
        assert!(error.is_gone());
        assert_eq!(error.current::<Session>().and_then(|s| s.expires_at), Some(until));
        assert_eq!((error.entity(), error.key()), (Some("Session"), Some("USER#u / SESSION#s")));
        let error = shop.modify(Session::key("u", "none"), |_: &mut Session| ()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotFound, 1), "{error:?}");
    }
}

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[dynamo(of = Session)]
struct Nick {
    nick: Option<String>,
}

#[tokio::test]
async fn a_part_of_an_item_that_has_none_of_its_attributes_is_there_in_every_read() {
    for codec in CODECS {
        let shop = shop(codec).await;
        shop.create(&Session::new("u", "s")).await.unwrap();
        let key = || Session::key("u", "s");
        let none = || Session::key("u", "none");
        let part = Some(Nick { nick: None });
        assert_eq!(shop.get(key()).part::<Nick>().await.unwrap(), part);
        assert_eq!(shop.get(key()).include_expired().part::<Nick>().await.unwrap(), part);
        assert_eq!(shop.get(none()).part::<Nick>().await.unwrap(), None);
        assert_eq!(
            shop.batch_get(vec![key(), none()]).part::<Nick>().await.unwrap(),
            [Some(Nick { nick: None }), None]
        );
        let gets = (Get::new(key()).part::<Nick>(), Get::new(none()).part::<Nick>());
        assert_eq!(shop.transact_get(gets).await.unwrap(), (part, None));
    }
}

/// A table behind a server that responds to this operation with this.
fn answering(shop: &Client<Shop>, operation: &'static str, status: u16, body: &str) -> Client<Shop> {
    let body = body.to_owned();
    tapped(shop, move |asked, _| if asked == operation { Do::Respond(status, body.clone()) } else { Do::Pass })
}

#[tokio::test]
async fn a_response_that_lacks_what_was_asked_for_is_not_taken_for_nothing_found() {
    for codec in CODECS {
        let shop = shop(codec).await;
        shop.create(&Session::new("u", "s")).await.unwrap();
        let batch = answering(&shop, "BatchGetItem", 200, r#"{"UnprocessedKeys":{}}"#);
        let error = batch.batch_get([Session::key("u", "s")]).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{error:?}");
        let gets = || (Get::new(Session::key("u", "s")), Get::new(Session::key("u", "s")));
        for body in ["{}", r#"{"Responses":[]}"#, r#"{"Responses":[{}]}"#] {
            let error = answering(&shop, "TransactGetItems", 200, body).transact_get(gets()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
            let list = vec![Get::new(Session::key("u", "s")), Get::new(Session::key("u", "t"))];
            let error = answering(&shop, "TransactGetItems", 200, body).transact_get(list).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_count_that_cannot_be_read_is_not_zero() {
    let shop = shop(Codec::Wire).await;
    for body in ["{}", r#"{"Count":null}"#, r#"{"Count":"7","ScannedCount":7}"#, r#"{"Count":7.5,"ScannedCount":8}"#] {
        let odd = answering(&shop, "Query", 200, body);
        let error = odd.query(Session::of_user("u")).count().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error:?}");
        let odd = answering(&shop, "Scan", 200, body);
        let error = odd.scan::<Session>().count().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error:?}");
    }
}

#[tokio::test]
async fn a_page_without_its_items_is_not_taken_for_an_empty_one() {
    for codec in CODECS {
        let shop = shop(codec).await;
        for body in ["{}", r#"{"Count":2,"ScannedCount":2}"#] {
            let odd = answering(&shop, "Query", 200, body);
            let error = odd.query(Session::of_user("u")).await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{body}: {error:?}");
            let error = answering(&shop, "Scan", 200, body).scan::<Session>().collect().await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{body}: {error:?}");
        }
    }
}

#[tokio::test]
async fn a_batch_that_came_to_its_last_try_says_why_and_how_often_it_asked() {
    for codec in CODECS {
        let shop = shop(codec).await.with_retries(RetryPolicy { tries: 2, ..RetryPolicy::ONCE });
        let failing = tapped(&shop, |_, _| Do::Fail);
        let error = failing.batch_get([Session::key("u", "s")]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unprocessed);
        assert!(!error.to_string().contains("slow down"), "{error}");
        assert_eq!(error.attempts(), 2, "one loop decides, not two: {error:?}");
        let error = failing.batch_write().unchecked().put(&Session::new("u", "s")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unprocessed);
        assert_eq!(error.attempts(), 2, "one loop decides, not two: {error:?}");
        assert_eq!(error.leftovers::<Shop>().len(), 1);
    }
}

/// The first request of this operation is carried out and its response lost, all later ones meet this.
fn lost_then(shop: &Client<Shop>, operation: &'static str, then: Do) -> Client<Shop> {
    let tries = Arc::new(AtomicU32::new(0));
    tapped(shop, move |asked, _| match asked == operation {
        true if tries.fetch_add(1, Ordering::SeqCst) == 0 => Do::CutAfter,
        true => then.clone(),
        false => Do::Pass,
    })
}

#[tokio::test]
async fn a_write_that_may_have_been_made_holds_an_item_that_cannot_be_read() {
    for codec in CODECS {
        let shop = shop(codec).await;
        let fresh = Session::new("u", "s");
        let unreadable = lost_then(
            &shop,
            "PutItem",
            Do::Change(Arc::new(|status, body: String| {
                let mut body: serde_json::Value = serde_json::from_str(&body).unwrap();
                body["Item"]["data"] = serde_json::json!({"N": "7"});
                (status, body.to_string())
            })),
        );
        let error = unreadable.create(&fresh).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error:?}");
        assert!(error.raw_item().is_some_and(|item| item.json().contains(r#""N":"7""#)), "{error:?}");
        assert!(shop.get(Session::key("u", "s")).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_count_in_doubt_whose_item_cannot_be_read_holds_it_raw() {
    let shop = shop(Codec::Wire).await;
    let document = Document { id: Uuid::from_u128(1), text: "a".into(), etag: Uuid::nil() };
    shop.create(&document).await.unwrap();
    set_raw(&shop, "DOC#00000000-0000-0000-0000-000000000001", "DOC", "text", AttributeValue::N("7".into())).await;
    let cut = tapped(&shop, |operation, _| if operation == "UpdateItem" { Do::CutBefore } else { Do::Pass });
    let error = cut.update(Document::key(document.id)).set_to(|d| d.text, |d| d.text.copy()).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert!(error.raw_item().is_some(), "{error:?}");
}

#[tokio::test]
async fn a_table_that_is_gone_after_a_lost_response_does_not_say_that_nothing_was_done() {
    for codec in CODECS {
        let shop = shop(codec).await;
        let gone = Do::Respond(400, error_body("ResourceNotFoundException", "no such table"));
        let error = lost_then(&shop, "PutItem", gone.clone()).create(&Session::new("u", "s")).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error:?}");
        assert!(shop.get(Session::key("u", "s")).await.unwrap().is_some());
        let error = answering(&shop, "PutItem", 400, &error_body("ResourceNotFoundException", "no such table"))
            .create(&Session::new("u", "t"))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TableNotFound);
    }
}

#[tokio::test]
async fn a_partition_that_is_full_is_one_kind_alone_and_in_a_transaction() {
    for codec in CODECS {
        let shop = shop(codec).await;
        let body = error_body("ItemCollectionSizeLimitExceededException", "Collection size exceeded.");
        let error = answering(&shop, "PutItem", 400, &body).create(&Session::new("u", "s")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ItemTooLarge, "{error:?}");
        assert_eq!((error.entity(), error.key()), (Some("Session"), Some("USER#u / SESSION#s")));
    }
}
