//! A table that gets another stream: it was switched off and on again.

use super::faulty::hasty;
use super::model::{Position, Seen, Shop, ShopChange, World, note};
use super::shards::{Shard, Stream};
use dynamodel::stream::{Event, Poller};
use dynamodel::{Client, ErrorKind};
use dynamodel_tests::tap::{Do, tapped};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

async fn read(poller: &mut Poller<Position, Shop>) -> dynamodel::Result<Vec<String>> {
    let seen = Seen::default();
    poller.catch_up(note(&seen)).await?;
    Ok(seen.orders())
}

/// The ARNs of the stream that the table has had, and of the one that it has.
const OLD: &str = "arn:aws:dynamodb:eu-west-1:1:table/shop/stream/old";
const NEW: &str = "arn:aws:dynamodb:eu-west-1:1:table/shop/stream/new";

/// The table names another stream, with a shard of its own, once it is told to.
fn renamed(world: &World, stream: &Stream, renamed: &Arc<AtomicBool>) -> Client<Shop> {
    let (stream, renamed) = (stream.clone(), renamed.clone());
    tapped(&hasty(&world.shop, 1), move |operation, _| {
        let named = if renamed.load(Ordering::SeqCst) { NEW } else { OLD };
        if operation == "DescribeTable" && named == NEW {
            stream.change(|state| state.shards = vec![Shard::new("t1", None, 50..52)]);
        }
        match operation {
            "DescribeTable" => Do::Change(Arc::new(move |status, body| {
                let mut body: serde_json::Value = serde_json::from_str(&body).unwrap();
                body["Table"]["LatestStreamArn"] = named.into();
                (status, body.to_string())
            })),
            _ => Do::Pass,
        }
    })
}

/// A stream that is switched off and on again is another one.
#[tokio::test]
async fn a_stream_that_was_replaced_between_two_runs_is_a_gap() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..3)]);
    let (streams, other) = (stream.client(&world.streams), Arc::new(AtomicBool::new(false)));
    let shop = renamed(&world, &stream, &other);
    let poller = || Poller::<Position, Shop>::new(&streams, &shop, "mail").poll_interval(Duration::from_millis(1));
    assert_eq!(read(&mut poller()).await.unwrap(), ["0", "1", "2"]);
    other.store(true, Ordering::SeqCst);
    let error = poller().catch_up(note(&Seen::default())).await.unwrap_err();
    assert_eq!((error.kind(), error.table()), (ErrorKind::RecordsTrimmed, Some("shop")));
    assert!(error.to_string().contains(OLD), "{error}");
    let mut over = poller().skip_trimmed();
    assert_eq!(read(&mut over).await.unwrap(), ["50", "51"]);
    assert_eq!((over.report().gaps.len(), over.report().gaps[0].shard.as_str()), (1, OLD));
    assert!(read(&mut poller()).await.unwrap().is_empty(), "told once");
}

#[tokio::test]
async fn a_stream_that_is_replaced_while_it_is_read_is_followed() {
    for gone in [false, true] {
        let world = World::new().await;
        let stream = Stream::new([Shard::new("s1", None, 0..3)]);
        let (streams, other) = (stream.client(&world.streams), Arc::new(AtomicBool::new(false)));
        let shop = renamed(&world, &stream, &other);
        let mut poller = Poller::<Position, Shop>::new(&streams, &shop, "mail")
            .poll_interval(Duration::from_millis(1))
            .skip_trimmed();
        assert_eq!(read(&mut poller).await.unwrap(), ["0", "1", "2"]);
        other.store(true, Ordering::SeqCst);
        stream.change(|state| {
            if gone {
                // A day after it was switched off.
                state.refuse_operation.push(("DescribeStream", "ResourceNotFoundException"));
                state.shards.clear();
            } else {
                state.shards[0].closed = true;
                state.shards[0].records.push(3);
            }
        });
        let seen = Seen::default();
        let stopper = poller.stopper();
        let handler = |event: Event<ShopChange>| {
            seen.take(event);
            if seen.orders().last().is_some_and(|last| last == "51") {
                stopper.stop();
            }
            std::future::ready(Ok::<_, dynamodel::Error>(()))
        };
        let ended = tokio::time::timeout(Duration::from_secs(60), poller.run(handler)).await.unwrap();
        ended.unwrap();
        let handed = seen.orders();
        assert_eq!(handed, if gone { vec!["50", "51"] } else { vec!["3", "50", "51"] });
        let gaps: Vec<_> = poller.report().gaps.iter().map(|gap| gap.shard.as_str()).collect();
        assert!(gaps.contains(&OLD), "{gaps:?}");
    }
}
