//! Requests that hang, and timers whose sleepers wake late.

use super::model::{Job, Shop, record};
use super::time::until;
use dynamodel::lock::{Locks, ManualTimer, Phase, Sleep, Timer};
use dynamodel::testing::{Fault, Faults};
use dynamodel_tests::{both, clock};
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
        // The answer comes, and the keeper has not noticed yet that the time is up.
        guard.lost().await;
        assert_ne!(record(&shop, "nightly").await.lease, before, "it was renewed");
        assert_eq!((guard.phase(), guard.left()), (Phase::Lost, Duration::ZERO));
        // Nobody has taken it: it can still be given back.
        guard.release().await.unwrap();
        assert!(!record(&shop, "nightly").await.lease.is_held());
    }
}
