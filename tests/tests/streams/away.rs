//! Pollers that were away for a day or more, and what they tell of it.

use super::faulty::hasty;
use super::model::{Position, Seen, Shop, ShopChange, World, note};
use super::shards::{Shard, Stream};
use dynamodel::ErrorKind;
use dynamodel::stream::{Event, Poller};
use std::time::Duration;

const HOUR: u64 = 3600;

async fn read(poller: &mut Poller<Position, Shop>) -> dynamodel::Result<Vec<String>> {
    let seen = Seen::default();
    poller.catch_up(note(&seen)).await?;
    Ok(seen.orders())
}

/// No sequence number is known, so DynamoDB cannot say that something is gone.
#[tokio::test]
async fn a_quiet_shard_that_nobody_read_for_a_day_is_a_gap() {
    for from_latest in [true, false] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, [])]);
        let poller = || {
            let poller = Poller::<Position, Shop>::new(&stream.client(&world.streams), &hasty(&world.shop, 1), "mail");
            if from_latest { poller.from_latest() } else { poller }
        };
        assert!(read(&mut poller()).await.unwrap().is_empty());
        world.clock.advance(Duration::from_secs(25 * HOUR));
        stream.change(|state| {
            state.shards[0].records.extend(0..4);
            state.shards[0].trimmed = 2;
        });
        assert_eq!(read(&mut poller()).await.unwrap_err().kind(), ErrorKind::RecordsTrimmed);
        let mut over = poller().skip_trimmed();
        assert_eq!(read(&mut over).await.unwrap(), ["2", "3"]);
        assert_eq!((over.report().gaps.len(), over.report().gaps[0].shard.as_str()), (1, "s1"));
        assert!(read(&mut poller()).await.unwrap().is_empty(), "the gap is behind it");
    }
}

/// Days later all shards are others: a poller that has read the stream does not take itself for a new one.
#[tokio::test]
async fn a_poller_that_was_away_for_days_tells_what_it_has_missed() {
    for from_latest in [true, false] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, 0..2)]);
        let poller = || {
            let poller = Poller::<Position, Shop>::new(&stream.client(&world.streams), &hasty(&world.shop, 1), "mail");
            if from_latest { poller.from_latest() } else { poller }
        };
        read(&mut poller()).await.unwrap();
        world.clock.advance(Duration::from_secs(72 * HOUR));
        stream.change(|state| state.shards = vec![Shard::new("s9", Some("s8"), 90..92)]);
        assert_eq!(read(&mut poller()).await.unwrap_err().kind(), ErrorKind::RecordsTrimmed);
        let mut over = poller().skip_trimmed();
        assert_eq!(read(&mut over).await.unwrap(), ["90", "91"]);
        // The parent came and went. That was a day ago, so the beginning of its child may be gone as well.
        let gaps: Vec<_> = over.report().gaps.iter().map(|gap| gap.shard.as_str()).collect();
        assert_eq!(gaps, ["s8", "s9"]);
        assert!(read(&mut poller()).await.unwrap().is_empty());
    }
}

/// The child of a shard that was read to its end begins somewhere, and DynamoDB does not say where.
#[tokio::test]
async fn a_child_whose_beginning_is_gone_is_a_gap() {
    for hours in [2, 30] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, 0..2)]);
        let poller = || {
            Poller::<Position, Shop>::new(&stream.client(&world.streams), &hasty(&world.shop, 1), "mail").page_size(9)
        };
        read(&mut poller()).await.unwrap();
        // It reads the parent to its end, and dies before it learns of the child.
        let mut one = poller();
        stream.change(|state| state.shards[0].closed = true);
        one.catch_up(note(&Seen::default())).await.unwrap();
        drop(one);
        stream.change(|state| {
            let trimmed = if hours > 24 { 2 } else { 0 };
            state.shards.push(Shard { trimmed, ..Shard::new("s2", Some("s1"), 20..24) });
        });
        world.clock.advance(Duration::from_secs(hours * HOUR));
        if hours < 24 {
            assert_eq!(read(&mut poller()).await.unwrap(), ["20", "21", "22", "23"]);
            continue;
        }
        assert_eq!(read(&mut poller()).await.unwrap_err().kind(), ErrorKind::RecordsTrimmed);
        let mut over = poller().skip_trimmed();
        assert_eq!(read(&mut over).await.unwrap(), ["22", "23"]);
        assert_eq!((over.report().gaps.len(), over.report().gaps[0].shard.as_str()), (1, "s2"));
    }
}

/// A new one has missed nothing, whatever is gone.
#[tokio::test]
async fn a_new_poller_begins_where_the_stream_does() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s2", Some("s1"), 20..22), Shard::new("s3", Some("s2"), [30])]);
    stream.change(|state| state.shards[0].closed = true);
    let mut poller = Poller::<Position, Shop>::new(&stream.client(&world.streams), &world.shop, "mail");
    // It dies within its first page, and its successor is as new.
    let dies = |_: Event<ShopChange>| std::future::pending::<dynamodel::Result<()>>();
    assert!(tokio::time::timeout(Duration::from_millis(200), poller.catch_up(dies)).await.is_err());
    drop(poller);
    let mut poller = Poller::<Position, Shop>::new(&stream.client(&world.streams), &world.shop, "mail");
    assert_eq!(read(&mut poller).await.unwrap(), ["20", "21", "30"]);
    assert!(poller.report().gaps.is_empty());
}
