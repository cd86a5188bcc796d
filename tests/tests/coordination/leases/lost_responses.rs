//! Answers that get lost: the server acted, and the client does not know.

use super::model::{Job, Report, Shop, record, report, write_row};
use super::time::until;
use dynamodel::lock::{Locks, ManualTimer, Phase};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, RetryPolicy};
use dynamodel_tests::{both, clock};
use std::time::Duration;

fn without_retries(shop: &Client<Shop>) -> Client<Shop> {
    let config = shop.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
    shop.clone().with_sdk(dynamodel::sdk::Client::from_conf(config))
}

#[tokio::test]
async fn a_lock_whose_acquisition_got_no_response_is_taken_once() {
    for fault in [Fault::CutAfter, Fault::TimeoutAfter, Fault::ServerErrorAfter] {
        for shop in both::<Shop>(&clock()).await {
            // With the SDK's retries and without; of a new record, then of one that is there.
            for (name, shop) in [("retried", shop.clone()), ("once", without_retries(&shop))] {
                for (token, operation) in [(1, "PutItem"), (2, "UpdateItem")] {
                    let faults = Faults::script([fault.clone()]);
                    let faulty = shop.clone().with_faults(&faults.clone().only(operation));
                    let guard = Locks::new(&faulty).acquire(Job::new(name)).await.unwrap();
                    assert_eq!((guard.token(), guard.phase()), (token, Phase::Held), "{fault:?}, {name}");
                    assert_eq!(faults.injected().lost, 1, "{fault:?}, {name}");
                    assert_eq!(*guard.item(), record(&shop, name).await);
                    shop.transact((guard.check(),)).await.unwrap();
                    guard.release().await.unwrap();
                }
            }
        }
    }
}

#[tokio::test]
async fn a_release_that_got_no_response_is_a_release() {
    for shop in both::<Shop>(&clock()).await.into_iter().flat_map(|shop| [without_retries(&shop), shop]) {
        let faults = Faults::script([Fault::CutAfter]).only("UpdateItem");
        faults.stop();
        let faulty = shop.clone().with_faults(&faults);
        let guard = Locks::new(&faulty).acquire(Job::new("nightly")).await.unwrap();
        faults.resume();
        guard.release().await.unwrap();
        assert_eq!(faults.injected().lost, 1);
        assert!(!record(&shop, "nightly").await.lease.is_held());
    }
}

#[tokio::test]
async fn a_lock_whose_deletion_got_no_response_is_deleted() {
    for shop in both::<Shop>(&clock()).await.into_iter().flat_map(|shop| [without_retries(&shop), shop]) {
        let faults = Faults::script([Fault::CutAfter]).only("DeleteItem");
        let faulty = shop.clone().with_faults(&faults);
        let guard = Locks::new(&faulty).acquire(Job::new("nightly")).await.unwrap();
        guard.delete().await.unwrap();
        assert_eq!(faults.injected().lost, 1);
        assert_eq!(shop.get(Job::key("nightly")).consistent().await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_update_by_the_value_leaves_the_lease_and_is_never_made_twice() {
    for shop in both::<Shop>(&clock()).await {
        let guard = Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap();
        for (done, faulty) in (0..).step_by(2).zip([without_retries(&shop), shop.clone()]) {
            let faults = Faults::script([Fault::CutAfter, Fault::None, Fault::CutAfter]).only("UpdateItem");
            let faulty = faulty.with_faults(&faults);
            let update = || faulty.update(guard.item());
            // Once more would be one more.
            let error = update().add(|job| job.progress, 1).await.unwrap_err();
            assert!(error.is_outcome_unknown(), "{error}");
            assert_eq!((faults.injected().lost, record(&shop, "nightly").await.progress), (1, done + 1));
            update().set(|job| job.progress, done + 1).await.unwrap();
            // By its own first try refused, where there is a second one.
            let update = update().set(|job| job.progress, done + 2).condition(|job| job.progress.eq(done + 1));
            let error = update.await.unwrap_err();
            assert!(error.is_outcome_unknown(), "{error}");
            assert_eq!((faults.injected().lost, record(&shop, "nightly").await.progress), (2, done + 2));
        }
        assert_eq!(record(&shop, "nightly").await.lease, guard.item().lease);
    }
}

#[tokio::test]
async fn a_renewal_that_got_no_response_costs_nobody_the_lock() {
    for shop in both::<Shop>(&clock()).await {
        let faults = Faults::script([Fault::CutAfter]).only("UpdateItem");
        faults.stop();
        let faulty = without_retries(&shop).with_faults(&faults);
        let time = ManualTimer::new();
        let guard = Locks::new(&faulty).timer(time.clone()).acquire(Job::new("nightly")).await.unwrap();
        until("the keeper sleeps", || time.sleepers() == 2).await;
        faults.resume();
        let before = record(&shop, "nightly").await.lease;
        time.advance(Duration::from_secs(5));
        until("the renewal was lost", || faults.injected().lost == 1 && time.sleepers() == 2).await;
        assert_ne!(record(&shop, "nightly").await.lease, before, "it was carried out all the same");
        assert_eq!(guard.left(), Duration::from_secs(15), "and the owner does not count on it");
        time.advance_to_next();
        until("it was renewed", || guard.left() > Duration::from_secs(15)).await;
        assert_eq!(guard.phase(), Phase::Held);
        shop.transact((guard.check(),)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn contenders_among_faults_lose_no_write_and_never_share_a_token() {
    let shop = both::<Shop>(&clock()).await.into_iter().next().unwrap();
    shop.create(&Report::new("r")).await.unwrap();
    let faults =
        Faults::seeded(7).cut_after(0.08).cut_before(0.05).fail_500(0.08).throttle(0.05).transaction_conflict(0.05);
    let patient = RetryPolicy { tries: 50, first: Duration::from_millis(1), longest: Duration::from_millis(20) };
    let faulty = shop.clone().with_faults(&faults).with_retries(patient);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let shop = faulty.clone();
            let lease = Duration::from_millis(1500);
            let locks = Locks::new(&shop).lease(lease).poll_interval(Duration::from_millis(20));
            tokio::spawn(async move {
                let (mut written, mut done) = (Vec::new(), 0);
                while done < 3 {
                    let Ok(guard) = locks.acquire(Job::new("nightly")).await else { continue };
                    match write_row(&shop, &guard).await {
                        Ok(()) => {
                            written.push(guard.token());
                            done += 1;
                        }
                        // Refused, or without a response: then it may be stored, and is found by its token.
                        Err(error) => assert!(
                            error.is_lock_lost()
                                || error.is_outcome_unknown()
                                || error.is_throttled()
                                || error.kind() == dynamodel::ErrorKind::Unavailable,
                            "{error:?}"
                        ),
                    }
                    // Where this fails the lease runs out.
                    let _ = guard.release().await;
                }
                written
            })
        })
        .collect();
    let mut written = Vec::new();
    for task in tasks {
        written.extend(task.await.unwrap());
    }
    written.sort_unstable();
    let report = report(&shop).await;
    assert!(faults.injected().lost > 0 && faults.injected().server_errors > 0);
    assert!(report.tokens.windows(2).all(|pair| pair[0] < pair[1]), "in order, each once: {:?}", report.tokens);
    assert_eq!(report.rows, report.tokens.len() as u64, "no row was lost");
    for token in written {
        assert!(report.tokens.contains(&token), "the write of {token} was lost");
    }
}
