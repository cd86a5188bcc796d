//! A storm on shards that split and go: what was written after a poller's first look is handed over, in order, or is a gap
//! that is told.

use super::model::World;
use super::shards::{Shard, Stream};
use super::weather::{Relay, Weather};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use dynamodel::stream::Poller;
use dynamodel_tests::storm::Storm;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::time::Duration;

const HOUR: u64 = 3600;

/// Shards that are written to, split and go.
struct Shards {
    stream: Stream,
    parents: BTreeMap<&'static str, Option<&'static str>>,
    of: BTreeMap<u32, &'static str>,
}

impl Shards {
    fn new() -> Self {
        let (stream, parents) =
            (Stream::new([Shard::new("a", None, []), Shard::new("b", None, [])]), [("a", None), ("b", None)]);
        Self { stream, parents: parents.into(), of: BTreeMap::new() }
    }

    fn step(&mut self, world: &World, weather: &Weather) {
        let now = world.clock.epoch_seconds();
        self.stream.change(|state| {
            let open: Vec<_> = (0..state.shards.len()).filter(|at| !state.shards[*at].closed).collect();
            let at = open[usize::try_from(weather.below(open.len() as u64)).unwrap()];
            match weather.below(40) {
                0 | 1 => {
                    weather.count("split");
                    let parent = state.shards[at].id;
                    state.shards[at].closed = true;
                    for _ in 0..=weather.below(2) {
                        let id: &'static str = Box::leak(format!("s{:03}", self.parents.len()).into_boxed_str());
                        self.parents.insert(id, Some(parent));
                        state.shards.insert(0, Shard::new(id, Some(parent), []));
                    }
                }
                2 => state.age += 1,
                3 => world.clock.advance(Duration::from_secs(60 * weather.below(20))),
                4 if weather.percent(15) => {
                    weather.count("a day");
                    world.clock.advance(Duration::from_secs(25 * HOUR));
                    let old: BTreeSet<_> =
                        state.times.iter().filter(|(_, at)| **at <= now).map(|(number, _)| *number).collect();
                    for shard in &mut state.shards {
                        shard.trimmed = shard.records.iter().take_while(|number| old.contains(number)).count();
                    }
                    state.shards.retain(|shard| !shard.closed || weather.percent(50));
                }
                _ => {
                    let number = weather.next.fetch_add(1, Ordering::SeqCst);
                    self.of.insert(number, state.shards[at].id);
                    state.times.insert(number, now);
                    state.shards[at].records.push(number);
                }
            }
        });
    }

    async fn steps(&mut self, world: &World, weather: &Weather, count: u64) {
        for _ in 0..count {
            self.step(world, weather);
            tokio::time::sleep(Duration::from_micros(weather.below(1500))).await;
        }
    }

    fn lineage(&self, shard: &str) -> Vec<&'static str> {
        let (mut out, mut next) = (Vec::new(), self.parents.get_key_value(shard).map(|(id, _)| *id));
        while let Some(id) = next {
            out.push(id);
            next = self.parents[id];
        }
        out
    }

    /// Whether it was told that this change may be gone: in its shard, or in one that came of it and went as well.
    fn is_told(&self, number: u32, gaps: &[(String, Option<u32>)]) -> bool {
        let shard = self.of[&number];
        gaps.iter().any(|(gap, after)| {
            if *gap == shard { after.is_none_or(|after| after < number) } else { self.lineage(gap).contains(&shard) }
        })
    }
}

#[tokio::test]
async fn shards_that_split_and_go_are_read_or_told_while_everything_fails() {
    let mut totals = BTreeMap::new();
    let mut storm = Storm::new(8);
    for seed in storm.by_ref() {
        let (world, weather, mut shards) = (World::new().await, Weather::new(seed), Shards::new());
        let (shop, latest) = (weather.shop(&world), weather.percent(60));
        let streams = weather.streams(&world.streams, SharedHttpClient::new(shards.stream.clone()));
        let page = u16::try_from(weather.below(6) + 1).unwrap();
        let quiet = weather.percent(30);
        shards.steps(&world, &weather, if quiet { 0 } else { 20 }).await;
        // Long before the first look.
        world.clock.advance(Duration::from_secs(HOUR));
        let before = weather.next.load(Ordering::SeqCst);
        let mut relay = Relay::new(&weather, || {
            let poller = Poller::new(&streams, &shop, "mail")
                .page_size(page)
                .poll_interval(Duration::from_millis(1))
                .skip_trimmed();
            if latest { poller.from_latest() } else { poller }
        });
        relay.catch_up().await;
        for _ in 0..10 {
            let count = 20 + weather.below(40);
            relay.leg(shards.steps(&world, &weather, count)).await;
        }
        weather.on.store(false, Ordering::SeqCst);
        relay.catch_up().await;

        let (first, end) = (relay.first(), weather.next.load(Ordering::SeqCst));
        let from = if latest { weather.looked.load(Ordering::SeqCst) } else { before };
        let numbers: BTreeSet<u32> = first.iter().map(|(_, number)| *number).collect();
        for number in from..end {
            let told = shards.is_told(number, &relay.gaps);
            assert!(
                told || numbers.contains(&number),
                "seed {seed}: {number} of {}: {:?}",
                shards.of[&number],
                relay.gaps
            );
        }
        let too_early: Vec<_> = numbers.iter().filter(|number| latest && **number < before).collect();
        assert!(too_early.is_empty() || !relay.gaps.is_empty(), "seed {seed}: {too_early:?} of long before");
        // In each shard by their numbers, and nothing of a shard after what is in those that came of it.
        let mut last = BTreeMap::new();
        for (shard, number) in &first {
            let below = last.get(&**shard).copied();
            assert!(below.is_none_or(|below| below < *number), "seed {seed}: {number} of {shard} after {below:?}");
            for id in shards.lineage(shard) {
                last.insert(id, last.get(id).copied().unwrap_or(0).max(*number));
            }
        }
        weather.add_to(&mut totals, &relay, end);
    }
    println!("{} rounds: {totals:?}", storm.rounds());
}
