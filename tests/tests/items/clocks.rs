//! Clocks that go back: while an operation is under way, between two, and against the engine's.

use dynamodel::op::Upserted;
use dynamodel::{Client, Clock, Codec, Entity, Expiry, ManualClock, Table, Timestamp};
use dynamodel_tests::{clock, engine};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Lease))]
struct Leases;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[dynamo(table = Leases, pk = "LEASE#{id}")]
struct Lease {
    id: String,
    owner: String,
    #[dynamo(created_at)]
    created_at: Timestamp,
    #[dynamo(updated_at)]
    updated_at: Timestamp,
    #[dynamo(ttl)]
    until: Option<Expiry>,
    #[dynamo(version)]
    version: u64,
}

const HOUR: Duration = Duration::from_secs(3600);

fn lease(owner: &str) -> Lease {
    Lease { id: "a".into(), owner: owner.into(), ..Lease::default() }
}

/// Every look at it shows an hour less.
#[derive(Debug, Clone)]
struct Backwards(ManualClock);

impl Clock for Backwards {
    fn now(&self) -> SystemTime {
        let now = self.0.now();
        self.0.rewind(HOUR);
        now
    }
}

async fn leases(clock: &ManualClock) -> Client<Leases> {
    engine::connect(clock, Codec::Wire).await
}

#[tokio::test]
async fn an_upsert_whose_clock_goes_back_between_its_requests_does_not_overwrite_what_lives_again() {
    let clock = clock();
    let there = leases(&clock).await;
    let until = Some(Expiry::at(clock.now() + HOUR).unwrap());
    there.create(&Lease { until, ..lease("ada") }).await.unwrap();
    // By the first look it has expired, by the second one it has not.
    let ahead = ManualClock::at_epoch_seconds(clock.epoch_seconds() + 3600);
    let leases = there.clone().with_clock(Backwards(ahead));
    let upserted = leases.upsert(&lease("bob")).set(|l| l.owner, "eve").await.unwrap();
    assert_eq!(upserted, Upserted::Updated);
    let stored = there.get(Lease::key("a")).await.unwrap().unwrap();
    assert_eq!((stored.owner.as_str(), stored.until, stored.version), ("eve", until, 2));
}

#[tokio::test]
async fn every_verb_judges_by_one_look_at_the_clock_and_writes_what_it_showed() {
    let clock = clock();
    let there = leases(&clock).await;
    let start = clock.epoch_seconds();
    let leases = there.clone().with_clock(Backwards(clock.clone()));
    let read = async || there.get(Lease::key("a")).include_expired().consistent().await.unwrap().unwrap();
    let at = |looks: u64| Timestamp::from_epoch_millis(i64::try_from((start - looks * 3600) * 1000).unwrap()).unwrap();

    leases.create(&lease("ada")).await.unwrap();
    let mut mine = read().await;
    assert_eq!((mine.created_at, mine.updated_at), (at(0), at(0)));
    leases.save(&mut mine).await.unwrap();
    leases.update(Lease::key("a")).set(|l| l.owner, "bob").await.unwrap();
    let stored = read().await;
    assert_eq!(
        (stored.created_at, stored.updated_at, stored.version),
        (at(0), at(2), 3),
        "earlier than it was created"
    );
    assert!(leases.save(&mut mine).await.unwrap_err().is_conflict(), "the version decides, not the clock");
    // It reads by one look, and writes by the next one.
    let modified = leases.modify(Lease::key("a"), |lease| lease.owner.push('!')).await.unwrap();
    assert_eq!((modified.tries, modified.item.updated_at), (1, at(5)));
    leases.update(&read().await).expires_in(HOUR).await.unwrap();
    assert_eq!(read().await.until, Some(Expiry::from_epoch_seconds(start - 5 * 3600).unwrap()));
}

#[tokio::test]
async fn what_had_expired_lives_again_when_the_clock_is_set_back() {
    let clock = clock();
    let leases = leases(&clock).await;
    let until = Some(Expiry::at(clock.now() + HOUR).unwrap());
    leases.create(&Lease { until, ..lease("ada") }).await.unwrap();
    clock.advance(HOUR);
    assert_eq!(leases.get(Lease::key("a")).await.unwrap(), None);
    clock.rewind(Duration::from_secs(1));
    let read = leases.get(Lease::key("a")).await.unwrap().unwrap();
    assert!(leases.create(&lease("bob")).await.unwrap_err().is_already_exists());
    leases.update(&read).set(|l| l.owner, "ada!").await.unwrap();
    // Far back, before 1970 would be, it stands.
    clock.rewind(Duration::MAX);
    assert_eq!(clock.epoch_seconds(), 0);
    leases.update(Lease::key("a")).set(|l| l.owner, "eve").await.unwrap();
    assert_eq!(leases.get(Lease::key("a")).await.unwrap().unwrap().updated_at, Timestamp::EPOCH);
}
