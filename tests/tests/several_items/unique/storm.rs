//! A storm of every verb on few items and few unique values, by several tasks, under faults and with late requests: in the
//! end every living item has exactly its sentinels, and what was told is what was done.

mod entities;
mod truth;

use dynamodel::{Client, Codec, ManualClock};
use dynamodel_tests::engine;
use dynamodel_tests::record::{Record, fault, hurried, recorded};
use dynamodel_tests::storm::{Random, Storm};
use entities::{Badge, Club, Coupon, Member, Token};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use truth::{Call, Told, stored_is_right, sweep, words_are_right};

/// What the tasks of a round share.
#[derive(Clone)]
struct Ground {
    seed: u64,
    there: Client<Club>,
    clock: ManualClock,
    /// Whether something expired has been deleted.
    swept: Arc<AtomicBool>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Ground {
    /// A client for one call.
    fn faulty(&self, random: &mut Random) -> (Client<Club>, Record) {
        let chance = Mutex::new(Random::new(random.number()));
        let percent = random.below(45);
        let (client, record) = recorded(&self.there, move |_, _| fault(&mut chance.lock().unwrap(), percent));
        let attempts = u32::try_from(1 + random.below(3)).unwrap();
        let codec = if random.percent(50) { Codec::Wire } else { Codec::AttributeValue };
        (hurried(&client, attempts, 5).with_codec(codec).with_clock(self.clock.clone()), record)
    }

    /// One task: so many random calls, one after the other.
    async fn work(self, mut random: Random, turns: u32) {
        for _ in 0..turns {
            match random.below(40) {
                0 => {
                    self.clock.advance(Duration::from_secs(random.below(25)));
                    continue;
                }
                1 if self.seed.is_multiple_of(2) => {
                    self.swept.store(true, Ordering::SeqCst);
                    sweep(&self.there, &self.clock, &mut random).await;
                    continue;
                }
                _ => {}
            }
            let (client, record) = self.faulty(&mut random);
            // Two of them in a round, so that the tasks meet.
            let (name, told) = match (self.seed + random.below(2)) % 4 {
                0 => Member::ask(&client, &self.there, &mut random).await,
                1 => Badge::ask(&client, &self.there, &mut random).await,
                2 => Coupon::ask(&client, &self.there, &mut random).await,
                _ => Token::ask(&client, &self.there, &mut random).await,
            };
            let early = record.effects();
            self.calls.lock().unwrap().push(Call { name, told, record, early });
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unique_values_stay_with_their_items_whatever_happens() {
    let (mut told, mut faults, mut requests, mut late) = (BTreeMap::<_, u64>::new(), 0_u64, 0_u64, 0_u64);
    let (mut items, mut sentinels) = (0, 0);
    let mut storm = Storm::new(8);
    for seed in storm.by_ref() {
        let clock = engine::clock();
        let there: Client<Club> = engine::connect(&clock, Codec::Wire).await;
        let (swept, calls) = (Arc::default(), Arc::default());
        let ground = Ground { seed, there, clock, swept, calls };
        let mut random = Random::new(seed);
        for phase in 0..3 {
            let tasks: Vec<_> =
                (0..3).map(|_| tokio::spawn(ground.clone().work(Random::new(random.number()), 20))).collect();
            for task in tasks {
                task.await.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
            }
            let calls = std::mem::take(&mut *ground.calls.lock().unwrap());
            for call in &calls {
                call.record.settled().await;
                late += u64::from(call.record.effects() > call.early);
            }
            for call in &calls {
                faults += u64::from(call.record.faults());
                requests += u64::from(call.record.requests());
                *told.entry(call.told.word()).or_default() += 1;
                let swept = ground.swept.load(Ordering::SeqCst);
                words_are_right(call, swept).unwrap_or_else(|wrong| panic!("seed {seed}, phase {phase}: {wrong}"));
            }
            let history = || calls.iter().map(Call::to_string).collect::<Vec<_>>().join("\n");
            match stored_is_right(&ground.there, &ground.clock, phase == 2).await {
                Ok((held, claimed)) => {
                    items += held;
                    sentinels += claimed;
                }
                Err(wrong) => panic!("seed {seed}, phase {phase}: {wrong}\n{}", history()),
            }
            ground.clock.advance(Duration::from_secs(random.below(30)));
        }
    }
    println!(
        "unique values: {} rounds of 3 phases, {} calls {told:?}, {requests} requests, {faults} faults, {late} calls with late \
         effects; {items} living items with exactly their {sentinels} sentinels",
        storm.rounds(),
        told.values().sum::<u64>(),
    );
    assert!(told.contains_key(Told::Done.word()) && told.contains_key(Told::Unknown.word()), "{told:?}");
}
