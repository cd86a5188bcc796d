//! Many at once, on the clock of the runtime.

use super::model::{Job, Report, Shop, record, report, write_row};
use dynamodel::lock::Locks;
use dynamodel::{Client, Codec, RetryPolicy};
use dynamodel_tests::{clock, connect};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const CONTENDERS: u64 = 32;

async fn shop() -> Client<Shop> {
    let patient = RetryPolicy { tries: 100, ..RetryPolicy::default() };
    connect::<Shop>(&clock(), Codec::Wire).await.with_retries(patient)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_thirty_two_contenders_one_at_a_time_has_the_lock_and_no_write_is_lost() {
    let shop = shop().await;
    let locks =
        |contender| Locks::new(&shop).owner(format!("contender {contender}")).poll_interval(Duration::from_millis(20));
    contend(&shop, 3, locks).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_two_that_share_what_they_have_seen_are_contenders_as_any() {
    let shop = shop().await;
    let locks = Locks::new(&shop).poll_interval(Duration::from_millis(20));
    contend(&shop, 1, |_| locks.clone()).await;
}

async fn contend(shop: &Client<Shop>, rounds: u64, locks: impl Fn(u64) -> Locks<Shop>) {
    shop.create(&Report::new("r")).await.unwrap();
    let inside = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = (0..CONTENDERS)
        .map(|contender| {
            let (shop, inside) = (shop.clone(), Arc::clone(&inside));
            let locks = locks(contender);
            tokio::spawn(async move {
                let mut tokens = Vec::new();
                for _ in 0..rounds {
                    let guard = locks.acquire(Job::new("nightly")).await.unwrap();
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two have the lock");
                    // Read, and written back with a row more: right only when nobody else does so meanwhile.
                    write_row(&shop, &guard).await.unwrap();
                    tokens.push(guard.token());
                    assert_eq!(inside.fetch_sub(1, Ordering::SeqCst), 1, "two have the lock");
                    guard.release().await.unwrap();
                }
                tokens
            })
        })
        .collect();
    let mut tokens = BTreeSet::new();
    for task in tasks {
        let mine = task.await.unwrap();
        assert!(mine.is_sorted());
        tokens.extend(mine);
    }
    let all: Vec<u64> = (1..=CONTENDERS * rounds).collect();
    assert_eq!(tokens.into_iter().collect::<Vec<_>>(), all, "every owner has a token of its own, and none is left out");
    assert_eq!(report(shop).await.tokens, all, "the writes lie in the order of the tokens");
    assert_eq!(report(shop).await.rows, CONTENDERS * rounds);
    assert_eq!(record(shop, "nightly").await.lease.token(), CONTENDERS * rounds);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn owners_that_die_hold_nobody_up_for_longer_than_their_lease() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    shop.create(&Report::new("r")).await.unwrap();
    let tasks: Vec<_> = (0..12_u32)
        .map(|contender| {
            let shop = shop.clone();
            let lease = Duration::from_millis(400);
            let locks =
                Locks::new(&shop).lease(lease).heartbeat_interval(lease / 8).poll_interval(Duration::from_millis(20));
            tokio::spawn(async move {
                let guard = locks.acquire(Job::new("nightly")).await.unwrap();
                let written = write_row(&shop, &guard).await;
                if contender % 4 == 0 {
                    guard.abandon();
                } else {
                    drop(guard);
                }
                u64::from(written.is_ok())
            })
        })
        .collect();
    let mut written = 0;
    for task in tasks {
        written += task.await.unwrap();
    }
    let report = report(&shop).await;
    assert_eq!((report.rows, report.tokens.len() as u64), (written, written), "what was not refused is there");
    assert!(report.tokens.is_sorted());
    assert!(written >= 1);
}
