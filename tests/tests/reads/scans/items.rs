//! Which items a scan gives.

use super::model::{AnyItem, fill, note, numbers};
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Clock, Codec, ErrorKind, Expiry, Projection};
use dynamodel_tests::model::{Note, Reading, Readings, Session, Shop};
use dynamodel_tests::{both, clock, connect};
use std::collections::BTreeSet;
use std::time::Duration;

#[tokio::test]
async fn a_scan_gives_every_item_of_its_entity_once_in_any_number_of_segments() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        for (segments, concurrency) in [(1, 1), (7, 1), (7, 3), (7, 100), (40, 4)] {
            let scan = || shop.scan::<Note>().segments(segments).concurrency(concurrency).consistent();
            assert_eq!(numbers(scan().collect().await.unwrap()), (0..30).collect::<Vec<_>>());
            assert_eq!(scan().count().await.unwrap(), 30);
            assert_eq!(scan().filter(|n| n.number.lt(10)).count().await.unwrap(), 10);
        }
        let all = shop.scan::<AnyItem>().segments(3).collect().await.unwrap();
        assert_eq!(all.len(), 40);
        assert_eq!(all.iter().filter(|item| matches!(item, AnyItem::Session(_))).count(), 10);
        let mut stream = shop.scan::<Session>().stream();
        let mut ids = BTreeSet::new();
        while let Some(session) = stream.next().await {
            assert!(ids.insert(session.unwrap().session_id));
        }
        assert_eq!(ids.len(), 10);
    }
}

#[tokio::test]
async fn a_part_and_a_key_attribute_in_the_filter_do_as_well() {
    #[derive(Projection, serde::Deserialize)]
    #[dynamo(of = Note)]
    struct Text {
        #[serde(rename = "body")]
        text: String,
    }

    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        let texts = shop.scan::<Note>().filter(|n| n.user_id.eq("u3")).part::<Text>().collect().await.unwrap();
        assert_eq!(texts.len(), 6);
        assert!(texts.iter().all(|text| text.text.starts_with("note ")));
    }
    for readings in both::<Readings>(&clock()).await {
        for at in 0..5 {
            readings.create(&Reading { device: "d1".into(), at, celsius: 20.0 }).await.unwrap();
        }
        let late = readings.scan::<Reading>().filter(|r| r.at.ge(3) & r.device.eq("d1")).collect().await.unwrap();
        assert_eq!(late.len(), 2, "DynamoDB takes key attributes in the filter of a scan");
    }
}

#[tokio::test]
async fn what_has_expired_is_left_out_unless_asked_for() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let soon = Expiry::at(clock.now() + Duration::from_secs(60)).unwrap();
        shop.create(&Session::new("u1", "s1").until(soon)).await.unwrap();
        shop.create(&Session::new("u1", "s2")).await.unwrap();
        clock.advance(Duration::from_secs(60));
        assert_eq!(shop.scan::<Session>().count().await.unwrap(), 1);
        assert_eq!(shop.scan::<Session>().include_expired().collect().await.unwrap().len(), 2);
        assert_eq!(shop.scan::<AnyItem>().collect().await.unwrap().len(), 1);
        let total = shop.scan::<AnyItem>().delete_each().await.unwrap();
        assert_eq!(total.done, 1);
        let total = shop.scan::<AnyItem>().include_expired().delete_each().await.unwrap();
        assert_eq!(total.done, 1);
    }
}

#[tokio::test]
async fn items_of_other_writers_are_seen_by_a_scan_of_the_table_only() {
    for shop in both::<Shop>(&clock()).await {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let put = shop.sdk().put_item().table_name(shop.table_name());
        put.item("PK", text("OTHER#1")).item("SK", text("x")).send().await.unwrap();
        assert_eq!(shop.scan::<Note>().collect().await.unwrap(), []);
        assert_eq!(shop.scan::<AnyItem>().collect().await.unwrap_err().kind(), ErrorKind::WrongEntity);
        assert_eq!(shop.scan::<AnyItem>().keep_unknown().collect().await.unwrap().len(), 1);
        assert_eq!(shop.scan::<AnyItem>().delete_each().await.unwrap().done, 1, "keys are all that it needs");
    }
}

#[tokio::test]
async fn large_items_come_in_many_pages() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    for number in 0..30 {
        let note = Note { text: "x".repeat(100_000), ..note(&format!("u{number}"), number) };
        shop.create(&note).await.unwrap();
    }
    for segments in [1, 2] {
        let mut pages = shop.scan::<Note>().segments(segments).pages();
        let (mut seen, mut count) = (Vec::new(), 0);
        while let Some(page) = pages.next().await {
            seen.extend(page.unwrap().items);
            count += 1;
        }
        assert!(count > 2, "{count} page(s)");
        assert_eq!(numbers(seen), (0..30).collect::<Vec<_>>());
    }
    let mut pages = shop.scan::<Note>().delete_each().pages();
    let mut done = 0;
    while let Some(page) = pages.next().await {
        done += page.unwrap().done;
    }
    assert_eq!(done, 30);
}

/// Streams go where tasks go.
#[test]
fn futures_and_streams_can_be_sent_between_threads() {
    fn sent<T: Send>(_: &T) {}
    let shop = Client::<Shop>::new(
        &dynamodel::sdk::Client::from_conf(
            dynamodel::sdk::Config::builder()
                .behavior_version(dynamodel::sdk::config::BehaviorVersion::latest())
                .build(),
        ),
        "shop",
    );
    sent(&shop.scan::<Note>().pages());
    sent(&shop.scan::<Note>().stream());
    sent(&shop.scan::<Note>().collect());
    sent(&shop.scan::<Note>().delete_each().pages());
    sent(&shop.query(Note::of_user("u1")).delete_each().into_future());
    sent(&shop.query(Note::of_user("u1")).update_each(|n| n.set(|n| n.text, "x")).into_future());
}
