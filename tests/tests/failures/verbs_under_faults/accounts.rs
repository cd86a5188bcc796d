//! The entities, one for each kind of version, and every verb on them.

use super::cases::{Copied, Meddling, Start, Verb};
use super::oracle::{Kind, Row, SET, WRITTEN};
use super::verdict::Told;
use dynamodel::op::{Create, Delete, GotOrCreated, Put, Save, Update, Upserted};
use dynamodel::{Client, Clock, Entity, Error, Expiry, ManualClock, Table};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Plain, Counted, Random))]
pub struct Ledger;

/// What the table's cells do with an entity.
pub trait Account: Sized + Clone + Send + Sync + 'static {
    const KIND: Kind;

    /// Brings about the start, and gives what the caller has.
    fn begin(
        ledger: &Client<Ledger>,
        clock: &ManualClock,
        id: &str,
        place: (Start, Copied),
    ) -> impl Future<Output = Self> + Send;

    /// Does what somebody else does.
    fn meddle(ledger: Client<Ledger>, id: String, how: Meddling) -> impl Future<Output = ()> + Send;

    /// Asks the library.
    fn ask(ledger: &Client<Ledger>, verb: Verb, copy: Self) -> impl Future<Output = Told> + Send;

    /// Asks it in a transaction.
    fn ask_in_transaction(ledger: &Client<Ledger>, verb: Verb, copy: Self) -> impl Future<Output = Told> + Send;

    /// What the engine holds.
    fn stored(ledger: &Client<Ledger>, clock: &ManualClock, id: &str) -> impl Future<Output = Option<Row>> + Send;
}

fn far(clock: &ManualClock) -> Expiry {
    Expiry::at(clock.now() + Duration::from_secs(3600)).unwrap()
}

fn past(clock: &ManualClock) -> Expiry {
    Expiry::at(clock.now() - Duration::from_secs(3600)).unwrap()
}

fn told<O>(outcome: Result<O, Error>, done: impl FnOnce(O) -> Told) -> Told {
    match outcome {
        Ok(output) => done(output),
        Err(error) if error.is_outcome_unknown() => Told::Unknown,
        Err(error) if error.is_applied() => Told::Done,
        // Of a transaction, its one operation's.
        Err(error) => Told::Refused(error.reason(0).map_or(error.kind(), Error::kind)),
    }
}

fn upserted(upserted: Upserted) -> Told {
    match upserted {
        Upserted::Created => Told::Created,
        Upserted::Updated => Told::Updated,
    }
}

macro_rules! account {
    ($name:ident, $pk:literal, $kind:expr, |$stored:ident| $number:expr $(, $version:ty)?) => {
        #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
        #[dynamo(table = Ledger, pk = $pk)]
        pub struct $name {
            pub id: String,
            pub value: i64,
            pub log: Vec<String>,
            #[dynamo(ttl)]
            pub expires_at: Option<Expiry>,
            $(#[dynamo(version)] pub version: $version,)?
        }

        impl $name {
            fn fresh(id: &str, value: i64) -> Self {
                Self { id: id.to_owned(), value, ..Self::default() }
            }
        }

        impl Account for $name {
            const KIND: Kind = $kind;

            async fn begin(ledger: &Client<Ledger>, clock: &ManualClock, id: &str, place: (Start, Copied)) -> Self {
                let (start, copied) = place;
                let key = || Self::key(id);
                let read = async || ledger.get(key()).consistent().include_expired().await.unwrap().unwrap();
                let mut copy = Self::fresh(id, 1);
                if start != Start::Absent || copied != Copied::Fresh {
                    ledger.create(&copy).await.unwrap();
                    let first = read().await;
                    match (start, copied) {
                        (Start::Absent, _) => ledger.delete(key()).await.unwrap(),
                        (Start::Present, Copied::Stale) => {
                            ledger.update(key()).set(|a| a.expires_at, far(clock)).await.unwrap();
                        }
                        (Start::Present, _) => {}
                        (Start::Expired, _) => {
                            ledger.update(key()).set(|a| a.expires_at, past(clock)).await.unwrap();
                        }
                    }
                    copy = match (start, copied) {
                        (_, Copied::Fresh) => Self::fresh(id, 1),
                        (Start::Absent, _) | (_, Copied::Stale) => first,
                        (_, Copied::Current) => read().await,
                    };
                }
                (copy.value, copy.expires_at) = (WRITTEN, None);
                copy
            }

            async fn meddle(ledger: Client<Ledger>, id: String, how: Meddling) {
                let key = || Self::key(&id);
                match how {
                    Meddling::Write => {
                        let added = ledger.update(key()).add(|a| a.value, 100).await;
                        assert!(added.is_ok() || added.unwrap_err().is_gone());
                    }
                    Meddling::Delete => ledger.delete(key()).await.unwrap(),
                    Meddling::Recreate => {
                        ledger.delete(key()).await.unwrap();
                        ledger.create(&Self::fresh(&id, 500)).await.unwrap();
                    }
                }
            }

            async fn ask(ledger: &Client<Ledger>, verb: Verb, mut copy: Self) -> Told {
                let id = copy.id.clone();
                let update = || ledger.update(Self::key(&id));
                match verb {
                    Verb::Create => told(ledger.create(&copy).await, |_| Told::Done),
                    Verb::Put => told(ledger.put(&copy).await, |_| Told::Done),
                    Verb::Overwrite => told(ledger.put(&copy).unchecked().await, |_| Told::Done),
                    Verb::Save => told(ledger.save(&mut copy).await, |()| Told::Done),
                    Verb::Set => told(update().set(|a| a.value, SET).await, |()| Told::Done),
                    Verb::Seal => {
                        told(update().set(|a| a.value, SET).condition(|a| a.value.ne(SET)).await, |()| Told::Done)
                    }
                    Verb::Add => told(update().add(|a| a.value, 1).await, |()| Told::Done),
                    Verb::Append => told(update().append(|a| a.log, ["me"]).await, |()| Told::Done),
                    Verb::Plus => told(update().set_to(|a| a.value, |a| a.value.plus(1)).await, |()| Told::Done),
                    Verb::SetNew => {
                        told(update().set(|a| a.value, SET).returning_new().await, |it| Told::Given(it.value, it.log))
                    }
                    Verb::AddNew => {
                        told(update().add(|a| a.value, 1).returning_new().await, |it| Told::Given(it.value, it.log))
                    }
                    Verb::SetOld => {
                        told(update().set(|a| a.value, SET).returning_old().await, |it| Told::Given(it.value, it.log))
                    }
                    Verb::SetOf => told(ledger.update(&copy).set(|a| a.value, SET).await, |()| Told::Done),
                    Verb::AddOf => told(ledger.update(&copy).add(|a| a.value, 1).await, |()| Told::Done),
                    Verb::UpsertSet => told(ledger.upsert(&copy).set(|a| a.value, SET).await, upserted),
                    Verb::UpsertAdd => told(ledger.upsert(&copy).add(|a| a.value, 1).await, upserted),
                    Verb::Modify => {
                        $(
                            let _: &$version = &copy.version;
                            return told(ledger.modify(Self::key(&id), |it| it.value += 1).await, |modified| {
                                assert!(modified.written);
                                Told::Done
                            });
                        )?
                        #[allow(unreachable_code, reason = "only without a version")]
                        Told::Skipped
                    }
                    Verb::GetOrCreate => told(ledger.get_or_create(copy).await, |made| match made {
                        GotOrCreated::Created(_) => Told::Created,
                        GotOrCreated::Got(it) => Told::Got(it.value),
                    }),
                    Verb::Delete => told(ledger.delete(Self::key(&id)).await, |()| Told::Done),
                    Verb::DeleteOf => told(ledger.delete(&copy).await, |()| Told::Done),
                }
            }

            async fn ask_in_transaction(ledger: &Client<Ledger>, verb: Verb, mut copy: Self) -> Told {
                let key = Self::key(&copy.id);
                let update = || Update::new(&key);
                match verb {
                    Verb::Create => told(ledger.transact((Create::new(&copy),)).await, |_| Told::Done),
                    Verb::Put => told(ledger.transact((Put::new(&copy),)).await, |_| Told::Done),
                    Verb::Overwrite => told(ledger.transact((Put::new(&copy).unchecked(),)).await, |_| Told::Done),
                    Verb::Save => told(ledger.transact((Save::new(&mut copy),)).await, |_| Told::Done),
                    Verb::Set => told(ledger.transact((update().set(|a| a.value, SET),)).await, |_| Told::Done),
                    Verb::Seal => {
                        let seal = update().set(|a| a.value, SET).condition(|a| a.value.ne(SET));
                        told(ledger.transact((seal,)).await, |_| Told::Done)
                    }
                    Verb::Add => told(ledger.transact((update().add(|a| a.value, 1),)).await, |_| Told::Done),
                    Verb::Append => told(ledger.transact((update().append(|a| a.log, ["me"]),)).await, |_| Told::Done),
                    Verb::Plus => {
                        let plus = update().set_to(|a| a.value, |a| a.value.plus(1));
                        told(ledger.transact((plus,)).await, |_| Told::Done)
                    }
                    Verb::SetOf => {
                        told(ledger.transact((Update::new(&copy).set(|a| a.value, SET),)).await, |_| Told::Done)
                    }
                    Verb::AddOf => {
                        told(ledger.transact((Update::new(&copy).add(|a| a.value, 1),)).await, |_| Told::Done)
                    }
                    Verb::Delete => told(ledger.transact((Delete::new(&key),)).await, |_| Told::Done),
                    Verb::DeleteOf => told(ledger.transact((Delete::new(&copy),)).await, |_| Told::Done),
                    _ => Told::Skipped,
                }
            }

            async fn stored(ledger: &Client<Ledger>, clock: &ManualClock, id: &str) -> Option<Row> {
                let $stored = ledger.get(Self::key(id)).consistent().include_expired().await.unwrap()?;
                let version = $number;
                let expired = $stored.expires_at.is_some_and(|expiry| expiry.is_past(clock.now()));
                Some(Row { value: $stored.value, log: $stored.log, expired, version })
            }
        }
    };
}

account!(Plain, "PLAIN#{id}", Kind::Plain, |stored| 0);
account!(Counted, "COUNTED#{id}", Kind::Counted, |stored| stored.version, u64);
account!(Random, "RANDOM#{id}", Kind::Random, |stored| u64::from(stored.version.is_nil()), Uuid);
