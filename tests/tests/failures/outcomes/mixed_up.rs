//! Responses that belong to another request: their items never pass for those that were asked for.

use dynamodel::op::Get;
use dynamodel::{Client, Codec, ErrorKind};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Note, Session, Shop};
use dynamodel_tests::tap::{Do, tapped};
use std::sync::Arc;

/// A table with an item, and a client of it whose responses speak of `v` in place of `u`.
async fn mixing(codec: Codec) -> (Client<Shop>, Client<Shop>) {
    let shop: Client<Shop> = engine::connect(&engine::clock(), codec).await;
    shop.create(&Session::new("u", "s")).await.unwrap();
    let mixed = tapped(&shop, |_, _| {
        let other = |body: String| body.replace("USER#u", "USER#v").replace(r#""S":"u""#, r#""S":"v""#);
        Do::Change(Arc::new(move |status, body| (status, other(body))))
    });
    (shop, mixed)
}

#[tokio::test]
async fn an_item_of_another_key_is_not_the_one_that_was_asked_for() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let (shop, mixed) = mixing(codec).await;
        let key = || Session::key("u", "s");
        let got = mixed.get(key()).await.unwrap_err();
        let modified = mixed.modify(key(), |session: &mut Session| session.hits += 1).await.unwrap_err();
        let (note, session) = (Get::new(Note::key("u", 1)), Get::new(key()));
        let transacted = mixed.transact_get((note, session)).await.unwrap_err();
        for error in [got, modified, transacted] {
            assert_eq!((error.kind(), error.key()), (ErrorKind::Decode, Some("USER#u / SESSION#s")), "{error:?}");
            assert!(error.to_string().contains("another key"), "{error}");
        }

        let updated = mixed.update(key()).add(|s| s.hits, 1).returning_new().await.unwrap_err();
        assert!(updated.is_applied(), "{updated:?}");
        assert_eq!(shop.get(key()).consistent().await.unwrap().unwrap().hits, 1);
    }
}

#[tokio::test]
async fn the_item_of_a_refusal_is_the_one_that_stood_in_the_way_or_none() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let (_, mixed) = mixing(codec).await;
        let created = mixed.create(&Session::new("u", "s")).await.unwrap_err();
        let made = mixed.get_or_create(Session::new("u", "s")).await.unwrap_err();
        let transacted = mixed.transact((mixed.create(&Session::new("u", "s")),)).await.unwrap_err();
        for error in [created, made, transacted] {
            assert!(error.is_already_exists(), "{error:?}");
            assert_eq!(error.current::<Session>(), None, "{error:?}");
            assert!(error.raw_item().is_none());
        }
    }
}

#[tokio::test]
async fn a_read_of_a_transaction_that_is_not_answered_is_not_taken_for_absent() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let shop: Client<Shop> = engine::connect(&engine::clock(), codec).await;
        for body in [r#"{"Responses":[]}"#, r#"{"Responses":[{}]}"#, "{}", r#"{"Responses":[{},{},{}]}"#] {
            let odd = tapped(&shop, move |_, _| Do::Respond(200, body.to_owned()));
            let gets = (Get::new(Note::key("u", 1)), Get::new(Note::key("u", 2)));
            let error = odd.transact_get(gets).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error:?}");
        }
        let gets = (Get::new(Note::key("u", 1)), Get::new(Note::key("u", 2)));
        assert_eq!(shop.transact_get(gets).await.unwrap(), (None, None));
    }
}
