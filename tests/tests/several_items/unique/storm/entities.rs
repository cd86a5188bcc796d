//! Entities with unique values of every kind, for every kind of version, with and without a time to live; and random
//! calls of every verb on them.

use super::truth::Told;
use dynamodel::op::{Check, Create, Delete, GotOrCreated, Put, Save, Update};
use dynamodel::{Client, Entity, Expiry, Table};
use dynamodel_tests::storm::Random;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Member, Badge, Coupon, Token))]
pub struct Club;

/// How many items there may be of each entity.
const IDS: u64 = 3;

fn one_of(random: &mut Random, prefix: &str, count: u64) -> String {
    format!("{prefix}{}", random.below(count))
}

fn country(random: &mut Random) -> Option<String> {
    random.percent(60).then(|| one_of(random, "land", 2))
}

/// A time to live, or none.
fn life(client: &Client<Club>, random: &mut Random) -> Option<Expiry> {
    let seconds = 2 + random.below(60);
    random.percent(75).then(|| Expiry::at(client.now() + Duration::from_secs(seconds)).unwrap())
}

macro_rules! entity {
    ($name:ident, $pk:literal, exact $exact:literal $(, version $version:ty)? $(, until $until:ident)?) => {
        #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
        #[dynamo(table = Club, pk = $pk)]
        #[dynamo(unique(country, number))]
        pub struct $name {
            id: String,
            #[dynamo(unique)]
            code: String,
            team: String,
            #[dynamo(unique(within(team)))]
            handle: String,
            country: Option<String>,
            number: u32,
            hits: i64,
            $(#[dynamo(version)] version: $version,)?
            $(#[dynamo(ttl)] $until: Option<Expiry>,)?
        }

        impl $name {
            fn fresh(client: &Client<Club>, random: &mut Random) -> Self {
                let mut out = Self { id: one_of(random, "", IDS), ..Self::default() };
                out.shuffle(client, random);
                out
            }

            /// Other values, some of them or all.
            fn change(&mut self, client: &Client<Club>, random: &mut Random) {
                match random.below(8) {
                    0 | 1 => self.code = one_of(random, "code", 4),
                    2 => self.team = one_of(random, "team", 2),
                    3 => self.handle = one_of(random, "me", 3),
                    4 => self.country = country(random),
                    5 => self.number = u32::from(random.percent(50)),
                    6 => self.hits += 1,
                    _ => self.shuffle(client, random),
                }
            }

            fn shuffle(&mut self, client: &Client<Club>, random: &mut Random) {
                (self.code, self.team) = (one_of(random, "code", 4), one_of(random, "team", 2));
                (self.handle, self.country) = (one_of(random, "me", 3), country(random));
                self.number = u32::from(random.percent(50));
                let _life = life(client, random);
                $(self.$until = _life;)?
            }

            /// What is stored, or something new.
            async fn read(there: &Client<Club>, random: &mut Random) -> Self {
                let id = one_of(random, "", IDS);
                let found = there.get(Self::key(&id)).consistent().include_expired().await.unwrap();
                match found {
                    Some(found) if !random.percent(5) => found,
                    _ => Self { id, ..Self::fresh(there, random) },
                }
            }

            /// Calls that change the same attribute in different ways.
            async fn update(client: &Client<Club>, copy: &Self, by_key: bool, random: &mut Random) -> Told {
                let update = || if by_key { client.update(Self::key(&copy.id)) } else { client.update(copy) };
                let done = Told::Done;
                match random.below(9) {
                    0 => Told::of(update().set(|a| a.code, one_of(random, "code", 4)).await, done),
                    1 => Told::of(update().set(|a| a.team, one_of(random, "team", 2)).await, done),
                    2 => Told::of(update().set(|a| a.handle, one_of(random, "me", 3)).await, done),
                    3 => Told::of(update().set(|a| a.country, country(random)).await, done),
                    4 => Told::of(update().set(|a| a.number, u32::from(random.percent(50))).await, done),
                    5 => {
                        let _life = life(client, random);
                        $(
                            return Told::of(update().set(|a| a.$until, _life).await, done);
                        )?
                        #[allow(unreachable_code, reason = "only without a time to live")]
                        Told::of(update().remove(|a| a.country).await, done)
                    }
                    6 => {
                        let code = one_of(random, "code", 4);
                        let update = update().set(|a| a.code, code).condition(|a| a.hits.lt(3));
                        Told::of(update.set(|a| a.handle, one_of(random, "me", 3)).await, done)
                    }
                    7 if by_key || $exact => Told::of(update().add(|a| a.hits, 1).returning_new().await, Told::Once),
                    _ if by_key || $exact => Told::of(update().add(|a| a.hits, 1).await, Told::Once),
                    _ => Told::of(update().add(|a| a.hits, 1).await, done),
                }
            }

            async fn transact(client: &Client<Club>, there: &Client<Club>, random: &mut Random) -> Told {
                let (mut one, mut two) = (Self::read(there, random).await, Self::read(there, random).await);
                let once = Told::Once;
                match random.below(8) {
                    // Values change hands.
                    0 | 1 => {
                        let swap = (
                            Update::new(Self::key(&one.id)).set(|a| a.code, two.code.clone()),
                            Update::new(Self::key(&two.id)).set(|a| a.code, one.code.clone()),
                        );
                        Told::of(client.transact(swap).await, once)
                    }
                    2 => {
                        std::mem::swap(&mut one.code, &mut two.code);
                        std::mem::swap(&mut one.handle, &mut two.handle);
                        Told::of(client.transact((Save::new(&mut one), Save::new(&mut two))).await, once)
                    }
                    3 => {
                        let heir = Self { code: one.code.clone(), ..Self::fresh(client, random) };
                        Told::of(client.transact((Delete::new(&one), Create::new(&heir))).await, once)
                    }
                    4 => {
                        one.change(client, random);
                        let count = Update::new(Self::key(&two.id)).add(|a| a.hits, 1);
                        Told::of(client.transact((Put::new(&one), count)).await, once)
                    }
                    5 => {
                        one.change(client, random);
                        let put = Put::new(&one).unchecked();
                        Told::of(client.transact((put, Delete::new(Self::key(&two.id)))).await, once)
                    }
                    6 => {
                        one.change(client, random);
                        let check = Check::new(Self::key(&two.id)).condition(|a| a.hits.lt(4));
                        Told::of(client.transact((Save::new(&mut one), check)).await, once)
                    }
                    _ => {
                        let move_all = Update::new(&one).set(|a| a.team, one_of(random, "team", 2));
                        let delete = Delete::new(Self::key(&two.id)).condition(|a| a.hits.ge(0));
                        Told::of(client.transact((move_all, delete)).await, once)
                    }
                }
            }

            async fn many(client: &Client<Club>, random: &mut Random) -> Told {
                let hits = i64::try_from(random.below(4)).unwrap();
                match random.below(3) {
                    0 => Told::of(client.scan::<Self>().filter(|a| a.hits.eq(hits)).delete_each().await, Told::Open),
                    1 => {
                        let team = one_of(random, "team", 2);
                        let scan = client.scan::<Self>().filter(|a| a.hits.le(hits));
                        Told::of(scan.update_each(move |a| a.set(|a| a.team, team.clone())).await, Told::Open)
                    }
                    _ => Told::of(client.scan::<Self>().add_missing_sentinels().await, Told::Open),
                }
            }

            /// A random call through `client`.
            pub async fn ask(client: &Client<Club>, there: &Client<Club>, random: &mut Random) -> (String, Told) {
                let mut copy = Self::read(there, random).await;
                let id = copy.id.clone();
                let key = || Self::key(&id);
                let done = Told::Done;
                let (name, told) = match random.below(20) {
                    0 | 1 => {
                        let fresh = Self::fresh(client, random);
                        ("create", Told::of(client.create(&fresh).await, done))
                    }
                    2 | 3 => {
                        copy.change(client, random);
                        ("put", Told::of(client.put(&copy).await, done))
                    }
                    4 => {
                        copy.change(client, random);
                        ("put unchecked", Told::of(client.put(&copy).unchecked().await, done))
                    }
                    5 | 6 => {
                        copy.change(client, random);
                        ("save", Told::of(client.save(&mut copy).await, done))
                    }
                    7 | 8 => ("update key", Self::update(client, &copy, true, random).await),
                    9 | 10 => ("update of", Self::update(client, &copy, false, random).await),
                    11 => {
                        copy.change(client, random);
                        let upsert = client.upsert(&copy).set(|a| a.code, one_of(random, "code", 4));
                        ("upsert code", Told::of(upsert.await, done))
                    }
                    12 => ("upsert hits", Told::of(client.upsert(&copy).add(|a| a.hits, 1).await, done)),
                    13 | 14 => {
                        $(
                            let _: &$version = &copy.version;
                            let seed = random.number();
                            let modified = client.modify(key(), |it: &mut Self| {
                                it.hits += 1;
                                it.change(client, &mut Random::new(seed));
                            });
                            let told = Told::of(modified.await, if $exact { Told::Once } else { done });
                            return (format!("modify of {} {id}", stringify!($name)), told);
                        )?
                        #[allow(unreachable_code, reason = "only without a version")]
                        let told = Self::update(client, &copy, true, random).await;
                        ("update key", told)
                    }
                    15 => ("delete key", Told::of(client.delete(key()).await, done)),
                    16 => ("delete of", Told::of(client.delete(&copy).await, done)),
                    17 => {
                        let made = client.get_or_create(Self::fresh(client, random)).await;
                        let got = matches!(made, Ok(GotOrCreated::Got(_)));
                        ("get_or_create", Told::of(made, if got { Told::Nothing } else { done }))
                    }
                    18 => ("each", Self::many(client, random).await),
                    _ => ("transact", Self::transact(client, there, random).await),
                };
                (format!("{name} of {} {id}", stringify!($name)), told)
            }
        }
    };
}

// A counted version comes again where an item is deleted and created anew.
entity!(Member, "MEMBER#{id}", exact false, version u64, until until);
entity!(Badge, "BADGE#{id}", exact true, version Uuid);
entity!(Coupon, "COUPON#{id}", exact false, until until);
entity!(Token, "TOKEN#{id}", exact false);
