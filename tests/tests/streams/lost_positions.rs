//! Lost responses of a poller's own bookmarks, and pollers that are really two.

use super::faulty::hasty;
use super::model::{Order, Position, Seen, Shop, ShopChange, World, note};
use super::shards::{Shard, Stream};
use dynamodel::stream::{Event, Poller, Record};
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, ErrorKind, RetryPolicy};
use dynamodel_tests::tap::{Do, error_body, tapped};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Every fault that passes.
pub const FAULTS: [Fault; 9] = [
    Fault::Throttle,
    Fault::ServerError,
    Fault::CutBefore,
    Fault::CutAfter,
    Fault::ServerErrorAfter,
    Fault::Timeout,
    Fault::TimeoutAfter,
    Fault::CutWithin,
    Fault::TransactionConflict,
];

/// Orders of these numbers.
pub async fn orders(world: &World, ids: std::ops::Range<u32>) {
    for id in ids {
        world.shop.create(&Order::new(&id.to_string())).await.unwrap();
    }
}

pub fn numbers(range: std::ops::Range<u32>) -> Vec<String> {
    range.map(|id| id.to_string()).collect()
}

pub fn poller(world: &World, shop: &Client<Shop>) -> Poller<Position, Shop> {
    Poller::new(&world.streams, shop, "mail").poll_interval(Duration::from_millis(1)).page_size(4)
}

#[tokio::test]
async fn every_fault_of_a_place_is_gone_on_from() {
    for fault in FAULTS {
        // The SDK's retries take a lost response for a conflict; without them it is unknown what became of the save.
        // The first save, the consumer's own, and a later one; once, and several times in a row.
        for (attempts, before, times) in [(1, 0, 1), (1, 1, 1), (1, 2, 4), (3, 0, 1), (3, 1, 4)] {
            let what = format!("{fault:?} {attempts} {before} {times}");
            let world = World::new().await;
            orders(&world, 0..10).await;
            let script = std::iter::repeat_n(Fault::None, before).chain(std::iter::repeat_n(fault.clone(), times));
            let faults = Faults::script(script).only("PutItem");
            let shop = hasty(&world.shop, attempts).with_faults(&faults);
            let (mut first, seen) = (poller(&world, &shop), Seen::default());
            first.catch_up(note(&seen)).await.unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(seen.orders(), numbers(0..10), "{what}");
            orders(&world, 10..11).await;
            // The next one goes on where this one was.
            poller(&world, &world.shop).catch_up(note(&seen)).await.unwrap();
            assert_eq!(seen.orders(), numbers(0..11), "{what}");
        }
    }
}

#[tokio::test]
async fn every_fault_of_a_place_is_gone_on_from_in_a_run_as_well() {
    for fault in FAULTS {
        for raw in [false, true] {
            let world = World::new().await;
            orders(&world, 0..6).await;
            let faults = Faults::script([fault.clone(), Fault::None, fault.clone()]).only("PutItem");
            let shop = hasty(&world.shop, 1).with_faults(&faults);
            let mut first = poller(&world, &shop);
            let (stopper, mut count) = (first.stopper(), 0);
            let mut last = |more: bool| {
                count += u32::from(more);
                if count == 6 {
                    stopper.stop();
                }
                std::future::ready(Ok::<_, dynamodel::Error>(()))
            };
            let ended = if raw {
                first.run_records(|record: Record| last(record.entity_of::<Shop>().is_some())).await
            } else {
                first.run(|_: Event<ShopChange>| last(true)).await
            };
            ended.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            // A stop saves the place, and waits for that.
            let seen = Seen::default();
            poller(&world, &world.shop).catch_up(note(&seen)).await.unwrap();
            assert!(seen.orders().is_empty(), "{fault:?} {:?}", seen.orders());
        }
    }
}

#[tokio::test]
async fn every_fault_of_a_beginning_with_the_latest_is_gone_on_from() {
    for fault in FAULTS {
        for (attempts, before) in [(1, 0), (3, 0), (1, 1), (3, 1)] {
            let world = World::new().await;
            orders(&world, 0..3).await;
            let script = std::iter::repeat_n(Fault::None, before).chain([fault.clone(), fault.clone()]);
            let faults = Faults::script(script).only("PutItem");
            let shop = hasty(&world.shop, attempts).with_faults(&faults);
            let (mut first, seen) = (poller(&world, &shop).from_latest(), Seen::default());
            first.catch_up(note(&seen)).await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            orders(&world, 3..5).await;
            first.catch_up(note(&seen)).await.unwrap();
            assert_eq!(seen.orders(), numbers(3..5), "{fault:?}");
            orders(&world, 5..6).await;
            poller(&world, &world.shop).from_latest().catch_up(note(&seen)).await.unwrap();
            assert_eq!(seen.orders(), numbers(3..6), "{fault:?}");
        }
    }
}

/// In lockstep two pollers write the same places. They are told apart all the same.
#[tokio::test]
async fn two_pollers_that_are_at_the_same_place_notice_each_other() {
    for lost in [false, true] {
        let world = World::new().await;
        orders(&world, 0..4).await;
        poller(&world, &world.shop).catch_up(note(&Seen::default())).await.unwrap();
        let faults = Faults::script([Fault::CutBefore]).only("PutItem");
        faults.stop();
        let shop = hasty(&world.shop, 1).with_faults(&faults);
        let (mut one, mut other) = (poller(&world, &shop), poller(&world, &world.shop));
        // Both know the place.
        one.catch_up(note(&Seen::default())).await.unwrap();
        other.catch_up(note(&Seen::default())).await.unwrap();
        orders(&world, 4..5).await;
        other.catch_up(note(&Seen::default())).await.unwrap();
        if lost {
            faults.resume();
        }
        let seen = Seen::default();
        let error = one.catch_up(note(&seen)).await.unwrap_err();
        assert_eq!((error.kind(), seen.orders()), (ErrorKind::Conflict, numbers(4..5)));
        assert!(error.to_string().contains("another poller called `mail` is running"), "{error}");
        // It goes on where the other one is, and is noticed by that in its turn.
        orders(&world, 5..6).await;
        one.catch_up(note(&seen)).await.unwrap();
        assert_eq!(seen.orders(), numbers(4..6));
        assert!(other.catch_up(note(&Seen::default())).await.unwrap_err().is_conflict());
    }
}

/// A save whose response was lost was carried out, and another poller has gone on from it.
#[tokio::test]
async fn a_lost_response_does_not_hide_another_poller() {
    const CUT_THE_SAVE: usize = 1;
    const DOWN: usize = 2;
    let world = World::new().await;
    orders(&world, 0..2).await;
    let mode = Arc::new(AtomicUsize::new(CUT_THE_SAVE));
    let now = mode.clone();
    let shop = tapped(&hasty(&world.shop, 1).with_retries(RetryPolicy::ONCE), move |operation, _| {
        match (operation, now.load(Ordering::SeqCst)) {
            ("PutItem", CUT_THE_SAVE) => {
                now.store(DOWN, Ordering::SeqCst);
                Do::CutAfter
            }
            (_, DOWN) => Do::CutBefore,
            _ => Do::Pass,
        }
    });
    let mut one = poller(&world, &shop);
    assert!(one.catch_up(note(&Seen::default())).await.is_err());
    orders(&world, 2..4).await;
    let seen = Seen::default();
    poller(&world, &world.shop).catch_up(note(&seen)).await.unwrap();
    assert_eq!(seen.orders(), numbers(2..4), "the save was carried out");
    mode.store(0, Ordering::SeqCst);
    assert!(one.catch_up(note(&Seen::default())).await.unwrap_err().is_conflict());
}

#[tokio::test]
async fn every_fault_of_a_bookmark_that_is_thrown_away_is_gone_on_from() {
    for fault in FAULTS {
        for attempts in [1, 3] {
            let world = World::new().await;
            let stream = Stream::new([Shard::new("s1", None, 0..3).closed(), Shard::new("s2", Some("s1"), 10..12)]);
            let streams = stream.client(&world.streams);
            let faults = Faults::script([fault.clone(), fault.clone()]).only("DeleteItem");
            let shop = hasty(&world.shop, attempts).with_faults(&faults);
            let seen = Seen::default();
            Poller::<Position, Shop>::new(&streams, &shop, "mail").catch_up(note(&seen)).await.unwrap();
            stream.change(|state| {
                state.shards.remove(0);
                state.shards[0].records.push(12);
            });
            let mut next = Poller::<Position, Shop>::new(&streams, &shop, "mail");
            next.catch_up(note(&seen)).await.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
            assert_eq!(seen.orders(), ["0", "1", "2", "10", "11", "12"], "{fault:?}");
            assert_eq!(world.shop.get(Position::key("mail", "s1")).await.unwrap(), None);
            assert!(next.report().gaps.is_empty());
        }
    }
}

/// The gap of a shard that is gone is told once, though its bookmark cannot be thrown away at once.
#[tokio::test]
async fn a_gap_is_told_once_though_its_bookmark_stays() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..3)]);
    let streams = stream.client(&world.streams);
    Poller::<Position, Shop>::new(&streams, &world.shop, "mail").catch_up(note(&Seen::default())).await.unwrap();
    stream.change(|state| state.shards = vec![Shard::new("s2", Some("s1"), 20..22)]);
    let faults = Faults::script([Fault::CutBefore, Fault::Throttle, Fault::CutAfter]).only("DeleteItem");
    let shop = hasty(&world.shop, 1).with_faults(&faults);
    let (mut over, seen) = (Poller::<Position, Shop>::new(&streams, &shop, "mail").skip_trimmed(), Seen::default());
    over.catch_up(note(&seen)).await.unwrap();
    assert_eq!((over.report().gaps.len(), seen.orders()), (1, vec!["20".into(), "21".into()]));
}

/// Who may not delete may read all the same.
#[tokio::test]
async fn a_bookmark_that_may_not_be_thrown_away_stays() {
    let world = World::new().await;
    let stream = Stream::new([Shard::new("s1", None, 0..3).closed(), Shard::new("s2", Some("s1"), 10..12)]);
    let streams = stream.client(&world.streams);
    Poller::<Position, Shop>::new(&streams, &world.shop, "mail").catch_up(note(&Seen::default())).await.unwrap();
    stream.change(|state| {
        state.shards.remove(0);
        state.shards[0].records.push(12);
    });
    let shop = tapped(&hasty(&world.shop, 1), |operation, _| match operation {
        "DeleteItem" => Do::Respond(400, error_body("AccessDeniedException", "not you")),
        _ => Do::Pass,
    });
    let seen = Seen::default();
    let mut next = Poller::<Position, Shop>::new(&streams, &shop, "mail");
    next.catch_up(note(&seen)).await.unwrap();
    assert_eq!((seen.orders(), next.report().gaps.len()), (vec!["12".to_owned()], 0));
    assert!(world.shop.get(Position::key("mail", "s1")).await.unwrap().is_some());
}
