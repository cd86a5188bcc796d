//! A storm on an engine: whatever fails, what was written after a poller's first look is handed over, in order.

use super::model::{Order, World};
use super::weather::{Relay, Weather};
use dynamodel::stream::Poller;
use dynamodel_tests::storm::Storm;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Changes of five items, numbered.
async fn write(world: &World, weather: &Weather, count: u64) {
    for _ in 0..count {
        // Counted first: it may be in the stream before anybody knows.
        let number = weather.next.fetch_add(1, Ordering::SeqCst);
        let order = Order { total: u64::from(number), ..Order::new(&(number % 5).to_string()) };
        world.shop.put(&order).await.unwrap();
    }
}

#[tokio::test]
async fn changes_are_handed_over_while_everything_fails() {
    let mut totals = BTreeMap::new();
    let mut storm = Storm::new(8);
    for seed in storm.by_ref() {
        let (world, weather) = (World::new().await, Weather::new(seed));
        let (shop, latest) = (weather.shop(&world), weather.percent(60));
        let streams = weather.streams(&world.streams, world.streams.config().http_client().unwrap());
        let page = u16::try_from(weather.below(6) + 1).unwrap();
        write(&world, &weather, 7).await;
        let mut relay = Relay::new(&weather, || {
            let poller = Poller::new(&streams, &shop, "mail").page_size(page).poll_interval(Duration::from_millis(1));
            if latest { poller.from_latest() } else { poller }
        });
        tokio::join!(relay.catch_up(), write(&world, &weather, 20));
        for _ in 0..10 {
            let count = 5 + weather.below(25);
            relay.leg(write(&world, &weather, count)).await;
        }
        weather.on.store(false, Ordering::SeqCst);
        relay.catch_up().await;

        let (first, end) = (relay.first(), weather.next.load(Ordering::SeqCst));
        let from = if latest { weather.looked.load(Ordering::SeqCst) } else { 0 };
        let numbers: BTreeSet<u32> = first.iter().map(|(_, number)| *number).collect();
        let missing: Vec<_> = (from..end).filter(|number| !numbers.contains(number)).collect();
        assert!(missing.is_empty(), "seed {seed}: from {from} to {end} lacks {missing:?}");
        assert!(relay.gaps.is_empty(), "seed {seed}: {:?}", relay.gaps);
        let mut last = BTreeMap::new();
        for (key, number) in &first {
            let before = last.insert(key, number);
            assert!(before.is_none_or(|before| before < number), "seed {seed}: {number} of {key} after {before:?}");
        }
        weather.add_to(&mut totals, &relay, end);
    }
    println!("{} rounds: {totals:?}", storm.rounds());
}
