//! The poller on a real stream.

use super::model::{Order, Position, Seen, Shop, ShopChange, ShopChangeOf, World, note};
use dynamodel::define::StreamView;
use dynamodel::stream::{Bookmark, Event, ItemChange, KeysOnly, Poller};
use dynamodel::{Entity, ErrorKind, RetryPolicy};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

async fn orders(world: &World, ids: std::ops::Range<u32>) {
    for id in ids {
        world.shop.create(&Order::new(&format!("{id:03}"))).await.unwrap();
    }
}

fn ids(range: std::ops::Range<u32>) -> Vec<String> {
    range.map(|id| format!("{id:03}")).collect()
}

#[tokio::test]
async fn a_poller_goes_on_where_the_last_one_of_its_name_was() {
    let world = World::new().await;
    orders(&world, 0..25).await;
    let seen = Seen::default();
    let mut poller = world.poller("mail").page_size(10);
    poller.catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ids(0..25));
    let report = poller.report();
    assert_eq!((report.handled, report.saved_positions), (25, 3), "a place for every page");
    let event = seen.0.lock().unwrap()[0].clone();
    assert_eq!((event.table.as_deref(), event.shard.is_some()), (Some("shop"), true));

    orders(&world, 25..30).await;
    let (again, other) = (Seen::default(), Seen::default());
    world.poller("mail").catch_up(note(&again)).await.unwrap();
    assert_eq!(again.orders(), ids(25..30));
    // Another name reads for itself.
    world.poller("audit").catch_up(note(&other)).await.unwrap();
    assert_eq!(other.orders(), ids(0..30));
}

#[tokio::test]
async fn places_that_are_saved_do_not_keep_the_poller_busy() {
    let world = World::new().await;
    orders(&world, 0..5).await;
    let seen = Seen::default();
    let mut poller = world.poller("mail");
    poller.catch_up(note(&seen)).await.unwrap();
    // The records of the place and of the consumer came, were counted, and no place was saved for them.
    assert_eq!((poller.report().saved_positions, poller.report().bookmark_records), (1, 2));
    poller.catch_up(note(&seen)).await.unwrap();
    assert_eq!((poller.report().saved_positions, poller.report().bookmark_records, seen.len()), (1, 2, 5));
    // Nor do those of others.
    world.poller("audit").catch_up(note(&Seen::default())).await.unwrap();
    poller.catch_up(note(&seen)).await.unwrap();
    assert_eq!((poller.report().saved_positions, poller.report().bookmark_records, seen.len()), (1, 4, 5));
}

#[tokio::test]
async fn a_poller_from_the_latest_sees_what_comes_from_now_on() {
    let world = World::new().await;
    orders(&world, 0..3).await;
    let seen = Seen::default();
    let mut poller = world.poller("mail").from_latest();
    poller.catch_up(note(&seen)).await.unwrap();
    orders(&world, 3..5).await;
    poller.catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ids(3..5));
    // A place that is saved is what counts.
    orders(&world, 5..6).await;
    world.poller("mail").from_latest().catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ids(3..6));
}

#[tokio::test]
async fn a_handler_that_fails_is_called_again_and_what_was_handled_is_saved() {
    let world = World::new().await;
    orders(&world, 0..6).await;
    let policy = RetryPolicy { tries: 3, first: Duration::from_millis(1), longest: Duration::from_millis(1) };
    let shop = world.shop.clone().with_retries(policy);
    let (seen, calls) = (Seen::default(), AtomicUsize::new(0));
    let mut poller = Poller::<Position, Shop>::new(&world.streams, &shop, "mail");
    let fails = |event: Event<ShopChange>| {
        let ShopChange::Order(ItemChange::Insert { new }) = &event.change else { panic!("no order") };
        let failure = match new.id.as_str() {
            // Once, and then no more.
            "001" if calls.fetch_add(1, Ordering::SeqCst) == 0 => Some("not now"),
            "004" => Some("never"),
            _ => None,
        };
        if failure.is_none() {
            seen.take(event);
        }
        std::future::ready(failure.map_or(Ok(()), Err))
    };
    let error = poller.catch_up(fails).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::HandlerFailed);
    assert!(error.to_string().contains("the record `"), "{error}");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "never");
    assert_eq!(seen.orders(), ids(0..4));
    assert_eq!((poller.report().retried, poller.report().saved_positions), (3, 1));
    // The same poller, and another one: nothing is left out, and nothing comes twice.
    poller.catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ids(0..6));
    orders(&world, 6..7).await;
    world.poller("mail").catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ids(0..7));
}

#[tokio::test]
async fn what_was_handled_and_not_saved_comes_again() {
    let world = World::new().await;
    orders(&world, 0..4).await;
    let seen = Seen::default();
    let handler = |event: Event<ShopChange>| {
        seen.take(event);
        let last = seen.len() == 3;
        async move {
            if last {
                // The process dies here: nobody polls the future any more.
                std::future::pending::<()>().await;
            }
            Ok::<_, dynamodel::Error>(())
        }
    };
    let mut poller = world.poller("mail");
    tokio::select! {
        ended = poller.catch_up(handler) => panic!("{ended:?}"),
        () = async { while seen.len() < 3 { tokio::task::yield_now().await; } } => {}
    }
    let again = Seen::default();
    world.poller("mail").catch_up(note(&again)).await.unwrap();
    assert_eq!(again.orders(), ids(0..4), "at least once");
}

#[tokio::test]
async fn a_poller_that_is_stopped_ends_what_it_is_at_and_saves_its_place() {
    let world = World::new().await;
    orders(&world, 0..10).await;
    let seen = Seen::default();
    let mut poller = world.poller("mail");
    let stopper = poller.stopper();
    let handler = |event: Event<ShopChange>| {
        seen.take(event);
        if seen.len() == 4 {
            stopper.stop();
        }
        std::future::ready(Ok::<_, dynamodel::Error>(()))
    };
    poller.run(handler).await.unwrap();
    assert_eq!((seen.len(), poller.report().saved_positions), (4, 1));
    world.poller("mail").catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ids(0..10));
}

#[tokio::test]
async fn a_poller_that_waits_stops_at_once() {
    let world = World::new().await;
    // Longer than any test.
    let mut poller = world.poller("mail").poll_interval(Duration::from_secs(100_000));
    let stopper = poller.stopper();
    let task = tokio::spawn(async move {
        let ended = poller.run(note(&Seen::default())).await;
        (poller, ended)
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    stopper.stop();
    let (poller, ended) = task.await.unwrap();
    ended.unwrap();
    assert_eq!(poller.report().handled, 0);
}

#[tokio::test]
async fn nothing_is_read_ahead_of_the_handler() {
    let world = World::new().await;
    orders(&world, 0..20).await;
    let asked = super::shards::Counted::default();
    let streams = asked.before(&world.streams);
    let mut poller = Poller::<Position, Shop>::new(&streams, &world.shop, "mail").page_size(5);
    let most = Arc::new(AtomicUsize::new(0));
    let mut done = 0;
    let handler = |_: Event<ShopChange>| {
        // What was read and is not done, this one included.
        let ahead = asked.of("GetRecords") * 5 - done;
        most.fetch_max(ahead, Ordering::SeqCst);
        done += 1;
        std::future::ready(Ok::<_, dynamodel::Error>(()))
    };
    poller.catch_up(handler).await.unwrap();
    assert_eq!((done, most.load(Ordering::SeqCst)), (20, 5));
}

#[tokio::test]
async fn two_pollers_of_one_name_notice_each_other() {
    let world = World::new().await;
    orders(&world, 0..2).await;
    let mut first = world.poller("mail");
    first.catch_up(note(&Seen::default())).await.unwrap();
    orders(&world, 2..4).await;
    world.poller("mail").catch_up(note(&Seen::default())).await.unwrap();
    orders(&world, 4..5).await;
    let error = first.catch_up(note(&Seen::default())).await.unwrap_err();
    assert_eq!((error.kind(), error.is_conflict()), (ErrorKind::Conflict, true));
    assert!(error.to_string().contains("another poller called `mail` is running"), "{error}");
    // It has learned where the other one is.
    let seen = Seen::default();
    first.catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ids(4..5));
}

#[tokio::test]
async fn a_table_without_a_stream_or_with_a_narrow_one_is_said_at_once() {
    let world = World::new().await;
    let plain = world.engine.client::<Shop>("plain").await.unwrap();
    let mut poller = Poller::<Position, Shop>::new(&world.streams, &plain, "mail");
    let error = poller.catch_up(note(&Seen::default())).await.unwrap_err();
    assert_eq!((error.kind(), error.table()), (ErrorKind::Configuration, Some("plain")));
    assert!(error.to_string().contains("Shop::definition().stream(StreamView::NewAndOldImages)"), "{error}");

    let missing = dynamodel::Client::<Shop>::new(world.shop.sdk(), "missing");
    let mut poller = Poller::<Position, Shop>::new(&world.streams, &missing, "mail");
    let error = poller.catch_up(note(&Seen::default())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TableNotFound);

    let narrow = World::with_view(StreamView::KeysOnly).await;
    orders(&narrow, 0..2).await;
    let error = narrow.poller("mail").catch_up(note(&Seen::default())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ImageMissing);
    let mut keys = 0;
    let handler = |event: Event<ShopChangeOf<KeysOnly>>| {
        keys += usize::from(matches!(event.change, ShopChangeOf::Order(_)));
        std::future::ready(Ok::<_, dynamodel::Error>(()))
    };
    let mut poller = narrow.poller("mail");
    poller.catch_up(handler).await.unwrap();
    // Bookmarks are known by their keys: the place, and what says that there is such a consumer.
    assert_eq!((keys, poller.report().bookmark_records, poller.report().saved_positions), (2, 2, 1));
}

#[tokio::test]
async fn a_record_that_cannot_be_read_stops_the_poller_unless_it_is_put_aside() {
    let world = World::new().await;
    orders(&world, 0..1).await;
    let text = |text: &str| dynamodel::sdk::types::AttributeValue::S(text.into());
    let put = world.shop.sdk().put_item().table_name("shop").item("PK", text("ORDER#x")).item("SK", text("ORDER"));
    put.item("_type", text("Order")).send().await.unwrap();
    orders(&world, 1..2).await;
    let seen = Seen::default();
    let error = world.poller("mail").catch_up(note(&seen)).await.unwrap_err();
    assert_eq!((error.kind(), seen.orders()), (ErrorKind::Decode, ids(0..1)));
    assert!(error.to_string().contains("(sequence number"), "{error}");

    let mut poller = world.poller("mail");
    let stopper = poller.stopper();
    let mut aside = Vec::new();
    let handler = |record: dynamodel::stream::Record| {
        match record.read::<ShopChange>() {
            Ok(event) => seen.take(event),
            Err(_) => aside.push(record),
        }
        if seen.len() == 2 {
            stopper.stop();
        }
        std::future::ready(Ok::<_, dynamodel::Error>(()))
    };
    poller.run_records(handler).await.unwrap();
    assert_eq!((seen.orders(), aside.len()), (ids(0..2), 1));
    assert!(aside[0].keys_json().unwrap().contains("ORDER#x"));
}

#[test]
fn a_position_begins_before_the_first_record() {
    let start = Position::begin("mail", "shard-1");
    assert_eq!(start.primary_key().to_string(), "CONSUMER#mail / SHARD#shard-1");
    assert_eq!((start.position().after.as_deref(), start.position().finished), (None, false));
}
