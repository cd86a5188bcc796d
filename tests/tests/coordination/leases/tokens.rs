//! Fencing tokens: what an item that keeps the greatest one refuses, and when they start again at 1.

use dynamodel::embedded::Engine;
use dynamodel::lock::{Guard, Lease, Locks, ManualTimer};
use dynamodel::{Client, Entity, ErrorKind, Result, Table};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Job, Ledger, Session))]
struct Yard;

/// A lock with data on it.
#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Yard, pk = "JOB#{name}", sk = "LOCK")]
struct Job {
    name: String,
    rows: u64,
    #[dynamo(version)]
    lease: Lease,
}

#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Yard, pk = "LEDGER#{id}", sk = "LEDGER")]
struct Ledger {
    id: String,
    rows: u64,
    /// The greatest token that it has seen.
    fence: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Yard, pk = "SESSION#{id}", sk = "SESSION")]
struct Session {
    id: String,
    #[dynamo(ttl)]
    expires_at: dynamodel::Expiry,
}

/// Another program's view of the same table, which knows of no lock.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Note, Letter))]
struct Elsewhere;

#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Elsewhere, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Elsewhere, pk = "LETTER#{id}", sk = "LETTER")]
struct Letter {
    id: String,
}

fn job() -> Job {
    Job { name: "nightly".into(), rows: 4, ..Job::default() }
}

async fn record(yard: &Client<Yard>) -> Option<Job> {
    yard.get(Job::key("nightly")).consistent().await.unwrap()
}

async fn acquire(yard: &Client<Yard>) -> Guard<Job, Yard> {
    Locks::new(yard).timer(ManualTimer::new()).acquire(job()).await.unwrap()
}

#[tokio::test]
async fn an_item_that_keeps_the_token_refuses_a_former_owner_once_its_successor_has_written() {
    for yard in both::<Yard>(&clock()).await {
        yard.create(&Ledger { id: "l".into(), ..Ledger::default() }).await.unwrap();
        let write = async |token: u64, rows: u64| -> Result<()> {
            let update = yard.update(Ledger::key("l")).set(|l| l.rows, rows).set(|l| l.fence, token);
            update.condition(|l| l.fence.le(token)).await
        };
        let ledger = async || yard.get(Ledger::key("l")).consistent().await.unwrap().unwrap();
        let former = acquire(&yard).await;
        write(former.token(), 1).await.unwrap();
        let timer = ManualTimer::new();
        let waiter = Locks::new(&yard).timer(timer.clone());
        assert!(waiter.try_acquire(job()).await.unwrap().is_none());
        timer.advance(Duration::from_secs(20));
        let successor = waiter.try_acquire(job()).await.unwrap().unwrap();

        // Nothing in the item says yet that there is a successor; the lock's own record does.
        write(former.token(), 2).await.unwrap();
        assert!(yard.transact((former.check(),)).await.unwrap_err().is_lock_lost());
        write(successor.token(), 3).await.unwrap();
        let late = write(former.token(), 4).await.unwrap_err();
        assert_eq!(late.kind(), ErrorKind::ConditionFailed);
        assert_eq!(late.current::<Ledger>().map(|ledger| (ledger.rows, ledger.fence)), Some((3, 2)));
        write(successor.token(), 5).await.unwrap();
        assert_eq!((ledger().await.rows, ledger().await.fence), (5, 2));
    }
}

#[tokio::test]
async fn a_record_that_is_made_by_hand_is_free_whatever_lease_the_value_holds() {
    for yard in both::<Yard>(&clock()).await {
        for made_by in ["create", "upsert", "get_or_create"] {
            let guard = acquire(&yard).await;
            let (old, check) = (record(&yard).await.unwrap(), guard.check());
            assert_eq!((old.lease.token(), old.lease.is_held()), (1, true), "{made_by}");
            guard.delete().await.unwrap();
            match made_by {
                "create" => drop(yard.create(&old).await.unwrap()),
                "upsert" => drop(yard.upsert(&old).set(|job| job.rows, 1).await.unwrap()),
                _ => assert!(yard.get_or_create(old.clone()).await.unwrap().is_created()),
            }
            let made = record(&yard).await.unwrap().lease;
            assert_eq!((made.token(), made.is_held(), made.owner()), (0, false, None), "{made_by}");
            assert!(yard.transact((check,)).await.unwrap_err().is_lock_lost(), "{made_by}");
            acquire(&yard).await.delete().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_table_type_that_does_not_list_the_lock_deletes_it_with_the_rest() {
    let engine = Engine::memory().unwrap();
    let yard: Client<Yard> = engine.client("yard").await.unwrap();
    let guard = acquire(&yard).await;
    assert_eq!(yard.scan::<YardItem>().delete_each().await.unwrap().skipped, 1);
    let elsewhere: Client<Elsewhere> = engine.client("yard").await.unwrap();
    assert_eq!(elsewhere.scan::<ElsewhereItem>().delete_each().await.unwrap().done, 1);
    assert_eq!(record(&yard).await, None);
    assert!(yard.transact((guard.check(),)).await.unwrap_err().is_lock_lost());
}
