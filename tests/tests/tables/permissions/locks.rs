//! Locks and idempotency keys: which of the verbs' accesses they need.

use super::asked::Asked;
use dynamodel::define::Access;
use dynamodel::lock::{Begun, Idempotency, Idempotent, Lease, Locks, Run};
use dynamodel::op::Update;
use dynamodel::{Codec, Entity, Expiry, Table};
use dynamodel_tests::{clock, connect};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Job, Payment, Total))]
struct Desk;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "JOB#{name}", sk = "LOCK")]
struct Job {
    name: String,
    #[dynamo(version)]
    lease: Lease,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "PAYMENT#{request}", sk = "ONCE")]
struct Payment {
    request: String,
    receipt: Option<u32>,
    #[dynamo(version)]
    run: Run,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Desk, pk = "TOTAL#{name}", sk = "TOTAL")]
struct Total {
    name: String,
    cents: u32,
}

impl Idempotent for Payment {
    type Output = u32;

    fn output(&self) -> Option<u32> {
        self.receipt
    }

    fn store<V>(update: Update<Self, V>, output: &u32) -> Update<Self, V> {
        update.set(|payment| payment.receipt, Some(*output))
    }
}

/// What taking, renewing and giving back a lease needs.
const LEASE: [Access; 3] = [Access::Get, Access::Create, Access::Update];

#[tokio::test]
async fn a_lock_is_taken_and_given_back_by_three_verbs_checked_by_a_fourth_and_deleted_by_a_fifth() {
    let client = connect::<Desk>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&client);
    let locks = Locks::new(&asked.client);
    let job = || Job { name: "nightly".into(), lease: Lease::default() };

    let guard = locks.acquire(job()).await.unwrap();
    assert!(locks.try_acquire(job()).await.unwrap().is_none());
    // The first owner's record is made and taken at once.
    asked.assert_only(&[Access::Get, Access::Create]);
    guard.release().await.unwrap();
    asked.assert_only(&[Access::Update]);

    let guard = locks.acquire(job()).await.unwrap();
    let work = Update::new(Total::key("t")).set(|total| total.cents, 1);
    client.create(&Total { name: "t".into(), cents: 0 }).await.unwrap();
    asked.client.transact((guard.check(), work)).await.unwrap();
    // The record is there by now.
    asked.assert_only(&[Access::Get, Access::Update, Access::Check]);
    guard.release().await.unwrap();
    asked.assert_only(&[Access::Update]);

    let guard = locks.acquire(job()).await.unwrap();
    guard.delete().await.unwrap();
    asked.assert_only(&[Access::Get, Access::Update, Access::Delete]);
}

#[tokio::test]
async fn an_idempotency_key_needs_what_a_lock_does() {
    let client = connect::<Desk>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&client);
    let once = Idempotency::new(&asked.client);
    let payment = |request: &str| Payment { request: request.into(), receipt: None, run: Run::default(), until: None };

    for _ in 0..2 {
        once.run(payment("a"), || async { Ok::<_, Infallible>(7) }).await.unwrap();
    }
    asked.assert_only(&LEASE);
    let Begun::Acquired(attempt) = once.begin(payment("b")).await.unwrap() else { panic!("a new one") };
    asked.client.transact((attempt.finish(&8),)).await.unwrap();
    attempt.done();
    asked.assert_only(&LEASE);
}
