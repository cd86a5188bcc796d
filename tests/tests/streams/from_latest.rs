//! Pollers that begin with the latest: from their first look on, nothing is left out without a word.

use super::faulty::{hasty, refusing, tapped_streams};
use super::model::{Order, Position, Seen, Shop, World, note};
use super::shards::{Shard, Stream};
use dynamodel::RetryPolicy;
use dynamodel::stream::{Bookmark as _, Poller, ShardPosition};
use dynamodel_tests::tap::{Do, tapped};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const HOUR: u64 = 3600;

/// A poller of a scripted stream, whose places are kept on the engine.
fn latest(world: &World, stream: &Stream) -> Poller<Position, Shop> {
    Poller::new(&stream.client(&world.streams), &hasty(&world.shop, 1), "mail").page_size(3).from_latest()
}

async fn read(poller: &mut Poller<Position, Shop>) -> dynamodel::Result<Vec<String>> {
    let seen = Seen::default();
    poller.catch_up(note(&seen)).await?;
    Ok(seen.orders())
}

async fn place(world: &World, shard: &str) -> ShardPosition {
    world.shop.get(Position::key("mail", shard)).consistent().await.unwrap().unwrap().position().clone()
}

#[tokio::test]
async fn a_throttled_get_records_loses_nothing() {
    for code in ["LimitExceededException", "ProvisionedThroughputExceededException", "InternalServerError"] {
        let world = World::new().await;
        world.shop.create(&Order::new("before")).await.unwrap();
        let left = Arc::new(AtomicUsize::new(0));
        let streams = tapped_streams(&world, refusing("GetRecords", code, &left));
        let mut poller = Poller::<Position, Shop>::new(&streams, &hasty(&world.shop, 1), "mail").from_latest();
        assert!(read(&mut poller).await.unwrap().is_empty());
        for id in ["1", "2", "3"] {
            world.shop.create(&Order::new(id)).await.unwrap();
        }
        left.store(3, Ordering::SeqCst);
        assert_eq!(read(&mut poller).await.unwrap(), ["1", "2", "3"], "{code}");
        assert_eq!(left.load(Ordering::SeqCst), 0);
        assert!(poller.report().gaps.is_empty());
    }
}

/// Nothing was ever seen in the shard, so the iterator is all that there is.
#[tokio::test]
async fn a_throttled_get_records_of_a_quiet_shard_keeps_its_place() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..3)]);
    let mut poller = latest(&world, &stream);
    assert!(read(&mut poller).await.unwrap().is_empty());
    stream.change(|state| {
        state.shards[0].records.extend([3, 4]);
        state.refuse.extend(["LimitExceededException"; 5]);
    });
    // By the iterator, so nothing of what was written before, though no record says when it was.
    assert_eq!(read(&mut poller).await.unwrap(), ["3", "4"]);
}

#[tokio::test]
async fn an_iterator_that_expires_on_a_quiet_shard_leaves_nothing_out() {
    let world = World::new().await;
    let now = world.clock.epoch_seconds();
    let stream = Stream::new([Shard::new("s1", None, 0..6)]);
    // Within the margin for clocks that differ, what was written before may come.
    stream.change(|state| {
        state.times.extend((0..5).map(|old| (old, now - HOUR)));
        state.times.insert(5, now - 60);
    });
    let mut poller = latest(&world, &stream);
    assert!(read(&mut poller).await.unwrap().is_empty());
    stream.change(|state| {
        state.shards[0].records.extend(6..9);
        state.times.extend([(6, now), (7, now + 5)]); // and one that does not say when
        state.age += 1;
    });
    assert_eq!(read(&mut poller).await.unwrap(), ["5", "6", "7", "8"]);
    let report = poller.report();
    assert_eq!((report.skipped, report.expired_iterators, report.gaps.len()), (5, 1, 0));
    assert_eq!(place(&world, "s1").await.after.as_deref(), Some("100000000000000000008"));
}

#[tokio::test]
async fn a_process_that_saw_nothing_hands_its_place_to_the_next() {
    let world = World::new().await;
    let now = world.clock.epoch_seconds();
    let stream = Stream::new([Shard::new("s0", None, 0..3).closed(), Shard::new("s1", Some("s0"), 10..13)]);
    stream.change(|state| state.times.extend((0..20).map(|old| (old, now - HOUR))));
    assert!(read(&mut latest(&world, &stream)).await.unwrap().is_empty());
    assert!(place(&world, "s1").await.from_latest && place(&world, "s0").await.finished);
    // While nobody runs, things are written, and the shard splits.
    stream.change(|state| {
        state.shards[1].records.extend(20..22);
        state.shards[1].closed = true;
        state.shards.push(Shard::new("s2", Some("s1"), 30..32));
        state.times.extend((20..40).map(|new| (new, now + 1)));
    });
    world.clock.advance(Duration::from_secs(HOUR));
    let mut second = latest(&world, &stream);
    assert_eq!(read(&mut second).await.unwrap(), ["20", "21", "30", "31"]);
    assert_eq!((second.report().skipped, second.report().gaps.len()), (3, 0));
    // Once something was handed over, that is the place.
    assert!(!place(&world, "s1").await.from_latest);
    assert!(read(&mut latest(&world, &stream)).await.unwrap().is_empty());
}

/// What the second half of a long way back passes over is passed over by the next process as well.
#[tokio::test]
async fn a_way_back_that_is_cut_short_goes_on_by_the_same_rule() {
    let world = World::new().await;
    let now = world.clock.epoch_seconds();
    let stream = Stream::new([Shard::new("s1", None, 0..9)]);
    stream.change(|state| state.times.extend((0..9).map(|old| (old, now - HOUR))));
    assert!(read(&mut latest(&world, &stream)).await.unwrap().is_empty());
    stream.change(|state| {
        state.shards[0].records.push(9);
        state.times.insert(9, now);
        // The second page, for longer than the poller waits.
        state.age += 1;
    });
    let mut second = latest(&world, &stream);
    let stopper = second.stopper();
    let pages = stream.clone();
    let watch = tokio::spawn(async move {
        while pages.change(|state| state.pages) < 3 {
            tokio::task::yield_now().await;
        }
        stopper.stop();
    });
    let seen = Seen::default();
    second.run(note(&seen)).await.unwrap();
    watch.await.unwrap();
    let mut third = latest(&world, &stream);
    let handed = [seen.orders(), read(&mut third).await.unwrap()].concat();
    assert_eq!(handed, ["9"]);
    assert_eq!(second.report().skipped + third.report().skipped, 9);
}

#[tokio::test]
async fn a_poller_that_dies_in_its_beginning_is_gone_on_with_by_the_next() {
    let world = World::new().await;
    let now = world.clock.epoch_seconds();
    let stream = Stream::new([Shard::new("s1", None, 0..3), Shard::new("s2", None, 10..13)]);
    stream.change(|state| state.times.extend((0..20).map(|old| (old, now - HOUR))));
    // The place in the second shard is not saved any more.
    let puts = Arc::new(AtomicUsize::new(0));
    let count = puts.clone();
    let dying = tapped(&hasty(&world.shop, 1).with_retries(RetryPolicy::ONCE), move |operation, _| match operation {
        "PutItem" if count.fetch_add(1, Ordering::SeqCst) > 0 => Do::CutBefore,
        _ => Do::Pass,
    });
    let mut first = Poller::<Position, Shop>::new(&stream.client(&world.streams), &dying, "mail").from_latest();
    assert!(read(&mut first).await.is_err());
    drop(first);
    stream.change(|state| {
        state.shards[0].records.push(20);
        state.shards[1].records.push(21);
        state.times.extend([(20, now), (21, now)]);
    });
    let mut handed = read(&mut latest(&world, &stream)).await.unwrap();
    handed.sort();
    assert_eq!(handed, ["20", "21"]);
}

/// A first look that fails has not been: neither is anything noted for it, nor is the next one a second one.
#[tokio::test]
async fn a_first_look_that_fails_is_made_again() {
    for operation in ["DescribeStream", "GetShardIterator", "GetRecords"] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, 0..3)]);
        stream.change(|state| state.refuse_operation = vec![(operation, "ThrottlingException"); 3]);
        let mut poller = latest(&world, &stream);
        assert!(read(&mut poller).await.unwrap().is_empty(), "{operation}");
        stream.change(|state| state.shards[0].records.push(3));
        assert_eq!(read(&mut poller).await.unwrap(), ["3"], "{operation}");
    }
}

/// A bookmark of an earlier version says that it began with the latest, and not when: nothing may be passed over.
#[tokio::test]
async fn a_place_from_the_latest_without_its_time_passes_nothing_over() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..2)]);
    let mut old = Position::begin("mail", "s1");
    let place: ShardPosition = serde_json::from_str(r#"{"after":null,"finished":false,"from_latest":true}"#).unwrap();
    old.set_position(place);
    world.shop.create(&old).await.unwrap();
    assert_eq!(read(&mut latest(&world, &stream)).await.unwrap(), ["0", "1"]);
}

#[tokio::test]
async fn children_that_appear_while_it_runs_are_read_from_their_beginning() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..3)]);
    let mut poller = latest(&world, &stream);
    assert!(read(&mut poller).await.unwrap().is_empty());
    stream.change(|state| {
        state.shards[0].closed = true;
        state.shards.push(Shard::new("s2", Some("s1"), 20..22));
        state.shards.push(Shard::new("s3", Some("s1"), 30..32));
        state.refuse.extend(["LimitExceededException"; 3]);
    });
    let mut handed = read(&mut poller).await.unwrap();
    handed.sort();
    assert_eq!(handed, ["20", "21", "30", "31"]);
}
