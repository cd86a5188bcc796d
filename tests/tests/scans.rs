//! Scans, their checkpoints and their rate; deleting and updating what a query or a scan finds.

mod wrap;

use dynamodel::__private::Incoming;
use dynamodel::op::{Capacity, ScanCheckpoint};
use dynamodel::sdk::config::StalledStreamProtectionConfig;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::sdk::config::timeout::TimeoutConfig;
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{
    Client, Clock, Codec, Collected, Entity, ErrorKind, Expiry, IntoKeyRange, Item, KeyRange, Primary, Projection,
    Result, Table,
};
use dynamodel_tests::model::{Cached, Document, Note, Reading, Readings, Session, Shop};
use dynamodel_tests::{both, clock, connect};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;
use wrap::{Fault, Noted, wrap};

/// What the derive makes for a table.
#[derive(Debug, Clone, PartialEq)]
enum AnyItem {
    Session(Session),
    Note(Note),
    Cached(Cached),
    Document(Document),
}

impl Item for AnyItem {
    type Table = Shop;
    const ATTRIBUTES: Option<&'static [&'static str]> = None;
    const NAME: &'static str = "AnyItem";

    fn ttl() -> Option<&'static str> {
        Some("expires_at")
    }

    fn read(item: &mut Incoming<'_, '_>) -> Result<Self> {
        match item.entity_of::<Shop>() {
            Some(0) => item.read().map(Self::Session),
            Some(1) => item.read().map(Self::Note),
            Some(2) => item.read().map(Self::Cached),
            Some(3) => item.read().map(Self::Document),
            _ => Err(item.unknown::<Shop>()),
        }
    }

    fn expires(&self) -> Option<Expiry> {
        match self {
            Self::Session(session) => session.expires_at,
            Self::Cached(cached) => Some(cached.expires_at),
            _ => None,
        }
    }
}

impl Collected for AnyItem {}

fn note(user: &str, number: i32) -> Note {
    Note { user_id: user.into(), number, owner: Some("me".into()), text: format!("note {number}") }
}

/// Thirty notes and ten sessions of five users.
async fn fill(shop: &Client<Shop>) {
    for number in 0..30 {
        shop.create(&note(&format!("u{}", number % 5), number)).await.unwrap();
    }
    for number in 0..10 {
        shop.create(&Session::new(&format!("u{}", number % 5), &format!("s{number}"))).await.unwrap();
    }
}

fn numbers(notes: impl IntoIterator<Item = Note>) -> Vec<i32> {
    let mut numbers: Vec<_> = notes.into_iter().map(|note| note.number).collect();
    numbers.sort_unstable();
    numbers
}

/// As an application does that keeps it.
fn kept(checkpoint: &ScanCheckpoint) -> ScanCheckpoint {
    serde_json::from_str(&serde_json::to_string(checkpoint).unwrap()).unwrap()
}

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
async fn a_scan_goes_on_from_a_kept_checkpoint_after_every_page() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        for segments in [1, 7] {
            let (mut seen, mut checkpoint) = (Vec::new(), None);
            let mut rounds = 0;
            loop {
                rounds += 1;
                assert!(rounds < 200, "it never ends");
                let scan = shop.scan::<Note>().segments(segments).concurrency(3).evaluate_at_most(4);
                let scan = match checkpoint.take() {
                    Some(checkpoint) => scan.from(checkpoint),
                    None => scan,
                };
                let page = scan.pages().next().await.unwrap().unwrap();
                assert!(page.evaluated <= 4);
                seen.extend(page.items);
                if page.checkpoint.is_done() {
                    assert_eq!(page.checkpoint.segments_done(), segments);
                    let done = shop.scan::<Note>().segments(segments).from(kept(&page.checkpoint));
                    assert_eq!(done.explain().unwrap_err().kind(), ErrorKind::InvalidRequest);
                    assert!(done.pages().next().await.is_none());
                    break;
                }
                checkpoint = Some(kept(&page.checkpoint));
            }
            assert!(rounds >= 10);
            assert_eq!(numbers(seen), (0..30).collect::<Vec<_>>());
        }
    }
}

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
            let rest = shop.scan::<Note>().segments(segments).from(last.unwrap()).collect().await.unwrap();
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
async fn after_an_error_the_last_checkpoint_goes_on_without_loss() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    for fails in [1, 2, 5, 9] {
        let (broken, _) = wrap(&shop, 1, move |seen| (seen.before == fails).then_some(Fault::Refuse));
        let scan = |shop: &Client<Shop>| shop.scan::<Note>().segments(7).concurrency(3);
        let mut pages = scan(&broken).evaluate_at_most(60).pages();
        let (mut items, mut last, mut failed) = (Vec::new(), None, false);
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => {
                    last = Some(kept(&page.checkpoint));
                    items.extend(page.items);
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
                    failed = true;
                }
            }
        }
        assert_eq!(failed, fails < 7 || items.len() < 30);
        assert!(pages.next().await.is_none(), "it ends after an error");
        let rest = match last {
            Some(last) => scan(&shop).from(last).collect().await.unwrap(),
            None => scan(&shop).collect().await.unwrap(),
        };
        items.extend(rest);
        assert_eq!(numbers(items), (0..30).collect::<Vec<_>>());
    }
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
async fn a_checkpoint_of_another_scan_is_refused() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    let scan = || shop.scan::<Note>().segments(3).filter(|n| n.number.ge(2));
    let page = scan().pages().next().await.unwrap().unwrap();
    let checkpoint = || kept(&page.checkpoint);
    scan().from(checkpoint()).explain().unwrap();
    scan().limit(3).concurrency(1).from(checkpoint()).explain().unwrap();
    let other = Client::<Shop>::new(shop.sdk(), "other");
    let refused = [
        shop.scan::<Note>().segments(3).from(checkpoint()).explain(),
        shop.scan::<Note>().segments(3).filter(|n| n.number.ge(3)).from(checkpoint()).explain(),
        shop.scan::<Note>().segments(3).filter(|n| n.number.gt(2)).from(checkpoint()).explain(),
        scan().segments(4).from(checkpoint()).explain(),
        shop.scan::<Session>().segments(3).from(checkpoint()).explain(),
        shop.scan::<AnyItem>().segments(3).from(checkpoint()).explain(),
        other.scan::<Note>().segments(3).filter(|n| n.number.ge(2)).from(checkpoint()).explain(),
    ];
    for refused in refused {
        assert!(refused.unwrap_err().is_invalid_cursor());
    }
    assert!(scan().segments(4).from(checkpoint()).collect().await.unwrap_err().is_invalid_cursor());
    let text = serde_json::to_string(&page.checkpoint).unwrap();
    assert!(text.len() < 250, "{text}");
    assert!(serde_json::from_str::<ScanCheckpoint>(&text.replace("\"version\":1", "\"version\":2")).is_err());
    let beyond = text.replace("\"next\":3", "\"next\":4");
    assert_ne!(beyond, text);
    assert!(scan().from(serde_json::from_str(&beyond).unwrap()).explain().unwrap_err().is_invalid_cursor());
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

fn everything_of(user: &str) -> KeyRange<AnyItem, Primary> {
    Note::of_user(user).into_key_range().whole_partition()
}

#[tokio::test]
async fn a_whole_partition_is_deleted_and_no_other() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        let total = shop.query(everything_of("u1")).delete_each().await.unwrap();
        assert_eq!((total.done, total.skipped), (8, 0));
        assert_eq!(shop.query(everything_of("u1")).count().await.unwrap(), 0);
        assert_eq!(shop.scan::<AnyItem>().count().await.unwrap(), 32);
    }
}

#[tokio::test]
async fn deletes_by_a_filter_or_an_index_go_on_from_their_checkpoints() {
    for shop in both::<Shop>(&clock()).await {
        fill(&shop).await;
        let query = || shop.query(Note::by_owner("me")).filter(|n| n.number.lt(20)).evaluate_at_most(6);
        let mut checkpoint = None;
        let mut done = 0;
        loop {
            let query = match checkpoint.take() {
                Some(cursor) => query().at(cursor),
                None => query(),
            };
            let page = query.delete_each().concurrency(2).pages().next().await.unwrap().unwrap();
            assert!(page.evaluated <= 6);
            done += page.done;
            match page.checkpoint {
                Some(cursor) => {
                    let text = serde_json::to_string(&cursor).unwrap();
                    checkpoint = Some(serde_json::from_str(&text).unwrap());
                }
                None => break,
            }
        }
        assert_eq!(done, 20);
        assert_eq!(numbers(shop.scan::<Note>().collect().await.unwrap()), (20..30).collect::<Vec<_>>());
        let mut pages = shop.scan::<Note>().segments(5).delete_each().pages();
        let first = pages.next().await.unwrap().unwrap();
        let rest = shop.scan::<Note>().segments(5).from(kept(&first.checkpoint.unwrap())).delete_each().await.unwrap();
        assert_eq!(first.done + rest.done, 10);
    }
}

#[tokio::test]
async fn updates_by_query_carry_index_keys_and_versions_along() {
    for shop in both::<Shop>(&clock()).await {
        for number in 0..5 {
            let session = Session { hits: number, ..Session::new("u1", &format!("s{number}")) };
            shop.create(&session).await.unwrap();
        }
        let mut given = 0;
        let query = shop.query(Session::of_user("u1")).filter(|s| s.hits.ge(2));
        let total = query.update_each(move |session| {
            given += 1;
            session.set(|s| s.token, format!("new-{given}")).add(|s| s.hits, 10)
        });
        assert_eq!(total.await.unwrap().done, 3);
        for given in 1..=3 {
            let found = shop.query(Session::by_token(&format!("new-{given}"))).first().await.unwrap().unwrap();
            assert_eq!((found.hits >= 12, found.version), (true, 2));
        }
        let total = shop.scan::<Session>().segments(3).update_each(|session| session.remove(|s| s.token)).await;
        assert_eq!(total.unwrap().done, 5);
        assert_eq!(shop.query(Session::by_token("new-1")).first().await.unwrap(), None);
        let none = shop.scan::<Session>().update_each(|session| session).await.unwrap_err();
        assert_eq!(none.kind(), ErrorKind::InvalidRequest);
    }
}

#[tokio::test]
async fn what_changed_in_between_is_skipped() {
    for shop in both::<Shop>(&clock()).await {
        for number in 0..4 {
            shop.create(&Session::new("u1", &format!("s{number}"))).await.unwrap();
        }
        // Between the read and the writes to what it found: one is gone, one does not fit the filter any more.
        let meddler = shop.clone();
        let meddle = move || {
            let shop = meddler.clone();
            async move {
                shop.delete(Session::key("u1", "s1")).await.unwrap();
                shop.update(Session::key("u1", "s2")).set(|s| s.hits, 99).await.unwrap();
            }
        };
        let (wrapped, _) = wrap(&shop, 1, move |seen| {
            let first = seen.operation == "UpdateItem" && seen.before == 0;
            first.then(|| Fault::First(Box::pin(meddle())))
        });
        let query = wrapped.query(Session::of_user("u1")).filter(|s| s.hits.lt(10));
        let updating = query.update_each(|session| session.set(|s| s.nick, "n")).concurrency(1);
        let total = updating.await.unwrap();
        assert_eq!((total.done, total.skipped), (2, 2));
        assert_eq!(shop.get(Session::key("u1", "s1")).await.unwrap(), None, "an update creates nothing");
        assert_eq!(shop.get(Session::key("u1", "s2")).await.unwrap().unwrap().nick, None);
    }
}

#[tokio::test]
async fn a_delete_repeats_access_pattern_and_filter_as_its_condition() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    let (wrapped, seen) = wrap(&shop, 1, |_| None);
    wrapped.query(Note::by_owner("me")).filter(|n| n.number.eq(3)).delete_each().await.unwrap();
    let read = &seen.seen("Query")[0];
    assert_eq!(read["ProjectionExpression"], "#owner, #PK, #SK", "nothing but keys");
    let deletes = seen.seen("DeleteItem");
    assert_eq!(deletes.len(), 1);
    let condition = deletes[0]["ConditionExpression"].as_str().unwrap();
    assert!(condition.starts_with("attribute_exists(#PK) AND #owner = :owner"), "{condition}");
    assert!(condition.ends_with("#number = :number"), "{condition}");
    wrapped.query(everything_of("u1")).delete_each().await.unwrap();
    let deletes = seen.seen("DeleteItem");
    let condition = deletes[1]["ConditionExpression"].as_str().unwrap();
    assert!(condition.starts_with("attribute_exists(#PK) AND (attribute_not_exists(#expires_at)"), "{condition}");
}

#[tokio::test]
async fn an_answer_that_is_lost_ends_the_stream_and_the_checkpoint_before_goes_on() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    fill(&shop).await;
    // The first try is carried out and its answer lost; the second one finds nothing.
    let (broken, _) =
        wrap(&shop, 2, |seen| (seen.operation == "DeleteItem" && seen.before == 7).then_some(Fault::Lose));
    let mut pages = broken.scan::<Note>().segments(5).concurrency(1).delete_each().concurrency(1).pages();
    let mut last = None;
    let error = loop {
        match pages.next().await.unwrap() {
            Ok(page) => last = page.checkpoint,
            Err(error) => break error,
        }
    };
    assert!(error.is_outcome_unknown(), "{error}");
    assert_eq!(error.table(), Some(shop.table_name()));
    assert!(pages.next().await.is_none());
    let scan = shop.scan::<Note>().segments(5);
    match last {
        Some(last) => scan.from(last).delete_each().await.unwrap(),
        None => scan.delete_each().await.unwrap(),
    };
    assert_eq!(shop.scan::<Note>().count().await.unwrap(), 0);

    // Adding twice is not adding once.
    let (broken, _) =
        wrap(&shop, 2, |seen| (seen.operation == "UpdateItem" && seen.before == 2).then_some(Fault::Lose));
    let adding = broken.scan::<Session>().update_each(|session| session.add(|s| s.hits, 1)).await;
    assert!(adding.unwrap_err().is_outcome_unknown());
    let (broken, _) =
        wrap(&shop, 2, |seen| (seen.operation == "UpdateItem" && seen.before == 2).then_some(Fault::Lose));
    let setting = broken.scan::<Session>().update_each(|session| session.set(|s| s.hits, 1)).await;
    assert_eq!(setting.unwrap().done, 10);
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

/// Two entities under one index key.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", gsi(ByOwner, pk = "owner"), entities(Task, Bug))]
struct Board;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Board, pk = "TASK#{id}", index(by_owner = ByOwner, pk = owner, mixed))]
struct Task {
    id: String,
    owner: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Board, pk = "BUG#{id}", index(by_owner = ByOwner, pk = owner, mixed))]
struct Bug {
    id: String,
    owner: String,
}

#[tokio::test]
async fn a_delete_or_update_by_query_leaves_other_entities_under_the_same_index_key_alone() {
    for board in both::<Board>(&clock()).await {
        for id in 0..4 {
            board.create(&Task { id: id.to_string(), owner: "me".into() }).await.unwrap();
            board.create(&Bug { id: id.to_string(), owner: "me".into() }).await.unwrap();
        }
        let total = board.query(Task::by_owner("me")).update_each(|t| t.set(|t| t.owner, "you")).await.unwrap();
        // The server has left the bugs out.
        assert_eq!((total.done, total.skipped), (4, 0));
        let total = board.query(Task::by_owner("you")).delete_each().await.unwrap();
        assert_eq!((total.done, total.skipped), (4, 0));
        let total = board.query(Task::by_owner("me")).delete_each().await.unwrap();
        assert_eq!((total.done, total.skipped), (0, 0));
        assert_eq!(board.scan::<Bug>().count().await.unwrap(), 4);
        assert_eq!(board.scan::<Task>().count().await.unwrap(), 0);
    }
}
