//! Requests that hang, and timers whose sleepers wake late.

use super::model::{Job, Shop, record};
use super::time::until;
use dynamodel::lock::{Locks, ManualTimer, Phase, Sleep, Timer};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, ErrorKind, Result};
use dynamodel_tests::tap::{Do, tapped};
use dynamodel_tests::{both, clock};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// For longer than any test.
const HANGS: Fault = Fault::Slow(Duration::from_secs(24 * 3600));
const LEASE: Duration = Duration::from_secs(4);

#[tokio::test]
async fn a_renewal_that_hangs_is_given_up_for_another_one() {
    for shop in both::<Shop>(&clock()).await {
        let faults = Faults::script([HANGS]).only("UpdateItem");
        let timer = ManualTimer::new();
        let locks = Locks::new(&shop.with_faults(&faults)).lease(LEASE).timer(timer.clone());
        let guard = locks.acquire(Job::new("nightly")).await.unwrap();
        until("the keeper sleeps", || timer.sleepers() == 2).await;
        timer.advance(LEASE / 4);
        until("it is sent", || faults.requests_of("UpdateItem") == 1).await;
        until("it is given up, and the keeper sleeps", || timer.sleepers() == 2).await;
        timer.advance_to_next();
        until("it is renewed", || guard.left() == LEASE).await;
        assert_eq!((guard.phase(), faults.requests_of("UpdateItem")), (Phase::Held, 2));
        assert!(timer.now() < LEASE * 3 / 4, "in time: {:?}", timer.now());
    }
}

/// Shows one time, and wakes by another.
#[derive(Debug, Clone, Default)]
struct Late {
    shown: ManualTimer,
    wakes: ManualTimer,
}

impl Timer for Late {
    fn now(&self) -> Duration {
        self.shown.now()
    }

    fn sleep_until(&self, at: Duration) -> Sleep {
        self.wakes.sleep_until(at)
    }
}

#[tokio::test]
async fn what_was_said_to_be_lost_stays_lost_though_it_is_renewed_later() {
    for shop in both::<Shop>(&clock()).await {
        let faults = Faults::script([Fault::Slow(Duration::from_millis(300))]).only("UpdateItem");
        let timer = Late::default();
        let locks = Locks::new(&shop.clone().with_faults(&faults)).timer(timer.clone());
        let guard = locks.acquire(Job::new("nightly")).await.unwrap();
        let before = record(&shop, "nightly").await.lease;
        until("the keeper sleeps", || timer.wakes.sleepers() == 2).await;
        timer.shown.advance(Duration::from_secs(5));
        timer.wakes.advance(Duration::from_secs(5));
        until("it is sent", || faults.requests_of("UpdateItem") == 1).await;
        timer.shown.advance(Duration::from_secs(15));
        assert_eq!(guard.phase(), Phase::Lost);
        // The response comes, and the keeper has not noticed yet that the lease has run out.
        tokio::time::timeout(Duration::from_secs(60), guard.lost()).await.expect("it is held again");
        assert_ne!(record(&shop, "nightly").await.lease, before, "it was renewed");
        assert_eq!((guard.phase(), guard.left()), (Phase::Lost, Duration::ZERO));
        // Nobody has taken it: it can still be given back.
        guard.release().await.unwrap();
        assert!(!record(&shop, "nightly").await.lease.is_held());
    }
}

/// Whatever comes of it, it ends.
pub async fn ended<O>(task: impl IntoFuture<Output = Result<O>>) -> Result<O> {
    tokio::time::timeout(Duration::from_secs(120), task.into_future()).await.expect("it hangs")
}

#[tokio::test]
async fn who_has_little_time_does_not_wait_for_a_request_that_hangs() {
    for shop in both::<Shop>(&clock()).await {
        let on = |operation, script: Vec<Fault>| {
            Locks::new(&shop.clone().with_faults(&Faults::script(script).only(operation))).poll_interval(LEASE / 100)
        };
        let brief = Duration::from_millis(50);
        let error = ended(on("GetItem", vec![HANGS]).acquire(Job::new("read")).timeout(brief)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
        assert!(error.to_string().contains("timed out before the record could be read"), "{error}");

        let error = ended(on("PutItem", vec![HANGS]).acquire(Job::new("made")).timeout(brief)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error}");

        let owner = Locks::new(&shop).owner("ada").acquire(Job::new("held")).await.unwrap();
        let seen = on("GetItem", vec![Fault::None, HANGS]).acquire(Job::new("held")).timeout(LEASE / 4);
        let error = ended(seen).await.unwrap_err();
        assert!(error.is_locked(), "{error:?}");
        assert_eq!(error.current::<Job>().map(|job| job.lease.token()), Some(1));
        owner.release().await.unwrap();
    }
}

#[tokio::test]
async fn who_is_met_by_others_again_and_again_goes_on_while_there_is_time() {
    for shop in both::<Shop>(&clock()).await {
        // More than one attempt's rounds, none of which is carried out.
        let once = shop.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
        let shop = shop.with_sdk(dynamodel::sdk::Client::from_conf(once));
        let faults = Faults::script(vec![Fault::CutBefore; 40]).only("PutItem");
        let locks = Locks::new(&shop.clone().with_faults(&faults)).poll_interval(Duration::from_millis(1));
        assert!(locks.try_acquire(Job::new("nightly")).await.unwrap_err().is_outcome_unknown());
        let tried = faults.requests_of("PutItem");
        let error = locks.acquire(Job::new("nightly")).timeout(Duration::ZERO).await.unwrap_err();
        assert!(error.is_outcome_unknown(), "{error}");
        assert_eq!(faults.requests_of("PutItem"), 2 * tried);
        let guard = locks.acquire(Job::new("nightly")).await.unwrap();
        assert_eq!((guard.token(), faults.requests_of("PutItem")), (1, 41));
    }
}

/// The first of these requests meets this, and all others pass.
fn first_of(shop: &Client<Shop>, operation: &'static str, what: &Do) -> (Client<Shop>, Arc<AtomicUsize>) {
    let (met, what) = (Arc::new(AtomicUsize::new(0)), what.clone());
    let counted = Arc::clone(&met);
    let shop = tapped(shop, move |sent, _| {
        if sent == operation && counted.fetch_add(1, Ordering::SeqCst) == 0 { what.clone() } else { Do::Pass }
    });
    (shop, met)
}

#[tokio::test]
async fn who_waits_without_end_does_not_wait_for_a_request_that_hangs() {
    for shop in both::<Shop>(&clock()).await {
        let cases = [("GetItem", Do::HangBefore), ("PutItem", Do::HangBefore), ("PutItem", Do::HangAfter)];
        for (number, (operation, what)) in cases.into_iter().enumerate() {
            let (shop, met) = first_of(&shop, operation, &what);
            // Given up after half a lease, so that what was carried out is still worth something.
            let locks = Locks::new(&shop).lease(LEASE);
            let guard = ended(locks.acquire(Job::new(&format!("case {number}")))).await.unwrap();
            assert_eq!((guard.token(), guard.phase()), (1, Phase::Held), "{operation}");
            assert!(met.load(Ordering::SeqCst) <= 2, "{operation}");
            guard.release().await.unwrap();
        }
    }
}

#[tokio::test]
async fn one_who_only_looks_does_not_wait_for_a_request_that_hangs() {
    for shop in both::<Shop>(&clock()).await {
        for (operation, kind) in [("GetItem", ErrorKind::Unavailable), ("PutItem", ErrorKind::OutcomeUnknown)] {
            let (shop, _) = first_of(&shop, operation, &Do::HangBefore);
            let locks = Locks::new(&shop).lease(LEASE);
            let error = ended(Box::pin(locks.try_acquire(Job::new(operation)))).await.unwrap_err();
            assert_eq!((error.kind(), error.entity()), (kind, Some("Job")), "{error}");
            assert!(locks.try_acquire(Job::new(operation)).await.unwrap().is_some());
        }
    }
}
