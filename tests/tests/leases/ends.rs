//! The end of a lease among requests that hang: releases, retirements, and guards that are dropped.

use super::hanging::ended;
use super::model::{Job, Shop, record};
use super::time::until;
use dynamodel::lock::Locks;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::{Client, Codec, ErrorKind};
use dynamodel_tests::tap::{Do, error_body, tapped};
use dynamodel_tests::{both, clock, connect};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(2);

/// What becomes of the writes that end a lease, one after the other, from the moment on that `begins`; then they pass.
struct Ends {
    shop: Client<Shop>,
    begins: Arc<AtomicBool>,
    sent: Arc<AtomicUsize>,
    script: Arc<Mutex<VecDeque<Do>>>,
}

impl Ends {
    /// The script says what becomes of the first ones, `then` of all others.
    fn new(shop: &Client<Shop>, script: impl IntoIterator<Item = Do>, then: Do) -> Self {
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

    fn begin(&self) {
        self.begins.store(true, Ordering::SeqCst);
    }

    fn stop(&self) {
        self.begins.store(false, Ordering::SeqCst);
        self.script.lock().unwrap().clear();
    }

    fn sent(&self) -> usize {
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

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

#[tokio::test]
async fn a_release_or_a_retirement_that_hangs_ends_with_its_lease() {
    for shop in both::<Shop>(&clock()).await {
        for name in ["release", "retire"] {
            let ends = Ends::new(&shop, [], Do::HangBefore);
            let locks = Locks::new(&ends.shop).lease(LEASE).heartbeat(LEASE / 3);
            let guard = locks.acquire(Job::new(name)).await.unwrap();
            ends.begin();
            let end = async { if name == "release" { guard.release().await } else { guard.retire().await } };
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
    for shop in both::<Shop>(&clock()).await {
        for (name, hangs) in [("before", Do::HangBefore), ("after", Do::HangAfter)] {
            for end in ["release", "retire"] {
                let ends = Ends::new(&shop, [hangs.clone()], Do::Pass);
                // A busy machine has time enough for the second one.
                let locks = Locks::new(&ends.shop).lease(LEASE * 2).poll(LEASE / 100);
                let guard = locks.acquire(Job::new(name)).await.unwrap();
                ends.begin();
                if end == "release" {
                    ended(Box::pin(guard.release())).await.unwrap();
                    assert!(!record(&shop, name).await.lease.is_held(), "{name}");
                } else {
                    ended(Box::pin(guard.retire())).await.unwrap();
                    assert_eq!(shop.get(Job::key(name)).consistent().await.unwrap(), None, "{name}");
                }
                assert_eq!(ends.sent(), 2, "{name}");
            }
        }
    }
}

#[tokio::test]
async fn what_became_of_an_end_without_an_answer_is_told_as_unknown() {
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
        assert!(error.is_throttled() && error.to_string().contains("was not given back"), "{error}");
    }
}

#[tokio::test]
async fn a_release_whose_answer_was_lost_and_after_which_another_took_the_lock_is_not_called_a_loss() {
    for shop in both::<Shop>(&clock()).await {
        let slow = Do::SlowBefore(Duration::from_millis(500));
        let ends = Ends::new(&shop, [Do::CutAfter, slow.clone(), slow], Do::Pass);
        let guard = Locks::new(&ends.shop).acquire(Job::new("nightly")).await.unwrap();
        ends.begin();
        let release = tokio::spawn(async move { guard.release().await });
        let next = Locks::new(&shop).owner("bob").poll(Duration::from_millis(5)).acquire(Job::new("nightly"));
        let next = ended(next).await.unwrap();
        assert_eq!(next.token(), 2);
        let error = release.await.unwrap().unwrap_err();
        assert!(error.is_outcome_unknown() && !error.is_lock_lost(), "{error:?}");
        assert!(error.to_string().contains("`bob` has it now, with the fencing token 2"), "{error}");
        assert_eq!(error.current::<Job>().map(|job| job.lease.token()), Some(2));
        shop.transact((next.check(),)).await.unwrap();
    }
}

#[tokio::test]
async fn guards_that_are_dropped_while_the_table_hangs_share_one_task() {
    const GUARDS: usize = 120;
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let ends = Ends::new(&shop, [], Do::HangBefore);
    let locks = Locks::new(&ends.shop).lease(LEASE);
    let names: Vec<String> = (0..GUARDS).map(|number| format!("d{number}")).collect();
    let mut most = 0;
    let before = tasks();
    for name in &names {
        // Each by its own `Locks`, as often as not.
        let locks = if most % 2 == 0 { locks.clone() } else { Locks::new(&ends.shop).lease(LEASE) };
        ends.stop();
        let guard = ended(locks.acquire(Job::new(name))).await.unwrap();
        ends.begin();
        drop(guard);
        // Its keeper has ended, and the request is under way or waits its turn.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        most = most.max(tasks());
    }
    println!("tasks alive: {before} before, {most} at most while {GUARDS} guards were dropped, {} sent", ends.sent());
    assert!(most <= before + 8, "{before} tasks became {most}");
    assert!(ends.sent() <= 16 * 5, "{} requests", ends.sent());
    // Connections have tasks, too.
    until("all are given up", || tasks() <= before + 4).await;
    let sent = ends.sent();
    tokio::time::sleep(LEASE / 4).await;
    assert_eq!(ends.sent(), sent, "what was given up is not sent any more");
    // It is as good as new.
    ends.stop();
    drop(ended(Locks::new(&ends.shop).acquire(Job::new("another"))).await.unwrap());
    let again = Locks::new(&shop).poll(Duration::from_millis(5)).acquire(Job::new("another"));
    assert_eq!(ended(again).await.unwrap().token(), 2);
}

#[tokio::test]
async fn guards_that_are_dropped_at_once_are_all_released() {
    const GUARDS: usize = 100;
    for shop in both::<Shop>(&clock()).await {
        let (under_way, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (now, peak) = (Arc::clone(&under_way), Arc::clone(&most));
        let counted = tapped(&shop, move |operation, body| {
            if operation == "UpdateItem" && !body.contains("owner") {
                peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let now = Arc::clone(&now);
                return Do::Change(Arc::new(move |status, body| {
                    now.fetch_sub(1, Ordering::SeqCst);
                    (status, body)
                }));
            }
            Do::Pass
        });
        let locks = Locks::new(&counted).lease(Duration::from_secs(60));
        let mut guards = Vec::new();
        for number in 0..GUARDS {
            guards.push(locks.acquire(Job::new(&format!("g{number}"))).await.unwrap());
        }
        drop(guards);
        for number in 0..GUARDS {
            let name = format!("g{number}");
            let next = Locks::new(&shop).poll(Duration::from_millis(2)).acquire(Job::new(&name));
            assert_eq!(ended(next).await.unwrap().token(), 2);
        }
        let most = most.load(Ordering::SeqCst);
        assert!((1..=16).contains(&most), "{most} releases at once");
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_the_release_to_the_background() {
    for shop in both::<Shop>(&clock()).await {
        for end in ["release", "retire"] {
            let ends = Ends::new(&shop, [Do::HangBefore], Do::Pass);
            let guard = Locks::new(&ends.shop).acquire(Job::new(end)).await.unwrap();
            ends.begin();
            let going = async { if end == "release" { guard.release().await } else { guard.retire().await } };
            assert!(tokio::time::timeout(Duration::from_millis(100), going).await.is_err());
            let next = Locks::new(&shop).poll(Duration::from_millis(5)).acquire(Job::new(end));
            let next = ended(next).await.unwrap();
            assert_eq!(next.token(), if end == "release" { 2 } else { 1 });
            assert_eq!(ends.sent(), 2);
        }
    }
}

#[tokio::test]
async fn after_a_release_that_hangs_the_same_process_gets_the_lock_again_after_the_lease() {
    for shop in both::<Shop>(&clock()).await {
        // The first releases arrive late, when the next owner has the lock.
        for (name, what) in [("hangs", Do::HangBefore), ("late", Do::Ghost(LEASE * 2))] {
            let ends = Ends::new(&shop, [], what);
            let locks = Locks::new(&ends.shop).lease(LEASE).poll(LEASE / 100);
            let former = locks.acquire(Job::new(name)).await.unwrap();
            let check = former.check();
            ends.begin();
            let error = ended(Box::pin(former.release())).await.unwrap_err();
            assert!(error.is_outcome_unknown(), "{name}: {error}");
            ends.stop();
            let next = ended(locks.acquire(Job::new(name))).await.unwrap();
            assert_eq!(next.token(), 2, "{name}");
            assert!(shop.transact((check,)).await.unwrap_err().is_lock_lost());
            tokio::time::sleep(LEASE * 2).await;
            shop.transact((next.check(),)).await.unwrap();
            next.release().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guard_may_be_dropped_where_no_runtime_is() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let guard = Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap();
    std::thread::spawn(move || drop(guard)).join().unwrap();
    let next = ended(Locks::new(&shop).poll(Duration::from_millis(5)).acquire(Job::new("nightly"))).await.unwrap();
    assert_eq!(next.token(), 2);
}

#[test]
fn a_guard_may_outlive_its_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (engines, first) = (runtime(), runtime());
    let shop = engines.block_on(connect::<Shop>(&clock(), Codec::Wire));
    let hanging = Ends::new(&shop, [], Do::HangBefore);
    // The engine answers while its runtime runs.
    let engine = std::thread::spawn(move || engines.block_on(tokio::time::sleep(Duration::from_secs(5))));
    let locks = Locks::new(&hanging.shop);
    let acquire = |name| first.block_on(async { ended(locks.acquire(Job::new(name))).await.unwrap() });
    let (dropped, released, under_way) = (acquire("dropped"), acquire("released"), acquire("under way"));
    hanging.begin();
    let mut under_way = Box::pin(under_way.release());
    first.block_on(async {
        let brief = tokio::time::timeout(Duration::from_millis(50), under_way.as_mut()).await;
        assert!(brief.is_err());
        // Waits in the background, and is given up with the runtime.
        drop(locks.acquire(Job::new("queued")).await.unwrap());
        tokio::time::sleep(Duration::from_millis(50)).await;
    });
    drop(first);
    drop(dropped);
    let second = runtime();
    let error = second.block_on(ended(Box::pin(released.release()))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable, "nothing was sent: {error}");
    let error = second.block_on(ended(under_way)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error}");
    // Another runtime releases what is dropped in it.
    hanging.stop();
    second.block_on(async {
        drop(locks.acquire(Job::new("second")).await.unwrap());
        let next = Locks::new(&hanging.shop).poll(Duration::from_millis(5)).acquire(Job::new("second"));
        assert_eq!(ended(next).await.unwrap().token(), 2);
    });
    engine.join().unwrap();
}
