//! Runs whose future was dropped at any place, and called again.

use super::faulty::hasty;
use super::lost_positions::{numbers, orders, poller};
use super::model::{Seen, ShopChange, World, note};
use dynamodel::stream::Event;
use dynamodel_tests::tap::{Do, tapped};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

#[tokio::test]
async fn a_run_that_was_dropped_in_its_save_goes_on() {
    // Dropped before the server had it, after it had, and before it gets it at last.
    for what in [Do::HangBefore, Do::HangAfter, Do::SlowBefore(Duration::from_millis(400))] {
        for from_latest in [false, true] {
            // Each of the saves: of the place, and of the consumer's own.
            for hung in 0..4 {
                let world = World::new().await;
                orders(&world, 0..3).await;
                let (puts, stuck) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
                let (what, note_stuck) = (what.clone(), stuck.clone());
                // How much was written when the first look had been taken, which ends with a save.
                let (written, first_look) = (Arc::new(AtomicU32::new(3)), Arc::new(AtomicU32::new(u32::MAX)));
                let (now, looked) = (written.clone(), first_look.clone());
                let shop = tapped(&hasty(&world.shop, 1), move |operation, _| {
                    if operation == "PutItem" {
                        looked.fetch_min(now.load(Ordering::SeqCst), Ordering::SeqCst);
                    }
                    if operation == "PutItem" && puts.fetch_add(1, Ordering::SeqCst) == hung {
                        note_stuck.store(true, Ordering::SeqCst);
                        return what.clone();
                    }
                    Do::Pass
                });
                let (mut one, seen) = (poller(&world, &shop), Seen::default());
                if from_latest {
                    one = one.from_latest();
                }
                let write = async {
                    for id in 3..200 {
                        written.store(id + 1, Ordering::SeqCst);
                        orders(&world, id..id + 1).await;
                        if stuck.load(Ordering::SeqCst) {
                            tokio::time::sleep(Duration::from_millis(30)).await;
                            return id + 1;
                        }
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                    200
                };
                let end = tokio::select! {
                    ended = one.run(note(&seen)) => panic!("{ended:?}"),
                    end = write => end,
                };
                assert!(stuck.load(Ordering::SeqCst));
                orders(&world, end..end + 2).await;
                one.catch_up(note(&seen)).await.unwrap();
                orders(&world, end + 2..end + 4).await;
                one.catch_up(note(&seen)).await.unwrap();
                let mut handed = seen.orders();
                handed.sort_by_key(|id| id.parse::<u32>().unwrap());
                handed.dedup();
                let first = if from_latest { handed[0].parse::<u32>().unwrap() } else { 0 };
                assert!(first <= first_look.load(Ordering::SeqCst), "{handed:?}");
                assert_eq!(handed, numbers(first..end + 4));
            }
        }
    }
}

#[tokio::test]
async fn a_run_that_was_dropped_in_its_handler_goes_on_behind_what_was_handled() {
    let world = World::new().await;
    orders(&world, 0..8).await;
    let (mut one, seen) = (poller(&world, &world.shop), Seen::default());
    for stop_at in [2, 3, 7] {
        let stuck = AtomicBool::new(false);
        let handler = |event: Event<ShopChange>| {
            let last = seen.len() == stop_at;
            if last {
                stuck.store(true, Ordering::SeqCst);
            } else {
                seen.take(event);
            }
            async move {
                if last {
                    std::future::pending::<()>().await;
                }
                Ok::<_, dynamodel::Error>(())
            }
        };
        tokio::select! {
            ended = one.run(handler) => panic!("{ended:?}"),
            () = async { while !stuck.load(Ordering::SeqCst) { tokio::task::yield_now().await; } } => {}
        }
    }
    one.catch_up(note(&seen)).await.unwrap();
    // Nothing is left out, and of what was handled nothing comes again: the poller lives.
    assert_eq!(seen.orders(), numbers(0..8));
}
