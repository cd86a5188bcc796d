//! What has expired is gone for every read and visible on request; and no expiry is a number of milliseconds.

use dynamodel::op::{Get, Update};
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Clock, Entity, ErrorKind, Expiry, ManualClock, Projection};
use dynamodel_tests::model::{Session, Shop, ShopItem};
use dynamodel_tests::{both, clock};
use serde::Deserialize;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

#[derive(Projection, Deserialize, Debug, PartialEq)]
#[dynamo(of = Session)]
struct Hits {
    hits: u64,
}

fn key() -> dynamodel::Key<Session> {
    Session::key("u", "s")
}

/// How many of the two sessions each read finds, without those that have expired and with them.
async fn found(shop: &Client<Shop>) -> Vec<(&'static str, usize, usize)> {
    let count = |found: u64| usize::try_from(found).unwrap();
    let of_user = || shop.query(Session::of_user("u"));
    let by_token = || shop.query(Session::by_token("token-s"));
    let partition = || shop.query(Shop::partition(Session::of_user("u")));
    let keys = || [key(), Session::key("u", "t")];
    let both = |found: Vec<Option<Session>>| found.into_iter().flatten().count();
    let get = || shop.get(key());
    let get_expired = || Get::new(key()).include_expired();
    let (transacted,) = shop.transact_get((Get::new(key()),)).await.unwrap();
    let (part,) = shop.transact_get((Get::new(key()).part::<Hits>(),)).await.unwrap();
    let (asked,) = shop.transact_get((get_expired(),)).await.unwrap();
    let (asked_part,) = shop.transact_get((get_expired().part::<Hits>(),)).await.unwrap();
    vec![
        ("get", get().await.iter().flatten().count(), get().include_expired().await.iter().flatten().count()),
        (
            "get a part",
            get().part::<Hits>().await.iter().flatten().count(),
            get().part::<Hits>().include_expired().await.iter().flatten().count(),
        ),
        ("transact_get", transacted.iter().count(), asked.iter().count()),
        ("transact_get a part", part.iter().count(), asked_part.iter().count()),
        (
            "batch_get",
            both(shop.batch_get(keys()).await.unwrap()),
            both(shop.batch_get(keys()).include_expired().await.unwrap()),
        ),
        ("query", of_user().await.unwrap().items.len(), of_user().include_expired().await.unwrap().items.len()),
        (
            "first",
            by_token().first().await.iter().flatten().count(),
            by_token().include_expired().first().await.iter().flatten().count(),
        ),
        (
            "an index",
            by_token().collect().await.unwrap().len(),
            by_token().include_expired().collect().await.unwrap().len(),
        ),
        ("count", count(of_user().count().await.unwrap()), count(of_user().include_expired().count().await.unwrap())),
        (
            "a partition",
            partition().collect().await.unwrap().len(),
            partition().include_expired().collect().await.unwrap().len(),
        ),
        (
            "scan",
            shop.scan::<Session>().collect().await.unwrap().len(),
            shop.scan::<Session>().include_expired().collect().await.unwrap().len(),
        ),
        (
            "scan the table",
            shop.scan::<ShopItem>().collect().await.unwrap().len(),
            shop.scan::<ShopItem>().include_expired().collect().await.unwrap().len(),
        ),
    ]
}

#[tokio::test]
async fn every_read_leaves_out_what_has_expired_unless_asked_for() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let soon = Expiry::at(clock.now() + MINUTE).unwrap();
        shop.create(&Session::new("u", "s").until(soon)).await.unwrap();
        shop.create(&Session::new("u", "t")).await.unwrap();
        let alone = ["get", "get a part", "transact_get", "transact_get a part", "first", "an index"];
        for (read, without, with) in found(&shop).await {
            let all = if alone.contains(&read) { 1 } else { 2 };
            assert_eq!((without, with), (all, all), "{read}, alive");
        }
        clock.advance(MINUTE);
        for (read, without, with) in found(&shop).await {
            let all = if alone.contains(&read) { 1 } else { 2 };
            assert_eq!((without, with), (all - 1, all), "{read}, expired");
        }
    }
}

#[tokio::test]
async fn a_saved_expiry_is_extended_and_counts_from_then_on() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let soon = Expiry::at(clock.now() + MINUTE).unwrap();
        let mut session = Session::new("u", "s").until(soon);
        shop.save(&mut session).await.unwrap();
        session.expires_at = Some(soon.extend(MINUTE).unwrap());
        shop.save(&mut session).await.unwrap();
        clock.advance(MINUTE);
        assert!(shop.get(key()).await.unwrap().is_some());
        shop.transact((Update::new(key()).expires_in(MINUTE),)).await.unwrap();
        clock.advance(Duration::from_secs(59));
        assert!(shop.get(key()).await.unwrap().is_some());
        clock.advance(Duration::from_secs(1));
        assert_eq!(shop.get(key()).await.unwrap(), None);
    }
}

fn millis(clock: &ManualClock) -> u64 {
    clock.epoch_seconds() * 1000
}

#[tokio::test]
async fn milliseconds_are_no_expiry_however_they_come() {
    let clock = clock();
    assert!(Expiry::from_epoch_seconds(millis(&clock)).is_err());
    assert!(serde_json::from_str::<Expiry>(&millis(&clock).to_string()).is_err());
    assert!(serde_json::from_str::<Expiry>("-1").is_err());
    let written = serde_json::to_string(&Expiry::at(clock.now()).unwrap()).unwrap();
    assert_eq!(written, clock.epoch_seconds().to_string(), "whole seconds");
    for shop in both::<Shop>(&clock).await {
        shop.create(&Session::new("u", "s")).await.unwrap();
        // What another program has written is not read as a moment in the year 58,000.
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let update = shop.sdk().update_item().table_name(shop.table_name());
        let update = update.key("PK", text("USER#u")).key("SK", text("SESSION#s"));
        let update = update.update_expression("SET expires_at = :then");
        update
            .expression_attribute_values(":then", AttributeValue::N(millis(&clock).to_string()))
            .send()
            .await
            .unwrap();
        let error = shop.get(key()).await.unwrap_err();
        assert_eq!((error.kind(), error.attribute()), (ErrorKind::Decode, Some("expires_at")), "{error}");
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("are these milliseconds?"), "{source}");
        // An update sets it right.
        shop.update(key()).expires_in(MINUTE).await.unwrap();
        assert_eq!(shop.get(key()).await.unwrap().unwrap().expiry(), Some(Expiry::at(clock.now() + MINUTE).unwrap()));
    }
}
