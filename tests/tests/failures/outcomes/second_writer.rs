//! A storm of every verb under faults beside a second writer: what is told is what the engine did, late requests included.

mod round;

use dynamodel::op::{Check, Create, Delete, GotOrCreated, Put, Save, Update};
use dynamodel::{Client, Codec, Entity, Error, Table};
use dynamodel_tests::engine;
use dynamodel_tests::storm::{Random, Storm};
use round::{Round, Told, Totals, told};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use uuid::Uuid;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Plain, Counted, Tagged, Tally))]
pub struct Ledger;

/// How often it was carried out together with something else.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Ledger, pk = "TALLY#{id}")]
pub struct Tally {
    id: String,
    value: i64,
}

const VERBS: u64 = 28;
/// The verbs that add one, whatever the item is: the only ones on the items whose sum is checked in the end.
const ADDING: [u64; 6] = [5, 7, 10, 11, 13, 20];

macro_rules! entity {
    ($name:ident, $pk:literal, $recreated:expr $(, $version:ty)?) => {
        #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
        #[dynamo(table = Ledger, pk = $pk)]
        pub struct $name {
            id: String,
            value: i64,
            text: String,
            log: Vec<String>,
            $(#[dynamo(version)] version: $version,)?
        }

        impl $name {
            fn fresh(id: &str) -> Self {
                Self { id: id.to_owned(), value: 1, ..Self::default() }
            }

            /// One verb. `stale` is a copy that was read some time before, `again` one that was read now.
            async fn ask(ledger: &Client<Ledger>, verb: u64, mut copy: Self, tag: &str) -> (&'static str, Told) {
                let id = copy.id.clone();
                let key = || Self::key(&id);
                let tally = || Update::new(Tally::key(&id)).add(|t| t.value, 1);
                copy.text = tag.to_owned();
                let update = || ledger.update(key());
                match verb {
                    0 => ("create", told(ledger.create(&copy).await, Told::Done)),
                    1 => ("put", told(ledger.put(&copy).await, Told::Done)),
                    2 => ("put unchecked", told(ledger.put(&copy).unchecked().await, Told::Done)),
                    3 => ("save", told(ledger.save(&mut copy).await, Told::Done)),
                    4 => ("set", told(update().set(|a| a.text, tag).await, Told::Done)),
                    5 => ("add", told(update().add(|a| a.value, 1).await, Told::Once)),
                    6 => ("append", told(update().append(|a| a.log, [tag]).await, Told::Once)),
                    7 => ("add, new", told(update().add(|a| a.value, 1).returning_new().await, Told::Once)),
                    8 => ("set, old", told(update().set(|a| a.text, tag).returning_old().await, Told::Once)),
                    9 => ("set of", told(ledger.update(&copy).set(|a| a.text, tag).await, Told::Done)),
                    10 => ("add of", told(ledger.update(&copy).add(|a| a.value, 1).await, Told::Once)),
                    // What it creates it may create once more after somebody else's deletion.
                    11 => {
                        let fresh = Self::fresh(&id);
                        ("upsert add", told(ledger.upsert(&fresh).add(|a| a.value, 1).await, Told::Done))
                    }
                    12 => ("upsert set", told(ledger.upsert(&copy).set(|a| a.text, tag).await, Told::Done)),
                    13 => {
                        $(
                            let _: &$version = &copy.version;
                            let modified = ledger.modify(key(), |it: &mut Self| it.value += 1).await;
                            return ("modify", told(modified, Told::Once));
                        )?
                        #[allow(unreachable_code, reason = "only without a version")]
                        ("plus", told(update().set_to(|a| a.value, |a| a.value.plus(1)).await, Told::Once))
                    }
                    14 => {
                        let made = ledger.get_or_create(copy).await;
                        let done = if matches!(made, Ok(GotOrCreated::Got(_))) { Told::Nothing } else { Told::Done };
                        ("get_or_create", told(made, done))
                    }
                    15 => ("delete", told(ledger.delete(key()).await, Told::Done)),
                    16 => ("delete of", told(ledger.delete(&copy).await, Told::Done)),
                    17 => {
                        let seal = update().set(|a| a.text, "sealed").condition(|a| a.text.ne("sealed"));
                        ("seal", told(seal.await, Told::Done))
                    }
                    18 => {
                        let part = ledger.update(&copy).add(|a| a.value, 1).condition(|a| a.value.lt(5)).returning_new();
                        ("add of below 5, new", told(part.await, Told::Once))
                    }
                    19 => ("set, new", told(update().set(|a| a.text, tag).returning_new().await, Told::Done)),
                    20 => {
                        let add = Update::new(key()).add(|a| a.value, 1);
                        ("transact add", told(ledger.transact((add, tally())).await, Told::Once))
                    }
                    21 => ("transact create", told(ledger.transact((Create::new(&copy), tally())).await, Told::Once)),
                    22 => ("transact put", told(ledger.transact((tally(), Put::new(&copy))).await, Told::Once)),
                    23 => ("transact save", told(ledger.transact((tally(), Save::new(&mut copy))).await, Told::Once)),
                    24 => {
                        let add = Update::new(&copy).add(|a| a.value, 1);
                        ("transact add of", told(ledger.transact((add, tally())).await, Told::Once))
                    }
                    25 => ("transact delete", told(ledger.transact((tally(), Delete::new(key()))).await, Told::Once)),
                    26 => {
                        ("transact delete of", told(ledger.transact((Delete::new(&copy), tally())).await, Told::Once))
                    }
                    _ => {
                        let check = Check::new(key()).condition(|a| a.value.lt(5));
                        ("transact check", told(ledger.transact((check, tally())).await, Told::Once))
                    }
                }
            }

            /// What the second writer does. An item that it makes anew never gets a version that there was.
            async fn meddle(ledger: &Client<Ledger>, random: &mut Random, id: &str) {
                let key = || Self::key(id);
                match random.below(8) {
                    0 | 1 => ledger.delete(key()).await.unwrap(),
                    2 | 3 => {
                        let fresh = Self::fresh(id);
                        let recreate: fn(Self, u64) -> Self = $recreated;
                        ledger.put(&recreate(fresh, random.number())).unchecked().await.map(|_| ()).unwrap();
                    }
                    _ => Self::add(ledger, id).await,
                }
            }

            async fn add(ledger: &Client<Ledger>, id: &str) {
                let added = ledger.update(Self::key(id)).add(|a| a.value, 1).await;
                // Where the item was gone it may be there again by the time that it is looked at.
                assert!(added.as_ref().err().is_none_or(Error::is_condition_failed), "the second writer: {added:?}");
            }

            async fn read(ledger: &Client<Ledger>, id: &str) -> Self {
                ledger.get(Self::key(id)).consistent().await.unwrap().unwrap_or_else(|| Self::fresh(id))
            }

            /// One round of the writer, with the second one beside it.
            async fn round(round: &mut Round, turns: u32) {
                let there = round.there.clone();
                let ids = ["sum", "a", "b"];
                for id in ids {
                    there.put(&Tally { id: id.into(), value: 0 }).await.unwrap();
                }
                there.create(&Self { value: 0, ..Self::fresh("sum") }).await.unwrap();
                let (stop, sum) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
                let second = {
                    let (there, stop, sum, seed) = (there.clone(), stop.clone(), sum.clone(), round.random.number());
                    tokio::spawn(async move {
                        let (mut random, mut writes) = (Random::new(seed), 0_u64);
                        while !stop.load(Ordering::SeqCst) {
                            match ids[usize::try_from(random.below(3)).unwrap()] {
                                "sum" => {
                                    Self::add(&there, "sum").await;
                                    sum.fetch_add(1, Ordering::SeqCst);
                                }
                                id => Self::meddle(&there, &mut random, id).await,
                            }
                            writes += 1;
                            tokio::time::sleep(Duration::from_micros(random.below(3_000))).await;
                        }
                        writes
                    })
                };
                let mut tallies = BTreeMap::new();
                let mut copies: BTreeMap<&str, Self> = ids.map(|id| (id, Self::fresh(id))).into();
                for turn in 0..turns {
                    let id = ids[usize::try_from(round.random.below(3)).unwrap()];
                    if round.random.percent(70) {
                        copies.insert(id, Self::read(&there, id).await);
                    }
                    let verb = match id {
                        "sum" => ADDING[usize::try_from(round.random.below(ADDING.len() as u64)).unwrap()],
                        _ => round.random.below(VERBS),
                    };
                    let copy = if round.random.percent(15) { Self::fresh(id) } else { copies[id].clone() };
                    let (client, record) = round.faulty();
                    let (name, told) = Self::ask(&client, verb, copy, &format!("{turn}")).await;
                    let early = record.effects();
                    // What is still on its way meets another item than the one that stood against it.
                    if id != "sum" && record.is_under_way() {
                        Self::meddle(&there, &mut round.random, id).await;
                    }
                    let effects = round.check(stringify!($name), (name, id), told, (&record, early)).await;
                    if id == "sum" {
                        sum.fetch_add(effects, Ordering::SeqCst);
                    }
                    if verb >= 20 {
                        *tallies.entry(id).or_insert(0) += effects;
                    }
                }
                stop.store(true, Ordering::SeqCst);
                round.seconds += second.await.unwrap();
                for id in ids {
                    let tally = there.get(Tally::key(id)).consistent().await.unwrap().unwrap();
                    let wanted = tallies.get(id).copied().unwrap_or(0);
                    assert_eq!(tally.value, wanted, "seed {}: transactions on {id}", round.seed);
                }
                let sum = sum.load(Ordering::SeqCst);
                assert_eq!(Self::read(&there, "sum").await.value, sum, "seed {}: the sum", round.seed);
            }
        }
    };
}

entity!(Plain, "PLAIN#{id}", |fresh, _| fresh);
entity!(Counted, "COUNTED#{id}", |fresh, number| Self { version: number >> 16, ..fresh }, u64);
entity!(Tagged, "TAGGED#{id}", |fresh, _| fresh, Uuid);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_beside_a_second_writer_is_what_the_engine_did() {
    let (mut totals, mut seconds) = (Totals::default(), 0);
    let mut storm = Storm::new(8);
    for seed in storm.by_ref() {
        let there: Client<Ledger> = engine::connect(&engine::clock(), Codec::Wire).await;
        let mut round = Round { seed, random: Random::new(seed), there, totals, seconds };
        match seed % 3 {
            0 => Plain::round(&mut round, 60).await,
            1 => Counted::round(&mut round, 60).await,
            _ => Tagged::round(&mut round, 60).await,
        }
        (totals, seconds) = (round.totals, round.seconds);
    }
    println!("beside a second writer: {} rounds, {seconds} writes of the second writer, {totals:?}", storm.rounds());
}
