//! The end of a lease among requests that hang: releases and deletions.

use super::hanging::ended;
use super::model::{Job, Shop, record};
use dynamodel::lock::Locks;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::{Client, ErrorKind};
use dynamodel_tests::tap::{Do, error_body, tapped};
use dynamodel_tests::{both, clock};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const LEASE: Duration = Duration::from_secs(2);

/// What becomes of the writes that end a lease, one after the other, from the time on that `begins`; then they pass.
pub struct Ends {
    pub shop: Client<Shop>,
    begins: Arc<AtomicBool>,
    sent: Arc<AtomicUsize>,
    script: Arc<Mutex<VecDeque<Do>>>,
}

impl Ends {
    /// The script says what becomes of the first ones, `then` of all others.
    pub fn new(shop: &Client<Shop>, script: impl IntoIterator<Item = Do>, then: Do) -> Self {
        let (begins, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let (on, counted, rest) = (Arc::clone(&begins), Arc::clone(&sent), Arc::clone(&script));
        let shop = tapped(&once(shop), move |operation, _| {
            if !on.load(Ordering::SeqCst) || !["UpdateItem", "DeleteItem"].contains(&operation) {
                return Do::Pass;
            }
            counted.fetch_add(1, Ordering::SeqCst);
            rest.lock().unwrap().pop_front().unwrap_or_else(|| then.clone())
        });
        Self { shop, begins, sent, script }
    }

    pub fn begin(&self) {
        self.begins.store(true, Ordering::SeqCst);
    }

    pub fn stop(&self) {
        self.begins.store(false, Ordering::SeqCst);
        self.script.lock().unwrap().clear();
    }

    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }
}

/// The same without the SDK's retries.
fn once(shop: &Client<Shop>) -> Client<Shop> {
    let config = shop.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
    shop.clone().with_sdk(dynamodel::sdk::Client::from_conf(config))
}

fn throttled() -> Do {
    Do::Respond(400, error_body("ProvisionedThroughputExceededException", "slow down"))
}

#[tokio::test]
async fn a_release_or_a_deletion_that_hangs_ends_with_its_lease() {
    for shop in both::<Shop>(&clock()).await {
        for name in ["release", "delete"] {
            let ends = Ends::new(&shop, [], Do::HangBefore);
            let locks = Locks::new(&ends.shop).lease(LEASE).heartbeat_interval(LEASE / 3);
            let guard = locks.acquire(Job::new(name)).await.unwrap();
            ends.begin();
            let end = async { if name == "release" { guard.release().await } else { guard.delete().await } };
            let error = ended(Box::pin(end)).await.unwrap_err();
            assert_eq!((error.kind(), error.entity()), (ErrorKind::OutcomeUnknown, Some("Job")), "{error}");
            assert!(error.to_string().contains("the lease has run out"), "{error}");
            assert!((2..=5).contains(&ends.sent()), "it was sent {} times", ends.sent());
            assert!(record(&shop, name).await.lease.is_held());
        }
    }
}

#[tokio::test]
async fn a_request_that_hangs_at_the_end_is_sent_again_while_the_lease_lasts() {
    let cases = [("before", Do::HangBefore), ("after", Do::HangAfter)];
    for (shop, (name, hangs)) in both::<Shop>(&clock()).await.into_iter().zip(cases) {
        for end in ["release", "delete"] {
            let ends = Ends::new(&shop, [hangs.clone()], Do::Pass);
            // A busy machine has time enough for the second one.
            let locks = Locks::new(&ends.shop).lease(LEASE * 2).poll_interval(LEASE / 100);
            let guard = locks.acquire(Job::new(name)).await.unwrap();
            ends.begin();
            if end == "release" {
                ended(Box::pin(guard.release())).await.unwrap();
                assert!(!record(&shop, name).await.lease.is_held(), "{name}");
            } else {
                ended(Box::pin(guard.delete())).await.unwrap();
                assert_eq!(shop.get(Job::key(name)).consistent().await.unwrap(), None, "{name}");
            }
            assert_eq!(ends.sent(), 2, "{name}");
        }
    }
}

#[tokio::test]
async fn the_outcome_of_an_end_without_a_response_is_unknown() {
    for shop in both::<Shop>(&clock()).await {
        // The first one may have been carried out: that the second one was not says nothing of it.
        for (name, first) in [("hangs", Do::HangBefore), ("cut", Do::CutAfter)] {
            let ends = Ends::new(&shop, [first], throttled());
            let guard = Locks::new(&ends.shop).lease(LEASE * 2).acquire(Job::new(name)).await.unwrap();
            ends.begin();
            let error = ended(Box::pin(guard.release())).await.unwrap_err();
            assert!(error.is_outcome_unknown(), "{name}: {error:?}");
        }
        // By itself it was not.
        let ends = Ends::new(&shop, [], throttled());
        let guard = Locks::new(&ends.shop).acquire(Job::new("throttled")).await.unwrap();
        ends.begin();
        let error = guard.release().await.unwrap_err();
        assert!(error.is_throttled() && error.to_string().contains("was not released"), "{error}");
    }
}

#[tokio::test]
async fn a_release_whose_response_was_lost_and_after_which_another_took_the_lock_is_not_called_a_loss() {
    for shop in both::<Shop>(&clock()).await {
        let slow = Do::SlowBefore(Duration::from_millis(500));
        let ends = Ends::new(&shop, [Do::CutAfter, slow.clone(), slow], Do::Pass);
        let guard = Locks::new(&ends.shop).acquire(Job::new("nightly")).await.unwrap();
        ends.begin();
        let release = tokio::spawn(async move { guard.release().await });
        let next = Locks::new(&shop).owner("bob").poll_interval(Duration::from_millis(5)).acquire(Job::new("nightly"));
        let next = ended(next).await.unwrap();
        assert_eq!(next.token(), 2);
        let error = release.await.unwrap().unwrap_err();
        assert!(error.is_outcome_unknown() && !error.is_lock_lost(), "{error:?}");
        assert!(error.to_string().contains("`bob` holds it now, with the fencing token 2"), "{error}");
        assert_eq!(error.current::<Job>().map(|job| job.lease.token()), Some(2));
        shop.transact((next.check(),)).await.unwrap();
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_the_release_to_the_background() {
    for shop in both::<Shop>(&clock()).await {
        for end in ["release", "delete"] {
            let ends = Ends::new(&shop, [Do::HangBefore], Do::Pass);
            let guard = Locks::new(&ends.shop).acquire(Job::new(end)).await.unwrap();
            ends.begin();
            let going = async { if end == "release" { guard.release().await } else { guard.delete().await } };
            assert!(tokio::time::timeout(Duration::from_millis(100), going).await.is_err());
            let next = Locks::new(&shop).poll_interval(Duration::from_millis(5)).acquire(Job::new(end));
            let next = ended(next).await.unwrap();
            assert_eq!(next.token(), if end == "release" { 2 } else { 1 });
            assert_eq!(ends.sent(), 2);
        }
    }
}

#[tokio::test]
async fn after_a_release_that_hangs_the_same_process_gets_the_lock_again_after_the_lease() {
    // The late ones arrive when the next owner has the lock.
    let cases = [("hangs", Do::HangBefore), ("late", Do::HangGhost(LEASE * 3))];
    for (shop, (name, what)) in both::<Shop>(&clock()).await.into_iter().zip(cases) {
        let ends = Ends::new(&shop, [], what);
        let locks = Locks::new(&ends.shop).lease(LEASE).poll_interval(LEASE / 100);
        let former = locks.acquire(Job::new(name)).await.unwrap();
        let check = former.check();
        ends.begin();
        let error = ended(Box::pin(former.release())).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{name}: {error}");
        ends.stop();
        let next = ended(locks.acquire(Job::new(name))).await.unwrap();
        assert_eq!(next.token(), 2, "{name}");
        assert!(shop.transact((check,)).await.unwrap_err().is_lock_lost());
        if name == "late" {
            tokio::time::sleep(LEASE * 3).await;
        }
        shop.transact((next.check(),)).await.unwrap();
        next.release().await.unwrap();
    }
}
