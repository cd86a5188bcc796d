//! Requests that hang: before the handler begins, while its output is stored, and when the key is released.

use super::outputs::{store_error, without_retries};
use super::{Bank, Payment, pay, ran, replayed, stored, until};
use dynamodel::lock::{Begun, Idempotency, IdempotencyError, Outcome};
use dynamodel::{Client, Codec, ErrorKind};
use dynamodel_tests::tap::{Do, error_body, tapped};
use dynamodel_tests::{both, clock, connect};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(2);

/// A client some of whose requests meet this, once it is switched on.
struct Met {
    bank: Client<Bank>,
    on: Arc<AtomicBool>,
    count: Arc<AtomicUsize>,
}

impl Met {
    /// Those that are chosen by operation and body; what becomes of each is told by its number.
    fn new(
        bank: &Client<Bank>,
        chosen: impl Fn(&str, &str) -> bool + Send + Sync + 'static,
        what: impl Fn(usize) -> Do + Send + Sync + 'static,
    ) -> Self {
        let (on, met) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (switch, count) = (Arc::clone(&on), Arc::clone(&met));
        let bank = tapped(&without_retries(bank), move |operation, body| {
            if switch.load(Ordering::SeqCst) && chosen(operation, body) {
                what(count.fetch_add(1, Ordering::SeqCst))
            } else {
                Do::Pass
            }
        });
        Self { bank, on, count: met }
    }

    fn updates(bank: &Client<Bank>, what: impl Fn(usize) -> Do + Send + Sync + 'static) -> Self {
        Self::new(bank, |operation, _| operation == "UpdateItem", what)
    }

    fn begin(&self) {
        self.on.store(true, Ordering::SeqCst);
    }

    fn stop(&self) {
        self.on.store(false, Ordering::SeqCst);
    }

    fn met(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

/// Whatever comes of it, it ends.
async fn ended<O>(task: impl Future<Output = O>) -> O {
    tokio::time::timeout(Duration::from_secs(120), Box::pin(task)).await.expect("it hangs")
}

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

#[tokio::test]
async fn a_handlers_error_does_not_wait_for_a_key_that_cannot_be_given_back() {
    for bank in both::<Bank>(&clock()).await {
        let met = Met::updates(&bank, |_| Do::HangBefore);
        let once = Idempotency::new(&met.bank).lease(LEASE);
        let before = tasks();
        for number in 0..16 {
            met.stop();
            let fail = || async {
                met.begin();
                Err::<String, _>("no funds")
            };
            let failed = ended(once.run(Payment::new(&format!("k{number}"), 250), fail)).await.unwrap_err();
            assert!(matches!(failed, IdempotencyError::Handler("no funds")), "{failed:?}");
        }
        // Connections have tasks, too.
        assert!(tasks() <= before + 12, "{before} tasks became {}", tasks());
        assert!(stored(&bank, "k15").await.run.is_running());
        until("all is given up", || tasks() <= before + 12).await;
        assert!((16..=16 * 4).contains(&met.met()), "{}", met.met());
        met.stop();
        let runs = AtomicU32::new(0);
        assert_eq!(ended(once.run(Payment::new("k0", 250), || pay(&runs))).await.unwrap(), ran(1));
    }
}

#[tokio::test]
async fn a_key_whose_first_return_hangs_is_given_back_in_the_background() {
    for bank in both::<Bank>(&clock()).await {
        let met = Met::updates(&bank, |number| if number == 0 { Do::HangBefore } else { Do::Pass });
        // Nobody waits for an hour here: it is given back.
        let once = Idempotency::new(&met.bank).lease(Duration::from_secs(3600)).wait_timeout(Duration::from_secs(100));
        let Begun::Acquired(attempt) = once.begin(Payment::new("k", 250)).await.unwrap() else { panic!("replayed") };
        met.begin();
        drop(attempt);
        let runs = AtomicU32::new(0);
        assert_eq!(ended(Idempotency::new(&bank).run(Payment::new("k", 250), || pay(&runs))).await.unwrap(), ran(1));
    }
}

#[tokio::test]
async fn keys_that_are_dropped_while_the_table_hangs_share_one_task() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let met = Met::updates(&bank, |_| Do::HangBefore);
    let (before, mut most) = (tasks(), 0);
    for number in 0..50 {
        met.stop();
        let once = Idempotency::new(&met.bank).lease(LEASE);
        let begun = ended(once.begin(Payment::new(&format!("k{number}"), 250))).await.unwrap();
        met.begin();
        drop(begun);
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        most = most.max(tasks());
    }
    println!("tasks alive: {before} before, {most} at most while 50 keys were dropped, {} requests", met.met());
    assert!(most <= before + 24, "{before} tasks became {most}");
    until("all are given up", || tasks() <= before + 12).await;
}

#[tokio::test]
async fn what_hangs_before_the_handler_begins_ends_with_the_patience() {
    for bank in both::<Bank>(&clock()).await {
        for (operation, kind) in [("GetItem", ErrorKind::Unavailable), ("PutItem", ErrorKind::OutcomeUnknown)] {
            let met = Met::new(&bank, move |sent, _| sent == operation, |_| Do::HangBefore);
            met.begin();
            let (once, runs) = (Idempotency::new(&met.bank).wait_timeout(LEASE), AtomicU32::new(0));
            let error = store_error(ended(once.run(Payment::new(operation, 250), || pay(&runs))).await);
            assert_eq!((error.kind(), runs.load(Ordering::SeqCst)), (kind, 0), "{error}");
        }
        // A request that hangs holds nobody up who has time.
        let met =
            Met::new(&bank, |sent, _| sent == "GetItem", |number| if number == 0 { Do::HangBefore } else { Do::Pass });
        let (once, runs) = (Idempotency::new(&met.bank).lease(LEASE), AtomicU32::new(0));
        for outcome in [ran(1), replayed(1)] {
            met.begin();
            met.count.store(0, Ordering::SeqCst);
            assert_eq!(ended(once.run(Payment::new("k", 250), || pay(&runs))).await.unwrap(), outcome);
        }
    }
}

#[tokio::test]
async fn an_output_that_hangs_for_a_whole_lease_is_reported_as_unknown() {
    for bank in both::<Bank>(&clock()).await {
        // The later ones are refused for certain, and the first one may arrive all the same.
        for (request, later) in [("hangs", Do::HangBefore), ("throttled", throttled())] {
            let met = Met::updates(&bank, move |number| if number == 0 { Do::HangBefore } else { later.clone() });
            let once = Idempotency::new(&met.bank).lease(LEASE).wait_timeout(Duration::ZERO);
            let runs = AtomicU32::new(0);
            let handler = || {
                met.begin();
                pay(&runs)
            };
            let error = store_error(ended(once.run(Payment::new(request, 250), handler)).await);
            assert!(error.is_outcome_unknown(), "{error:?}");
            assert!(error.to_string().contains("could not be stored before the lease ran out"), "{error}");
        }
    }
}

fn throttled() -> Do {
    Do::Respond(400, error_body("ProvisionedThroughputExceededException", "slow down"))
}

#[tokio::test]
async fn an_output_that_hangs_while_the_lease_is_renewed_is_given_up_when_it_would_not_be_kept_any_more() {
    for bank in both::<Bank>(&clock()).await {
        let met = Met::new(&bank, |_, body| body.contains("receipt 1"), |_| Do::HangBefore);
        met.begin();
        let once = Idempotency::new(&met.bank).lease(LEASE).keep_for(LEASE * 2);
        let (before, runs) = (tasks(), AtomicU32::new(0));
        let error = store_error(ended(once.run(Payment::new("k", 250), || pay(&runs))).await);
        assert!(error.is_outcome_unknown(), "{error:?}");
        assert!(error.to_string().contains("for as long as it would be kept"), "{error}");
        until("nothing is left of it", || tasks() <= before + 12).await;
    }
}

#[tokio::test]
async fn the_caller_of_an_output_that_hangs_may_go_away_at_any_time() {
    for bank in both::<Bank>(&clock()).await {
        let hangs = Met::updates(&bank, |number| if number == 0 { Do::HangAfter } else { Do::Pass });
        let runs = Arc::new(AtomicU32::new(0));
        let seen = Arc::new(Mutex::new(Vec::new()));
        for pause in [0, 5, 20, 80, 400] {
            let request = format!("k{pause}");
            hangs.count.store(0, Ordering::SeqCst);
            hangs.begin();
            let once = Idempotency::new(&hangs.bank).lease(LEASE);
            let call = once.run(Payment::new(&request, 250), || pay(&runs));
            let _ = tokio::time::timeout(Duration::from_millis(pause), Box::pin(call)).await;
            hangs.stop();
            let earlier = runs.load(Ordering::SeqCst);
            let outcome = ended(Idempotency::new(&bank).run(Payment::new(&request, 250), || pay(&runs))).await.unwrap();
            // Where the handler ended, its output is there; where it did not, it runs now.
            let now = runs.load(Ordering::SeqCst);
            assert_eq!(matches!(outcome, Outcome::Ran(_)), now > earlier, "{outcome:?}");
            seen.lock().unwrap().push(outcome.into_output());
        }
        let seen = seen.lock().unwrap().clone();
        assert_eq!(seen, (1..=5).map(|run| format!("receipt {run}")).collect::<Vec<_>>(), "none ran twice");
    }
}
