//! What a waiter sees, in logic time: owner and waiter each have a timer of their own, and no two clocks agree.

use super::model::{Job, Report, Shop, record, report, write_after, write_row};
use super::time::{drive, until};
use dynamodel::lock::{Guard, Locks, ManualTimer, Phase, Timer};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::Faults;
use dynamodel::{Client, Codec, Result};
use dynamodel_tests::{clock, connect};
use std::time::Duration;
use tokio::task::JoinHandle;

const LEASE: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_secs(1);
const FOREVER: Duration = Duration::from_secs(3600);

async fn shop() -> Client<Shop> {
    connect(&clock(), Codec::Wire).await
}

/// A timer that has run for so long already.
fn timer(since: u64) -> ManualTimer {
    let timer = ManualTimer::new();
    timer.advance(Duration::from_secs(since));
    timer
}

/// An owner whose timer is the other value.
async fn owner(shop: &Client<Shop>) -> (Guard<Job, Shop>, ManualTimer) {
    let timer = timer(1_000_000);
    let guard = Locks::new(shop).owner("owner").timer(timer.clone()).lease(LEASE).acquire(Job::new("nightly")).await;
    until("the keeper sleeps", || timer.sleepers() == 2).await;
    (guard.unwrap(), timer)
}

/// A waiter, at work.
fn waiter(shop: &Client<Shop>, timer: &ManualTimer) -> JoinHandle<Result<Guard<Job, Shop>>> {
    // Its own leases have another duration: what counts is the one in the record.
    let locks = Locks::new(shop).owner("waiter").timer(timer.clone()).lease(LEASE * 3).poll_interval(POLL);
    tokio::spawn(locks.acquire(Job::new("nightly")).into_future())
}

#[tokio::test]
async fn a_dead_owners_lock_is_taken_one_lease_after_the_first_look() {
    let shop = shop().await;
    let (guard, _) = owner(&shop).await;
    guard.abandon();
    let reads = Faults::script([]);
    let (shop, time) = (shop.with_faults(&reads), timer(7));
    let task = waiter(&shop, &time);
    let taken = drive(&time, &task, FOREVER).await;
    let guard = task.await.unwrap().unwrap();
    assert_eq!(taken, Duration::from_secs(7) + LEASE, "the first look was at 7");
    assert_eq!(guard.token(), 2);
    let polls = reads.requests_of("GetItem");
    assert!((20..=41).contains(&polls), "a look after every half to whole second: {polls}");
    assert_eq!(reads.requests_of("UpdateItem"), 1, "it was taken by one write");
}

#[tokio::test]
async fn a_lease_of_parts_of_a_millisecond_is_not_taken_while_its_owner_believes_in_it() {
    let shop = shop().await;
    let (own, time) = (timer(0), timer(0));
    let lease = Duration::from_micros(1_999);
    let guard = Locks::new(&shop).lease(lease).timer(own.clone()).acquire(Job::new("nightly")).await.unwrap();
    let waiter = Locks::new(&shop).timer(time.clone());
    assert!(waiter.try_acquire(Job::new("nightly")).await.unwrap().is_none());
    time.advance(lease - Duration::from_nanos(1));
    assert!(waiter.try_acquire(Job::new("nightly")).await.unwrap().is_none());
    assert_eq!(guard.phase(), Phase::Held);
    time.advance(Duration::from_nanos(1_001));
    assert_eq!(waiter.try_acquire(Job::new("nightly")).await.unwrap().map(|guard| guard.token()), Some(2));
}

#[tokio::test]
async fn an_owner_that_dies_late_is_waited_for_from_its_last_renewal_on() {
    let shop = shop().await;
    let (guard, owners) = owner(&shop).await;
    let time = timer(0);
    let task = waiter(&shop, &time);
    for second in 1..=31 {
        let before = record(&shop, "nightly").await.lease;
        owners.advance(Duration::from_secs(1));
        drive(&time, &task, Duration::from_secs(second)).await;
        if second % 5 == 0 {
            while record(&shop, "nightly").await.lease == before {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            until("the keeper sleeps", || owners.sleepers() == 2).await;
        }
    }
    assert!(!task.is_finished(), "it was renewed, and waits no longer than its lease");
    let since = time.now();
    guard.abandon();
    let taken = drive(&time, &task, FOREVER).await;
    assert!(taken <= since + LEASE, "the last renewal was before: {since:?}, {taken:?}");
    assert!(taken >= Duration::from_secs(30) + LEASE - POLL, "and it counts from its first look: {taken:?}");
    assert_eq!(task.await.unwrap().unwrap().token(), 2);
}

#[tokio::test]
async fn a_release_wakes_a_waiter_within_one_poll() {
    let shop = shop().await;
    let (guard, _) = owner(&shop).await;
    let time = timer(0);
    let task = waiter(&shop, &time);
    let released = drive(&time, &task, Duration::from_secs(5)).await;
    guard.release().await.unwrap();
    let taken = drive(&time, &task, FOREVER).await;
    assert!(taken <= released + POLL, "{released:?}, {taken:?}");
    assert_eq!(task.await.unwrap().unwrap().token(), 2);
}

#[tokio::test]
async fn all_waiters_get_a_lock_that_is_given_on_each_within_one_poll() {
    let shop = shop().await;
    let (guard, _) = owner(&shop).await;
    let mut waiters: Vec<_> = (0..8).map(|at| (timer(at), at)).collect();
    let mut tasks: Vec<_> = waiters.iter().map(|(time, _)| waiter(&shop, time)).collect();
    let mut holder = guard;
    for token in 2..10 {
        holder.release().await.unwrap();
        // Their timers are moved in turn, by no more than one poll since the release.
        let ends: Vec<_> = waiters.iter().map(|(time, _)| time.now() + POLL).collect();
        for ((time, _), (task, end)) in waiters.iter().zip(tasks.iter().zip(&ends)) {
            drive(time, task, *end).await;
            if task.is_finished() {
                break;
            }
        }
        let at = tasks.iter().position(JoinHandle::is_finished).expect("nobody woke within one poll");
        waiters.swap_remove(at);
        holder = tasks.swap_remove(at).await.unwrap().unwrap();
        assert_eq!(holder.token(), token);
    }
    assert!(tasks.is_empty());
}

#[tokio::test]
async fn one_who_only_looks_from_time_to_time_takes_a_dead_owners_lock_in_the_end() {
    let shop = shop().await;
    let (guard, _) = owner(&shop).await;
    guard.abandon();
    let time = timer(0);
    let locks = Locks::new(&shop).timer(time.clone());
    for _ in 0..4 {
        assert!(locks.clone().try_acquire(Job::new("nightly")).await.unwrap().is_none());
        time.advance(LEASE / 4);
    }
    assert_eq!(locks.try_acquire(Job::new("nightly")).await.unwrap().map(|guard| guard.token()), Some(2));
}

#[tokio::test]
async fn jumps_of_the_wall_clock_change_nothing() {
    let wall = clock();
    let shop = connect::<Shop>(&wall, Codec::Wire).await;
    let (guard, _) = owner(&shop).await;
    let time = timer(0);
    let task = waiter(&shop, &time);
    for second in 1..=19 {
        // A year forward for all; and for one client decades back.
        wall.advance(Duration::from_secs(365 * 24 * 3600));
        let backward = shop.clone().with_clock(dynamodel::ManualClock::at_epoch_seconds(1));
        assert!(Locks::new(&backward).try_acquire(Job::new("nightly")).await.unwrap().is_none());
        drive(&time, &task, Duration::from_secs(second)).await;
        assert!(!task.is_finished(), "taken at {second}");
    }
    assert_eq!(guard.phase(), Phase::Held);
    shop.create(&Report::new("r")).await.unwrap();
    write_row(&shop, &guard).await.unwrap();
}

#[tokio::test]
async fn an_owner_whose_clock_stands_still_believes_in_its_lock_and_is_refused() {
    let shop = shop().await;
    shop.create(&Report::new("r")).await.unwrap();
    let (former, owners) = owner(&shop).await;
    write_row(&shop, &former).await.unwrap();
    let read_before = report(&shop).await;

    // Paused, as far as it knows: its timer does not move, so it renews nothing.
    let time = timer(0);
    let task = waiter(&shop, &time);
    drive(&time, &task, FOREVER).await;
    let successor = task.await.unwrap().unwrap();
    assert_eq!((former.phase(), former.token(), successor.token()), (Phase::Held, 1, 2));

    let late = write_after(&shop, &former, &read_before).await.unwrap_err();
    assert!(late.is_lock_lost(), "{late}");
    write_row(&shop, &successor).await.unwrap();
    assert!(write_row(&shop, &former).await.unwrap_err().is_lock_lost());
    assert_eq!(report(&shop).await.tokens, [1, 2]);

    // Its clock goes on: the next renewal is refused, and it learns of it before its lease has run out.
    owners.advance(Duration::from_secs(5));
    former.lost().await;
    assert_eq!(former.phase(), Phase::Lost);
    assert!(former.left() > Duration::ZERO);
    assert!(former.release().await.unwrap_err().is_lock_lost());
    assert_eq!(record(&shop, "nightly").await.lease.owner(), Some("waiter"));
}

#[tokio::test]
async fn an_owner_that_cannot_renew_is_warned_and_then_told_that_it_has_lost() {
    let shop = shop().await;
    let faults = Faults::seeded(1).cut_before(1.0).only("UpdateItem");
    faults.stop();
    let shop = shop.with_faults(&faults);
    let once = shop.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
    let shop = shop.with_sdk(dynamodel::sdk::Client::from_conf(once));
    let (guard, time) = owner(&shop).await;
    let begun = time.now();
    faults.resume();
    let mut phases = vec![(guard.phase(), time.now() - begun)];
    while guard.phase() != Phase::Lost {
        until("the keeper has tried", || time.sleepers() == 2 || guard.phase() == Phase::Lost).await;
        let tried = faults.injected();
        time.advance_to_next();
        until("it is tried, or told", || {
            faults.injected() != tried || guard.phase() != phases.last().unwrap().0 || time.sleepers() == 2
        })
        .await;
        if guard.phase() != phases.last().unwrap().0 {
            phases.push((guard.phase(), time.now() - begun));
        }
    }
    assert_eq!(
        phases,
        [
            (Phase::Held, Duration::ZERO),
            (Phase::Expiring, Duration::from_secs(15)),
            (Phase::Lost, Duration::from_secs(20))
        ]
    );
    guard.expiring().await;
    guard.lost().await;
    // Nobody has taken it: it can still be given back.
    faults.stop();
    guard.release().await.unwrap();
    assert!(!record(&shop, "nightly").await.lease.is_held());
}

#[tokio::test]
async fn a_warning_is_taken_back_when_the_lease_is_renewed_at_last() {
    let shop = shop().await;
    let faults = Faults::seeded(1).cut_before(1.0).only("UpdateItem");
    faults.stop();
    let shop = shop.with_faults(&faults);
    let once = shop.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
    let shop = shop.with_sdk(dynamodel::sdk::Client::from_conf(once));
    let (guard, time) = owner(&shop).await;
    faults.resume();
    while guard.phase() == Phase::Held {
        until("the keeper has tried", || time.sleepers() == 2 || guard.phase() != Phase::Held).await;
        time.advance_to_next();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    faults.stop();
    until("the keeper has tried", || time.sleepers() == 2).await;
    while guard.phase() != Phase::Held {
        assert_ne!(guard.phase(), Phase::Lost);
        time.advance_to_next();
        until("it is renewed, or sleeps", || guard.phase() == Phase::Held || time.sleepers() == 2).await;
    }
    assert_eq!(guard.left(), LEASE);
}
