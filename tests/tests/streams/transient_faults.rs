//! Transient faults: throttling, failures inside DynamoDB, lost connections, in every request of a poller.

use super::faulty::{failing, hasty, refusing, tapped_streams};
use super::model::{Order, Position, Seen, Shop, ShopChange, World, note};
use super::shards::{Shard, Stream};
use dynamodel::stream::{Event, Poller, sdk};
use dynamodel::{ErrorKind, RetryPolicy};
use dynamodel_tests::tap::{Do, Tap, error_body, tapped};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

async fn orders(world: &World, ids: std::ops::Range<u32>) {
    for id in ids {
        world.shop.create(&Order::new(&id.to_string())).await.unwrap();
    }
}

fn scripted(world: &World, stream: &Stream) -> Poller<Position, Shop> {
    Poller::new(&stream.client(&world.streams), &hasty(&world.shop, 1), "mail").page_size(3)
}

async fn read(poller: &mut Poller<Position, Shop>) -> dynamodel::Result<Vec<String>> {
    let seen = Seen::default();
    poller.catch_up(note(&seen)).await?;
    Ok(seen.orders())
}

type What = Arc<dyn Fn() -> Do + Send + Sync>;

#[tokio::test]
async fn every_operation_may_fail_for_a_while() {
    let throttle = |code: &'static str| move || Do::Respond(400, error_body(code, "not now"));
    let faults: [(&str, What); 6] = [
        ("throttled", Arc::new(throttle("ThrottlingException"))),
        ("asked too often", Arc::new(throttle("RequestLimitExceeded"))),
        ("failed", Arc::new(|| Do::Fail)),
        ("unavailable", Arc::new(|| Do::Respond(503, String::new()))),
        ("cut before", Arc::new(|| Do::CutBefore)),
        ("cut after", Arc::new(|| Do::CutAfter)),
    ];
    for operation in ["DescribeTable", "DescribeStream", "GetShardIterator", "GetRecords", "GetItem", "PutItem"] {
        for (name, what) in &faults {
            for from_latest in [false, true] {
                let world = World::new().await;
                let left = Arc::new(AtomicUsize::new(6));
                let (of_table, of_stream) = (what.clone(), what.clone());
                let streams = tapped_streams(&world, failing(operation, &left, move || of_stream()));
                let shop = tapped(&hasty(&world.shop, 1), failing(operation, &left, move || of_table()));
                let mut poller =
                    Poller::<Position, Shop>::new(&streams, &shop, "mail").poll_interval(Duration::from_millis(1));
                if from_latest {
                    poller = poller.from_latest();
                    // The first look is what counts.
                    let looked = read(&mut poller).await;
                    looked.unwrap_or_else(|error| panic!("{operation} {name}: {error}"));
                }
                orders(&world, 0..5).await;
                let (stopper, seen) = (poller.stopper(), Seen::default());
                let handler = |event: Event<ShopChange>| {
                    seen.take(event);
                    if seen.len() == 5 {
                        stopper.stop();
                    }
                    std::future::ready(Ok::<_, dynamodel::Error>(()))
                };
                let ended = tokio::time::timeout(Duration::from_secs(60), poller.run(handler)).await.unwrap();
                ended.unwrap_or_else(|error| panic!("{operation} {name}: {error}"));
                assert_eq!(seen.orders(), ["0", "1", "2", "3", "4"], "{operation} {name} {from_latest}");
                // A place that was saved is not saved again, though the response was lost.
                let left = left.load(Ordering::SeqCst);
                assert!(left == 0 || (left < 6 && operation == "PutItem"), "{operation} {name}: {left}");
            }
        }
    }
}

#[tokio::test]
async fn a_fault_without_an_end_is_the_error_and_the_next_run_goes_on() {
    for operation in ["DescribeTable", "DescribeStream", "GetShardIterator", "GetRecords", "GetItem", "PutItem"] {
        let world = World::new().await;
        orders(&world, 0..3).await;
        let left = Arc::new(AtomicUsize::new(usize::MAX));
        let streams = tapped_streams(&world, refusing(operation, "ThrottlingException", &left));
        let shop = tapped(&hasty(&world.shop, 1), refusing(operation, "ThrottlingException", &left));
        let mut poller = Poller::<Position, Shop>::new(&streams, &shop, "mail");
        let seen = Seen::default();
        let error = poller.catch_up(note(&seen)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Throttled, "{operation}");
        left.store(0, Ordering::SeqCst);
        poller.catch_up(note(&seen)).await.unwrap();
        assert_eq!(seen.orders(), ["0", "1", "2"], "{operation}");
    }
}

#[tokio::test]
async fn a_shard_is_read_beside_another_one_that_is_in_trouble() {
    let world = World::new().await;
    let stream =
        Stream::new([Shard::new("s1", None, 0..2), Shard::new("s2", None, 10..12), Shard::new("s3", None, [])]);
    let mut poller = scripted(&world, &stream).from_latest();
    assert!(read(&mut poller).await.unwrap().is_empty());
    stream.change(|state| {
        state.shards[0].records.extend([2, 3]);
        state.shards[1].records.extend([12, 13, 14, 15]);
        state.shards[2].records.extend([20]);
        state.refuse_shard = Some(("s1", "InternalServerError"));
    });
    let seen = Seen::default();
    let error = poller.catch_up(note(&seen)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    let mut handed = seen.orders();
    handed.sort();
    assert_eq!(handed, ["12", "13", "14", "15", "20"]);
    // The others have kept their places, and so has the one in trouble: by its iterator, for no time is said.
    stream.change(|state| {
        state.refuse_shard = None;
        state.shards[1].records.push(16);
    });
    let mut handed = read(&mut poller).await.unwrap();
    handed.sort();
    assert_eq!(handed, ["16", "2", "3"]);
}

#[tokio::test]
async fn a_look_that_fails_keeps_no_known_shard_waiting() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..2).closed(), Shard::new("s2", Some("s1"), 10..12)]);
    // The end of `s1` makes it look again.
    stream.change(|state| state.refuse_operation = vec![]);
    let mut poller = scripted(&world, &stream);
    let streams = stream.clone();
    let (mut seen, stopper) = (Vec::new(), poller.stopper());
    let handler = |event: Event<ShopChange>| {
        if let ShopChange::Order(dynamodel::stream::ItemChange::Insert { new }) = event.change {
            if new.id == "1" {
                streams.change(|state| state.refuse_operation = vec![("DescribeStream", "ThrottlingException"); 4]);
            }
            if new.id == "11" {
                stopper.stop();
            }
            seen.push(new.id);
        }
        std::future::ready(Ok::<_, dynamodel::Error>(()))
    };
    poller.run(handler).await.unwrap();
    assert_eq!(seen, ["0", "1", "10", "11"]);
}

/// An iterator lives for 15 minutes. A handler may take longer than that for a page.
#[tokio::test]
async fn a_handler_that_is_slower_than_iterators_live_misses_nothing() {
    for from_latest in [false, true] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, []), Shard::new("s2", None, [])]);
        let mut poller = scripted(&world, &stream);
        if from_latest {
            poller = poller.from_latest();
        }
        assert!(read(&mut poller).await.unwrap().is_empty());
        stream.change(|state| {
            state.shards[0].records.extend(0..7);
            state.shards[1].records.extend(10..17);
        });
        let seen = Seen::default();
        let handler = |event: Event<ShopChange>| {
            seen.take(event);
            // All that there are, of this shard and of the other.
            stream.change(|state| state.age += 1);
            std::future::ready(Ok::<_, dynamodel::Error>(()))
        };
        poller.catch_up(handler).await.unwrap();
        let mut handed = seen.orders();
        handed.sort_by_key(|id| id.parse::<u32>().unwrap());
        assert_eq!(handed, (0..7).chain(10..17).map(|id| id.to_string()).collect::<Vec<_>>());
        assert!(poller.report().expired_iterators >= 4 && poller.report().gaps.is_empty());
    }
}

#[tokio::test]
async fn iterators_that_never_work_are_an_error_in_the_end() {
    for code in ["ExpiredIteratorException", "TrimmedDataAccessException"] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, 0..2), Shard::new("s2", None, 10..12)]);
        stream.change(|state| state.refuse_shard = Some(("s1", code)));
        let (mut poller, seen) = (scripted(&world, &stream).skip_trimmed(), Seen::default());
        let ended = tokio::time::timeout(Duration::from_secs(60), poller.catch_up(note(&seen))).await.unwrap();
        assert_eq!(ended.unwrap_err().kind(), ErrorKind::Unavailable, "{code}");
        assert_eq!(seen.orders(), ["10", "11"]);
        assert!(poller.report().gaps.len() <= 1);
    }
}

/// As from an engine that was restarted.
#[tokio::test]
async fn an_iterator_that_is_refused_for_another_reason_is_not_kept() {
    for from_latest in [false, true] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, [])]);
        let mut poller = scripted(&world, &stream);
        if from_latest {
            poller = poller.from_latest();
        }
        assert!(read(&mut poller).await.unwrap().is_empty());
        stream.change(|state| {
            state.shards[0].records.extend([0, 1]);
            state.refuse_shard = Some(("s1", "ValidationException"));
        });
        assert_eq!(read(&mut poller).await.unwrap_err().kind(), ErrorKind::Service);
        let entered = stream.change(|state| {
            state.refuse_shard = None;
            state.age += 1;
            state.entered
        });
        assert_eq!(read(&mut poller).await.unwrap(), ["0", "1"]);
        assert_eq!((stream.change(|state| state.entered), poller.report().expired_iterators), (entered + 1, 0));
    }
}

#[tokio::test]
async fn a_stop_waits_until_the_place_is_saved() {
    let world = World::new().await;
    orders(&world, 0..4).await;
    let left = Arc::new(AtomicUsize::new(5));
    let shop = tapped(&hasty(&world.shop, 1), refusing("PutItem", "ThrottlingException", &left));
    let mut poller = Poller::<Position, Shop>::new(&world.streams, &shop, "mail");
    let (stopper, seen) = (poller.stopper(), Seen::default());
    let handler = |event: Event<ShopChange>| {
        seen.take(event);
        if seen.len() == 2 {
            stopper.stop();
        }
        std::future::ready(Ok::<_, dynamodel::Error>(()))
    };
    poller.run(handler).await.unwrap();
    world.poller("mail").catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), ["0", "1", "2", "3"]);
}

#[tokio::test]
async fn a_stop_ends_the_pause_between_two_tries() {
    let world = World::new().await;
    let left = Arc::new(AtomicUsize::new(usize::MAX));
    let streams = tapped_streams(&world, refusing("GetRecords", "ThrottlingException", &left));
    // Longer than any test.
    let policy = RetryPolicy { tries: 50, first: Duration::from_secs(100_000), longest: Duration::from_secs(100_000) };
    let mut poller = Poller::<Position, Shop>::new(&streams, &world.shop.clone().with_retries(policy), "mail");
    let stopper = poller.stopper();
    let task = tokio::spawn(async move { poller.run(note(&Seen::default())).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    stopper.stop();
    tokio::time::timeout(Duration::from_secs(60), task).await.unwrap().unwrap().unwrap();
}

/// The list of shards comes in pages. Half of it would make the other half look gone.
#[tokio::test]
async fn half_a_list_of_shards_is_no_list() {
    let world = World::new().await;
    let stream = Stream::new(["a", "b", "c"].into_iter().zip(0..).map(|(id, at)| Shard::new(id, None, [at])));
    let mut poller = scripted(&world, &stream);
    assert_eq!(read(&mut poller).await.unwrap().len(), 3);
    let calls = Arc::new(AtomicUsize::new(0));
    let config = stream.client(&world.streams).config().clone();
    let count = calls.clone();
    let tap = Tap::before(config.http_client().unwrap(), move |operation, _| {
        // The second page of the first listing.
        if operation == "DescribeStream" && count.fetch_add(1, Ordering::SeqCst) == 1 {
            return Do::Respond(200, "{}".to_owned());
        }
        Do::Pass
    });
    let tap = aws_smithy_runtime_api::client::http::SharedHttpClient::new(tap);
    let streams = sdk::Client::from_conf(config.to_builder().http_client(tap).build());
    stream.change(|state| state.shards[2].records.push(9));
    let mut next = Poller::<Position, Shop>::new(&streams, &hasty(&world.shop, 1), "mail");
    assert_eq!(read(&mut next).await.unwrap(), ["9"]);
    assert!(calls.load(Ordering::SeqCst) > 2);
}
