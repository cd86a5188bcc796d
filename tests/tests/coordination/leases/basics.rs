//! One owner after the other.

use super::model::{Audit, Entry, Job, Report, Shop, record, report, write_row};
use super::time::until;
use dynamodel::ErrorKind;
use dynamodel::lock::{Lease, Locks, ManualTimer, Phase};
use dynamodel::op::{Create, Update};
use dynamodel_tests::{both, clock, connect};
use std::time::Duration;

#[tokio::test]
async fn the_fencing_token_grows_with_every_owner_and_the_record_stays() {
    for shop in both::<Shop>(&clock()).await {
        let locks = Locks::new(&shop).owner("ada");
        for token in 1..=3 {
            let guard = locks.acquire(Job::new("nightly")).await.unwrap();
            assert_eq!((guard.token(), guard.phase(), guard.item().progress), (token, Phase::Held, token - 1));
            let there = record(&shop, "nightly").await;
            assert_eq!((there.lease.token(), there.lease.owner()), (token, Some("ada")));
            assert_eq!(there.lease.duration(), Some(Duration::from_secs(20)));
            assert_eq!(guard.item().lease, there.lease);
            guard.update().set(|job| job.progress, token).await.unwrap();
            assert_eq!(record(&shop, "nightly").await.lease, there.lease, "data on the lock leaves the lease alone");
            guard.release().await.unwrap();
            let there = record(&shop, "nightly").await;
            assert_eq!((there.lease.token(), there.lease.owner(), there.lease.duration()), (token, None, None));
        }
    }
}

#[tokio::test]
async fn who_does_not_want_to_wait_gets_none_and_a_lock_that_is_dropped_is_free() {
    for shop in both::<Shop>(&clock()).await {
        let locks = Locks::new(&shop);
        let first = locks.try_acquire(Job::new("a")).await.unwrap().unwrap();
        assert!(locks.try_acquire(Job::new("a")).await.unwrap().is_none());
        assert!(Locks::new(&shop).try_acquire(Job::new("a")).await.unwrap().is_none());
        let other = locks.try_acquire(Job::new("b")).await.unwrap();
        assert!(other.is_some(), "locks of other names do not mind");
        drop(first);
        let mut tries = 0;
        let second = loop {
            if let Some(guard) = locks.try_acquire(Job::new("a")).await.unwrap() {
                break guard;
            }
            tries += 1;
            assert!(tries < 10_000);
            tokio::time::sleep(Duration::from_millis(1)).await;
        };
        assert_eq!(second.token(), 2);
    }
}

#[tokio::test]
async fn when_the_time_is_up_the_error_shows_who_has_the_lock() {
    for shop in both::<Shop>(&clock()).await {
        let guard = Locks::new(&shop).owner("ada").acquire(Job::new("nightly")).await.unwrap();
        let timer = ManualTimer::new();
        let waiter = Locks::new(&shop).timer(timer.clone());
        let task = tokio::spawn(waiter.acquire(Job::new("nightly")).timeout(Duration::from_secs(3)).into_future());
        let waited = super::time::drive(&timer, &task, Duration::from_secs(60)).await;
        let error = task.await.unwrap().unwrap_err();
        assert_eq!((error.kind(), waited), (ErrorKind::Locked, Duration::from_secs(3)));
        assert!(error.is_locked() && error.to_string().contains("held by `ada`, with the fencing token 1"), "{error}");
        assert_eq!(error.current::<Job>().map(|job| job.lease.clone()), Some(record(&shop, "nightly").await.lease));
        assert_eq!(guard.phase(), Phase::Held);
    }
}

#[tokio::test]
async fn guarded_writes_are_refused_once_the_lock_is_in_another_hand_or_in_none() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&Report::new("r")).await.unwrap();
        let locks = Locks::new(&shop).owner("ada");
        let guard = locks.acquire(Job::new("nightly")).await.unwrap();
        write_row(&shop, &guard).await.unwrap();
        let (former, later) = (guard.check(), guard.check());
        let late_update = guard.update();
        guard.release().await.unwrap();

        let row = || Update::new(Report::key("r")).set(|r| r.rows, 99);
        let free = shop.transact((former, row())).await.unwrap_err();
        assert!(free.is_cancelled() && free.is_lock_lost() && free.is_condition_failed());
        let reason = free.reason(0).unwrap();
        assert_eq!(reason.kind(), ErrorKind::LockLost);
        assert!(reason.to_string().contains("was released since, and its last fencing token is 1"), "{reason}");

        let successor = Locks::new(&shop).owner("bob").acquire(Job::new("nightly")).await.unwrap();
        let taken = shop.transact((row(), later)).await.unwrap_err();
        let reason = taken.reason(1).unwrap();
        assert!(reason.to_string().contains("`bob` holds the lock now, with the fencing token 2"), "{reason}");
        assert_eq!(reason.current::<Job>().map(|job| job.lease.token()), Some(2));
        assert_eq!(late_update.set(|job| job.progress, 9).await.unwrap_err().kind(), ErrorKind::ConditionFailed);

        write_row(&shop, &successor).await.unwrap();
        assert_eq!((report(&shop).await.rows, report(&shop).await.tokens), (2, vec![1, 2]));
        assert_eq!(record(&shop, "nightly").await.progress, 0);
    }
}

#[tokio::test]
async fn a_lock_guards_the_items_of_another_table_and_data_on_itself() {
    let clock = clock();
    let [shop, _] = both::<Shop>(&clock).await;
    // The other table lies on the same engine.
    let audit = dynamodel::Client::<Audit>::new(shop.sdk(), format!("{}-audit", shop.table_name()));
    audit.ensure_table().await.unwrap();
    let guard = Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap();
    let entry = Entry { id: "1".into(), text: "begun".into() };
    audit.transact((guard.check(), Create::new(&entry))).await.unwrap();
    // One item is written once in a transaction: here the lock's own data, on the same condition.
    shop.transact((guard.update().set(|job| job.progress, 5), Create::new(&Report::new("r")))).await.unwrap();
    assert_eq!(record(&shop, "nightly").await.progress, 5);
    let former = guard.check();
    guard.release().await.unwrap();
    let entry = Entry { id: "2".into(), text: "late".into() };
    assert!(audit.transact((former, Create::new(&entry))).await.unwrap_err().is_lock_lost());
    assert_eq!(audit.get(Entry::key("2")).await.unwrap(), None);
}

#[tokio::test]
async fn durations_that_do_not_go_together_are_refused_before_anything_is_sent() {
    let shop = connect::<Shop>(&clock(), dynamodel::Codec::Wire).await;
    let seconds = Duration::from_secs;
    let requests = shop.stats();
    for locks in [
        Locks::new(&shop).lease(Duration::ZERO),
        Locks::new(&shop).lease(seconds(10)).heartbeat_interval(seconds(8)),
        Locks::new(&shop).lease(seconds(10)).warn_before(seconds(10)),
        Locks::new(&shop).poll_interval(Duration::ZERO),
        Locks::new(&shop).heartbeat_interval(Duration::ZERO),
    ] {
        let error = locks.try_acquire(Job::new("a")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert_eq!(locks.acquire(Job::new("a")).await.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
    assert_eq!(format!("{requests:?}"), format!("{:?}", shop.stats()));
}

#[tokio::test]
async fn the_guard_tells_what_its_work_gave_and_drops_it_when_the_lock_is_lost() {
    let shop = connect::<Shop>(&clock(), dynamodel::Codec::Wire).await;
    let timer = ManualTimer::new();
    let guard = Locks::new(&shop).timer(timer.clone()).acquire(Job::new("a")).await.unwrap();
    assert_eq!(guard.while_held(async { 7 }).await, Some(7));
    let waiting = tokio::spawn(async move {
        let given = guard.while_held(std::future::pending::<()>()).await;
        (given, guard.phase())
    });
    until("the keeper sleeps", || timer.sleepers() == 2).await;
    timer.advance(Duration::from_secs(20));
    assert_eq!(waiting.await.unwrap(), (None, Phase::Lost));
}

#[test]
fn a_lock_outside_a_runtime_says_what_it_needs() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let shop = runtime.block_on(connect::<Shop>(&clock(), dynamodel::Codec::Wire));
    let mut attempt = std::pin::pin!(Locks::new(&shop).acquire(Job::new("a")).into_future());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = attempt.as_mut().poll(&mut context) else { panic!("it waits") };
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("needs a tokio runtime"), "{error}");
    assert!(!Lease::default().is_held());
}
