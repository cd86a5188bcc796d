//! What no engine does by itself: shard splits, trimmed records, expired iterators, throttling. The places are kept on a
//! real engine.

use super::model::{Position, Seen, Shop, ShopChange, World};
use super::shards::{Shard, Stream, of};
use dynamodel::stream::{Bookmark as _, Event, ItemChange, Poller, ShardPosition};
use dynamodel::{Client, ErrorKind, RetryPolicy};
use std::time::Duration;

/// Hasty, so that no test waits.
fn shop(world: &World) -> Client<Shop> {
    let policy = RetryPolicy { tries: 4, first: Duration::from_millis(1), longest: Duration::from_millis(1) };
    world.shop.clone().with_retries(policy)
}

fn poller(world: &World, stream: &Stream) -> Poller<Position, Shop> {
    Poller::new(&stream.client(&world.streams), &shop(world), "mail").page_size(3)
}

/// Reads what there is: the numbers of the records with their shards.
async fn read(poller: &mut Poller<Position, Shop>) -> dynamodel::Result<Vec<(u32, String)>> {
    let seen = Seen::default();
    poller
        .catch_up(|event: Event<ShopChange>| {
            seen.take(event);
            std::future::ready(Ok::<_, dynamodel::Error>(()))
        })
        .await?;
    let events = seen.0.lock().unwrap();
    let shown = events.iter().map(|event| {
        let ShopChange::Order(ItemChange::Insert { new }) = &event.change else { panic!("{event:?}") };
        assert_eq!(event.shard.as_deref(), Some(new.status.as_str()));
        (of(new), new.status.clone())
    });
    Ok(shown.collect())
}

fn numbers(read: &[(u32, String)]) -> Vec<u32> {
    read.iter().map(|(number, _)| *number).collect()
}

async fn place(world: &World, shard: &str) -> Option<ShardPosition> {
    let found = world.shop.get(Position::key("mail", shard)).consistent().await.unwrap();
    found.map(|found| found.position().clone())
}

#[tokio::test]
async fn parents_are_read_to_their_end_before_their_children() {
    let world = World::new().await;
    // Listed in any order: grandchildren first.
    let stream = Stream::new([
        Shard::new("s4", Some("s2"), 40..45),
        Shard::new("s2", Some("s1"), 20..27).closed(),
        Shard::new("s3", Some("s1"), 30..32),
        Shard::new("s1", None, 10..18).closed(),
    ]);
    let mut poller = poller(&world, &stream);
    let read = read(&mut poller).await.unwrap();
    let place_of = |number: u32| read.iter().position(|(read, _)| *read == number).unwrap();
    let mut all = numbers(&read);
    all.sort_unstable();
    assert_eq!(all, (10..18).chain(20..27).chain(30..32).chain(40..45).collect::<Vec<_>>());
    assert!(place_of(17) < place_of(20) && place_of(17) < place_of(30) && place_of(26) < place_of(40), "{read:?}");
    for shard in [10..18, 20..27, 30..32, 40..45] {
        assert!(shard.clone().zip(shard.skip(1)).all(|(a, b)| place_of(a) < place_of(b)), "{read:?}");
    }
    assert_eq!(poller.report().finished_shards, 2);
    assert!(place(&world, "s1").await.unwrap().finished && !place(&world, "s3").await.unwrap().finished);
}

#[tokio::test]
async fn a_shard_that_splits_while_it_is_read_is_followed_and_resumed() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..4)]);
    let mut first = poller(&world, &stream);
    assert_eq!(numbers(&read(&mut first).await.unwrap()), [0, 1, 2, 3]);
    stream.change(|state| {
        state.shards[0].records.extend([4, 5]);
        state.shards[0].closed = true;
        state.shards.push(Shard::new("s2", Some("s1"), 20..22));
        state.shards.push(Shard::new("s3", Some("s1"), 30..31));
    });
    assert_eq!(numbers(&read(&mut first).await.unwrap()), [4, 5, 20, 21, 30]);
    // Another process: it knows the parent's end, and goes on in the children.
    stream.change(|state| state.shards[1].records.push(22));
    let mut second = poller(&world, &stream);
    assert_eq!(numbers(&read(&mut second).await.unwrap()), [22]);
}

#[tokio::test]
async fn a_shard_that_is_new_to_a_poller_from_the_latest_is_read_from_its_beginning() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s0", None, 0..3).closed(), Shard::new("s1", Some("s0"), 10..13)]);
    let latest = |world: &World| poller(world, &stream).from_latest();
    let mut first = latest(&world);
    assert!(read(&mut first).await.unwrap().is_empty());
    stream.change(|state| state.shards[1].records.extend([13, 14]));
    assert_eq!(numbers(&read(&mut first).await.unwrap()), [13, 14]);
    stream.change(|state| {
        state.shards[1].closed = true;
        state.shards.push(Shard::new("s2", Some("s1"), 20..22));
    });
    assert_eq!(numbers(&read(&mut latest(&world)).await.unwrap()), [20, 21]);
}

#[tokio::test]
async fn an_iterator_that_expired_is_replaced_at_the_same_position() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..4)]);
    let mut poller = poller(&world, &stream);
    assert_eq!(read(&mut poller).await.unwrap().len(), 4);
    stream.change(|state| {
        state.shards[0].records.extend(4..6);
        state.refuse.push_back("ExpiredIteratorException");
    });
    assert_eq!(numbers(&read(&mut poller).await.unwrap()), [4, 5]);
    assert_eq!(poller.report().expired_iterators, 1);
}

#[tokio::test]
async fn records_that_are_gone_are_an_error_or_a_gap_that_is_noted() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..4)]);
    assert_eq!(read(&mut poller(&world, &stream)).await.unwrap().len(), 4);
    stream.change(|state| {
        state.shards[0].records.extend(4..10);
        state.shards[0].trimmed = 7;
    });
    let error = read(&mut poller(&world, &stream)).await.unwrap_err();
    assert_eq!((error.kind(), error.table()), (ErrorKind::RecordsTrimmed, Some("shop")));
    let text = error.to_string();
    assert!(
        text.contains("`s1`") && text.contains("100000000000000000003") && text.contains("`skip_trimmed`"),
        "{text}"
    );

    let mut over = poller(&world, &stream).skip_trimmed();
    assert_eq!(numbers(&read(&mut over).await.unwrap()), [7, 8, 9]);
    let gaps = &over.report().gaps;
    assert_eq!((gaps.len(), gaps[0].shard.as_str()), (1, "s1"));
    assert_eq!(gaps[0].after.as_deref(), Some("100000000000000000003"));
    // And once more: the gap is behind it.
    assert!(read(&mut poller(&world, &stream)).await.unwrap().is_empty());
}

/// The oldest record goes between the iterator and the read: nobody had a place in the shard yet, and it lives.
#[tokio::test]
async fn a_shard_whose_beginning_goes_while_it_is_entered_is_read_to_its_end() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..4)]);
    stream.change(|state| state.refuse.push_back("TrimmedDataAccessException"));
    let mut over = poller(&world, &stream).skip_trimmed();
    assert_eq!(numbers(&read(&mut over).await.unwrap()), [0, 1, 2, 3]);
    assert_eq!(over.report().gaps.len(), 1);
    stream.change(|state| state.shards[0].records.extend(4..6));
    assert_eq!(numbers(&read(&mut over).await.unwrap()), [4, 5]);
}

#[tokio::test]
async fn a_shard_that_is_gone_half_read_is_noticed_by_its_child() {
    for finished in [false, true] {
        let world = World::new().await;
        let parent = Shard::new("s1", None, 0..3);
        let stream = Stream::new([if finished { parent.closed() } else { parent }]);
        assert_eq!(read(&mut poller(&world, &stream)).await.unwrap().len(), 3);
        // A day later.
        stream.change(|state| state.shards = vec![Shard::new("s2", Some("s1"), 20..22)]);
        let after = read(&mut poller(&world, &stream)).await;
        if finished {
            assert_eq!(numbers(&after.unwrap()), [20, 21]);
            assert_eq!(place(&world, "s1").await, None, "nobody asks for it any more");
        } else {
            assert_eq!(after.unwrap_err().kind(), ErrorKind::RecordsTrimmed);
            let mut over = poller(&world, &stream).skip_trimmed();
            assert_eq!(numbers(&read(&mut over).await.unwrap()), [20, 21]);
            assert_eq!(over.report().gaps.len(), 1);
            assert!(read(&mut poller(&world, &stream)).await.unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn a_shard_that_vanishes_while_it_is_read_is_no_silent_loss() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..3)]);
    let mut reader = poller(&world, &stream);
    assert_eq!(read(&mut reader).await.unwrap().len(), 3);
    stream.change(|state| state.shards = vec![Shard::new("s2", Some("s1"), 20..22)]);
    assert_eq!(read(&mut reader).await.unwrap_err().kind(), ErrorKind::RecordsTrimmed);
    let mut over = poller(&world, &stream).skip_trimmed();
    assert_eq!(numbers(&read(&mut over).await.unwrap()), [20, 21]);
    assert_eq!(over.report().gaps.len(), 1);
}

#[tokio::test]
async fn throttling_and_failures_inside_dynamodb_are_waited_out() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..4)]);
    // More than the SDK's own two tries take.
    stream.change(|state| {
        state.refuse.extend([
            "LimitExceededException",
            "InternalServerError",
            "InternalServerError",
            "ThrottlingException",
        ]);
    });
    let mut reader = poller(&world, &stream);
    assert_eq!(numbers(&read(&mut reader).await.unwrap()), [0, 1, 2, 3]);
    // Without an end, it is the error.
    stream.change(|state| state.refuse.extend(std::iter::repeat_n("LimitExceededException", 20)));
    let error = read(&mut poller(&world, &stream)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Throttled);
}

#[tokio::test]
async fn empty_pages_are_not_the_end_of_a_shard() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..8).closed(), Shard::new("s2", Some("s1"), 20..22).closed()]);
    stream.change(|state| state.gaps = true);
    let mut reader = poller(&world, &stream).poll_interval(Duration::from_millis(1));
    let stopper = reader.stopper();
    let seen = Seen::default();
    let handler = |event: Event<ShopChange>| {
        seen.take(event);
        if seen.len() == 10 {
            stopper.stop();
        }
        std::future::ready(Ok::<_, dynamodel::Error>(()))
    };
    reader.run(handler).await.unwrap();
    assert_eq!(seen.orders(), (0..8).chain(20..22).map(|id| id.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_page_of_the_list_of_shards_is_read() {
    let world = World::new().await;
    let ids = ["a", "b", "c", "d", "e"];
    let stream = Stream::new(ids.into_iter().zip(0..).map(|(id, at)| Shard::new(id, None, [at])));
    assert_eq!(numbers(&read(&mut poller(&world, &stream)).await.unwrap()), [0, 1, 2, 3, 4]);
    assert_eq!(stream.change(|state| state.described), 3);
}

#[tokio::test]
async fn a_response_that_lacks_its_shards_or_records_is_not_taken_for_none() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 1..4)]);
    let shardless = serde_json::json!({"StreamDescription": {"Shards": [{"ParentShardId": "s0"}]}});
    // Without any description the stream is looked at again.
    let (other, again) = (World::new().await, Stream::new([Shard::new("s1", None, 1..4)]));
    again.0.lock().unwrap().odd.push_back(serde_json::json!({}));
    assert_eq!(numbers(&read(&mut poller(&other, &again)).await.unwrap()), [1, 2, 3]);
    stream.0.lock().unwrap().odd.push_back(shardless);
    let error = read(&mut poller(&world, &stream)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
    let described = stream.0.lock().unwrap().described;
    let mut reader = poller(&world, &stream);
    stream.0.lock().unwrap().odd.push_back(serde_json::json!({"StreamDescription": {"Shards": [{"ShardId": "s1"}]}}));
    stream.0.lock().unwrap().odd.push_back(serde_json::json!({"NextShardIterator": "s1:2"}));
    let error = read(&mut reader).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error:?}");
    assert_eq!(stream.0.lock().unwrap().described, described);
    assert_eq!(numbers(&read(&mut poller(&world, &stream)).await.unwrap()), [1, 2, 3]);
}
