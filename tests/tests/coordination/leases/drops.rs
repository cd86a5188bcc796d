//! Guards that are dropped: many at once, while the table hangs, and where no runtime is.

use super::ends::{Ends, LEASE};
use super::hanging::ended;
use super::model::{Job, Shop};
use super::time::until;
use dynamodel::lock::Locks;
use dynamodel::{Codec, ErrorKind};
use dynamodel_tests::tap::{Do, tapped};
use dynamodel_tests::{both, clock, connect};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
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
    for (number, name) in names.iter().enumerate() {
        // Every other one by its own `Locks`.
        let locks = if number % 2 == 0 { locks.clone() } else { Locks::new(&ends.shop).lease(LEASE) };
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
    // Connections have tasks, too, and a busy machine needs more of them.
    assert!(most <= before + 40, "{before} tasks became {most}");
    until("all are given up", || tasks() <= before + 20).await;
    tokio::time::sleep(LEASE).await;
    let sent = ends.sent();
    tokio::time::sleep(LEASE / 2).await;
    assert_eq!(ends.sent(), sent, "what was given up is not sent any more");
    // It is as good as new.
    ends.stop();
    drop(ended(Locks::new(&ends.shop).acquire(Job::new("another"))).await.unwrap());
    let again = Locks::new(&shop).poll_interval(Duration::from_millis(5)).acquire(Job::new("another"));
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
            let next = Locks::new(&shop).poll_interval(Duration::from_millis(2)).acquire(Job::new(&name));
            assert_eq!(ended(next).await.unwrap().token(), 2);
        }
        let most = most.load(Ordering::SeqCst);
        assert!((1..=16).contains(&most), "{most} releases at once");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guard_may_be_dropped_or_released_where_no_runtime_is() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let locks = Locks::new(&shop).poll_interval(Duration::from_millis(5));
    let guard = locks.acquire(Job::new("nightly")).await.unwrap();
    std::thread::spawn(move || drop(guard)).join().unwrap();
    let guard = ended(locks.acquire(Job::new("nightly"))).await.unwrap();
    assert_eq!(guard.token(), 2);

    let released = std::thread::spawn(move || {
        let mut release = std::pin::pin!(guard.release());
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..60_000 {
            if let Poll::Ready(released) = release.as_mut().poll(&mut context) {
                return released;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("it hangs")
    });
    tokio::task::spawn_blocking(move || released.join().unwrap().unwrap()).await.unwrap();
    assert_eq!(ended(locks.acquire(Job::new("nightly"))).await.unwrap().token(), 3);
}

#[test]
fn a_guard_may_outlive_its_runtime() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (engines, first) = (runtime(), runtime());
    let shop = engines.block_on(connect::<Shop>(&clock(), Codec::Wire));
    let hanging = Ends::new(&shop, [], Do::HangBefore);
    // The engine responds while its runtime runs.
    let engine = std::thread::spawn(move || engines.block_on(tokio::time::sleep(Duration::from_secs(30))));
    let locks = Locks::new(&hanging.shop).lease(LEASE);
    let acquire = |name| first.block_on(async { ended(locks.acquire(Job::new(name))).await.unwrap() });
    let (dropped, released, under_way) = (acquire("dropped"), acquire("released"), acquire("under way"));
    let still = acquire("still");
    hanging.begin();
    let mut under_way = Box::pin(under_way.release());
    first.block_on(async {
        let brief = tokio::time::timeout(Duration::from_millis(50), under_way.as_mut()).await;
        assert!(brief.is_err());
        // Waits in the background, and is given up with the runtime.
        drop(locks.acquire(Job::new("queued")).await.unwrap());
        tokio::time::sleep(Duration::from_millis(50)).await;
    });
    // Nobody runs it for a while.
    let second = runtime();
    let error = second.block_on(ended(Box::pin(still.release()))).unwrap_err();
    assert!(error.is_outcome_unknown() && error.to_string().contains("stands still"), "{error}");
    drop(first);
    drop(dropped);
    let error = second.block_on(ended(Box::pin(released.release()))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable, "nothing was sent: {error}");
    let error = second.block_on(ended(under_way)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error}");
    // Another runtime releases what is dropped in it.
    hanging.stop();
    second.block_on(async {
        drop(locks.acquire(Job::new("second")).await.unwrap());
        let next = Locks::new(&hanging.shop).poll_interval(Duration::from_millis(5)).acquire(Job::new("second"));
        assert_eq!(ended(next).await.unwrap().token(), 2);
    });
    drop(engine);
}
