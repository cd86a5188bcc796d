//! Limits on items, requests and rate; what is refused, and what is sent.

use super::model::{fill, kept, numbers};
use dynamodel::op::Capacity;
use dynamodel::sdk::config::StalledStreamProtectionConfig;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::sdk::config::timeout::TimeoutConfig;
use dynamodel::{Client, Codec, ErrorKind};
use dynamodel_tests::model::{Note, Shop};
use dynamodel_tests::wrap::{Noted, wrap};
use dynamodel_tests::{both, clock, connect};
use std::collections::BTreeSet;
use std::time::Duration;

#[tokio::test]
async fn a_limit_counts_what_is_returned_and_the_rest_comes_with_the_checkpoint() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        for segments in [1, 5] {
            let mut pages = shop.scan::<Note>().segments(segments).limit(7).pages();
            let (mut first, mut last) = (Vec::new(), None);
            while let Some(page) = pages.next().await {
                let page = page.unwrap();
                last = Some(kept(&page.checkpoint));
                first.extend(page.items);
            }
            assert_eq!(first.len(), 7);
            let rest = shop.scan::<Note>().segments(segments).resume_from(last.unwrap()).collect().await.unwrap();
            first.extend(rest);
            assert_eq!(numbers(first), (0..30).collect::<Vec<_>>());
        }
        assert_eq!(shop.scan::<Note>().limit(0).collect().await.unwrap(), []);
        assert_eq!(shop.scan::<Note>().limit(8).count().await.unwrap(), 8);
    }
}

#[tokio::test]
async fn limits_hold_for_all_segments_together() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    let (shop, seen) = wrap(&shop, 1, |_| None);
    let mut pages = shop.scan::<Note>().segments(5).concurrency(5).evaluate_at_most(13).pages();
    let mut evaluated = 0;
    while let Some(page) = pages.next().await {
        evaluated += page.unwrap().evaluated;
    }
    assert_eq!(evaluated, 13);
    let before = seen.seen("Scan").len();
    let mut pages = shop.scan::<Note>().segments(50).concurrency(5).requests_at_most(7).pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(seen.seen("Scan").len() - before, 7);
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_the_concurrency_says() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    for concurrency in [1, 3] {
        let (shop, seen) = wrap(&shop, 1, |_| None);
        let scan = shop.scan::<Note>().segments(20).concurrency(concurrency);
        assert_eq!(scan.collect().await.unwrap().len(), 30);
        assert_eq!(seen.most_at_once(), concurrency);
        let segments: BTreeSet<_> = seen.seen("Scan").iter().map(|body| body["Segment"].as_u64().unwrap()).collect();
        assert_eq!(segments, (0..20).collect());
    }
    let (shop, seen) = wrap(&shop, 1, |_| None);
    let total = shop.scan::<Note>().delete_each().concurrency(4).await.unwrap();
    assert_eq!((total.done, seen.most_at_once()), (30, 4));
}

#[tokio::test]
async fn a_rate_waits_for_what_was_consumed() {
    let clock = clock();
    let shop = connect::<Shop>(&clock, Codec::Wire).await;
    fill(&shop).await;
    let noted = Noted::default();
    // The SDK's own timers would sleep by it too.
    let config = shop.sdk().config().to_builder().sleep_impl(noted.clone());
    let timeouts = TimeoutConfig::builder().connect_timeout(Noted::OWN_TIMERS).build();
    let config = config.timeout_config(timeouts).retry_config(RetryConfig::disabled());
    let config = config.stalled_stream_protection(StalledStreamProtectionConfig::disabled()).build();
    // The clock stands still: the sleeps alone pass the time.
    let client = || Client::<Shop>::new(&dynamodel::sdk::Client::from_conf(config.clone()), shop.table_name());
    let shop = client().with_clock(clock.clone());
    for concurrency in [1, 3] {
        let before = noted.lengths().len();
        let mut pages = shop.scan::<Note>().segments(9).concurrency(concurrency).read_units_per_second(0.25).pages();
        let mut consumed = Vec::new();
        while let Some(page) = pages.next().await {
            consumed.push(page.unwrap().consumed.unwrap());
        }
        assert_eq!(consumed.len(), 9);
        let slept: Duration = noted.lengths()[before..].iter().sum();
        // Before each request all that was consumed has been waited for; nobody waits after the last one.
        let all: f64 = consumed.iter().sum();
        let least = (all - 2.0 * consumed.iter().copied().fold(0.0, f64::max)) / 0.25;
        let most = all / 0.25;
        assert!(
            (least..=most).contains(&slept.as_secs_f64()),
            "slept {:?}, not {least} to {most}",
            &noted.lengths()[before..]
        );
        // The time that passes otherwise counts too.
        clock.advance(Duration::from_secs(3600));
    }
    let before = noted.lengths().len();
    assert_eq!(shop.scan::<Note>().segments(9).read_units_per_second(1e9).count().await.unwrap(), 30);
    let slept: Duration = noted.lengths()[before..].iter().sum();
    assert!(slept < Duration::from_millis(1), "{slept:?}");
}

#[tokio::test]
async fn a_scan_that_cannot_be_is_refused_before_sending() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    for scan in [
        shop.scan::<Note>().segments(0),
        shop.scan::<Note>().segments(1_000_001),
        shop.scan::<Note>().concurrency(0),
        shop.scan::<Note>().read_units_per_second(0.0),
        shop.scan::<Note>().read_units_per_second(f64::NAN),
    ] {
        assert_eq!(scan.explain().unwrap_err().kind(), ErrorKind::InvalidRequest);
        assert_eq!(scan.collect().await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
}

#[tokio::test]
async fn explain_shows_the_first_request_and_the_sdk_takes_it_over() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    let explained = shop.scan::<Note>().segments(4).filter(|n| n.number.ge(2)).consistent().explain().unwrap();
    assert_eq!((explained.operation, explained.capacity), ("Scan", Capacity::ReadPer4Kb(1.0)));
    let body: serde_json::Value = serde_json::from_str(&explained.body).unwrap();
    assert_eq!(body["FilterExpression"], "#_type = :type AND #number >= :number");
    assert_eq!((body["Segment"].as_u64(), body["TotalSegments"].as_u64()), (Some(0), Some(4)));
    let answer = shop.scan::<Note>().into_sdk().unwrap().send().await.unwrap();
    assert_eq!(answer.count(), 30);
}
