//! A handler that has ended is not begun again because its output could not be stored at once.

use super::{Bank, LEASE, Payment, after_the_lease, begin_of, pay, ran, replayed, stored, until};
use dynamodel::lock::{Attempt, Begun, Idempotency, IdempotencyError, Idempotent, ManualTimer, Outcome, Run, Timer};
use dynamodel::op::Update;
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::{Fault, Faults, Injected};
use dynamodel::{Client, Codec, Entity, Error, ErrorKind, Expiry, RetryPolicy, Table};
use dynamodel_tests::{both, clock, connect};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// A client whose SDK tries once.
pub(super) fn without_retries<T: Table>(client: &Client<T>) -> Client<T> {
    let config = client.sdk().config().to_builder().retry_config(RetryConfig::disabled()).build();
    client.clone().with_sdk(dynamodel::sdk::Client::from_conf(config))
}

fn once(bank: &Client<Bank>) -> Idempotency<Bank> {
    Idempotency::new(bank).lease(LEASE)
}

type Ran = Result<Outcome<String>, IdempotencyError<Infallible>>;

/// Runs a handler in a task of its own; faults begin when it has ended.
fn faults_begin_with_the_output(
    once: Idempotency<Bank>,
    faults: &Faults,
    runs: &Arc<AtomicU32>,
) -> tokio::task::JoinHandle<Ran> {
    faults.stop();
    let (faults, runs) = (faults.clone(), Arc::clone(runs));
    tokio::spawn(async move {
        let handler = || {
            faults.resume();
            pay(&runs)
        };
        once.run(Payment::new("k", 250), handler).await
    })
}

pub(super) fn store_error<A: std::fmt::Debug, X: std::fmt::Debug>(outcome: Result<A, IdempotencyError<X>>) -> Error {
    match outcome {
        Err(IdempotencyError::Store(error)) => error,
        other => panic!("expected the store's error, not {other:?}"),
    }
}

#[tokio::test]
async fn a_store_that_refuses_for_a_while_costs_no_second_run() {
    let troubles = [Fault::Throttle, Fault::CutBefore, Fault::Refused, Fault::ServerError, Fault::TransactionConflict];
    for trouble in troubles {
        for bank in both::<Bank>(&clock()).await {
            let faults = Faults::script(vec![trouble.clone(); 1000]).only("UpdateItem");
            let runs = Arc::new(AtomicU32::new(0));
            let faulty = without_retries(&bank).with_retries(RetryPolicy::ONCE).with_faults(&faults);
            let first = faults_begin_with_the_output(once(&faulty), &faults, &runs);
            let injected = || {
                let Injected { throttled, cut_before, server_errors, conflicts, .. } = faults.injected();
                throttled + cut_before + server_errors + conflicts
            };
            // More tries than a fixed number of them at once would be.
            until("the output was refused six times", || injected() >= 6).await;
            let second = once(&bank).wait_timeout(Duration::ZERO);
            assert!(store_error(second.run(Payment::new("k", 250), || pay(&runs)).await).is_locked());
            faults.stop();
            assert_eq!(first.await.unwrap().unwrap(), ran(1));
            assert_eq!(second.run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), replayed(1));
            assert_eq!((runs.load(Ordering::SeqCst), stored(&bank, "k").await.run.attempts()), (1, 1));
        }
    }
}

#[tokio::test]
async fn a_store_that_refuses_for_a_whole_lease_costs_the_output_and_says_so() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let faults = Faults::seeded(1).throttle(1.0);
    let (timer, runs) = (ManualTimer::new(), Arc::new(AtomicU32::new(0)));
    let faulty = without_retries(&bank).with_faults(&faults);
    let first = faults_begin_with_the_output(once(&faulty).timer(timer.clone()), &faults, &runs);
    until("it gives up", || {
        timer.advance_to_next();
        first.is_finished()
    })
    .await;
    let error = store_error(first.await.unwrap());
    assert!(error.is_throttled() && error.to_string().contains("before the lease ran out"), "{error}");
    assert!(timer.now() >= LEASE);
    // As after a death.
    assert!(stored(&bank, "k").await.run.is_running());
    assert_eq!(after_the_lease(&bank, &runs).await, ran(2));
}

#[tokio::test]
async fn a_store_that_comes_back_before_another_caller_did_gets_the_output() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let faults = Faults::seeded(1).throttle(1.0).only("UpdateItem");
    let (timer, runs) = (ManualTimer::new(), Arc::new(AtomicU32::new(0)));
    let faulty = without_retries(&bank).with_faults(&faults);
    let first = faults_begin_with_the_output(once(&faulty).timer(timer.clone()), &faults, &runs);
    until("it has the key again", || {
        timer.advance_to_next();
        if timer.now() > LEASE {
            faults.stop();
        }
        first.is_finished()
    })
    .await;
    assert_eq!(first.await.unwrap().unwrap(), ran(1));
    assert_eq!(once(&bank).run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), replayed(1));
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_output_that_hangs_is_sent_again() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let faults = Faults::script([Fault::Slow(Duration::from_secs(3600))]).only("UpdateItem");
    let (timer, runs) = (ManualTimer::new(), Arc::new(AtomicU32::new(0)));
    let faulty = bank.clone().with_faults(&faults);
    let first = faults_begin_with_the_output(once(&faulty).timer(timer.clone()), &faults, &runs);
    until("the output hangs", || faults.injected().slowed == 1).await;
    until("it is sent again", || {
        // The one that hangs, a renewal, and the output once more: then nobody waits for the timer.
        if faults.requests_of("UpdateItem") < 3 {
            timer.advance_to_next();
        }
        first.is_finished()
    })
    .await;
    assert_eq!(first.await.unwrap().unwrap(), ran(1));
    assert!(timer.now() < LEASE);
    assert_eq!(once(&bank).run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), replayed(1));
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_the_output() {
    for trouble in [Fault::Slow(Duration::from_millis(100)), Fault::CutBefore] {
        for bank in both::<Bank>(&clock()).await {
            let faults = Faults::script(vec![trouble.clone()]).only("UpdateItem");
            let runs = Arc::new(AtomicU32::new(0));
            let faulty = without_retries(&bank).with_faults(&faults);
            let first = faults_begin_with_the_output(once(&faulty), &faults, &runs);
            until("the output is under way", || faults.injected().slowed + faults.injected().cut_before == 1).await;
            first.abort();
            assert!(first.await.unwrap_err().is_cancelled());
            assert_eq!(once(&bank).run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), replayed(1));
            assert_eq!(runs.load(Ordering::SeqCst), 1);
        }
    }
}

#[tokio::test]
async fn a_handler_that_panics_releases_the_key() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let panicking = once(&bank);
    let task = tokio::spawn(async move {
        let handler = || async { std::panic::resume_unwind(Box::new("no funds")) };
        panicking.run::<Payment, _, _, Infallible>(Payment::new("k", 250), handler).await
    });
    assert!(task.await.unwrap_err().is_panic());
    let runs = AtomicU32::new(0);
    assert_eq!(once(&bank).run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), ran(1));
}

#[tokio::test]
async fn a_handlers_error_counts_also_where_the_key_cannot_be_released() {
    for bank in both::<Bank>(&clock()).await {
        let faults = Faults::script([Fault::error(400, "AccessDeniedException")]).only("UpdateItem");
        faults.stop();
        let faulty = bank.clone().with_faults(&faults);
        let fail = || async {
            faults.resume();
            Err::<String, _>("no funds")
        };
        let failed = once(&faulty).run(Payment::new("k", 250), fail).await.unwrap_err();
        assert!(matches!(failed, IdempotencyError::Handler("no funds")), "{failed:?}");
        assert_eq!(faults.injected().responses, 1);
        assert!(stored(&bank, "k").await.run.is_running());
        let runs = Arc::new(AtomicU32::new(0));
        assert_eq!(after_the_lease(&bank, &runs).await, ran(1));
    }
}

#[tokio::test]
async fn an_output_that_is_too_large_is_an_error_that_says_so_and_keeps_the_key_for_a_lease() {
    for bank in both::<Bank>(&clock()).await {
        let runs = Arc::new(AtomicU32::new(0));
        let large = || async {
            pay(&runs).await?;
            Ok::<_, Infallible>("x".repeat(500_000))
        };
        let error = store_error(once(&bank).run(Payment::new("k", 250), large).await);
        assert_eq!(
            (error.kind(), error.entity(), error.key()),
            (ErrorKind::ItemTooLarge, Some("Payment"), Some("PAYMENT#k / ONCE"))
        );
        let text = error.to_string();
        assert!(
            text.contains("its output cannot be stored") && text.contains("keep the large part elsewhere"),
            "{text}"
        );
        let second = once(&bank).wait_timeout(Duration::ZERO).run(Payment::new("k", 250), || pay(&runs)).await;
        assert!(store_error(second).is_locked());
        assert_eq!(runs.load(Ordering::SeqCst), 1);
        assert_eq!(after_the_lease(&bank, &runs).await, ran(2));
    }
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Reading))]
struct Meter;

/// Its output is not stored by a write that could be sent again blindly, and not every one can be stored.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Meter, pk = "READING#{request}")]
struct Reading {
    request: String,
    outputs: u32,
    value: Option<f64>,
    #[dynamo(version)]
    run: Run,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

impl Reading {
    fn new(request: &str) -> Self {
        Self { request: request.to_owned(), outputs: 0, value: None, run: Run::default(), until: None }
    }
}

impl Idempotent for Reading {
    type Output = f64;

    fn output(&self) -> Option<f64> {
        self.value
    }

    fn store<V>(update: Update<Self, V>, output: &f64) -> Update<Self, V> {
        update.set(|r| r.value, Some(*output)).add(|r| r.outputs, 1)
    }
}

#[tokio::test]
async fn an_output_that_must_not_be_stored_twice_is_stored_once() {
    for fault in [Fault::CutBefore, Fault::CutAfter, Fault::ServerErrorAfter, Fault::TimeoutAfter] {
        for meter in both::<Meter>(&clock()).await {
            for times in [1, 6] {
                let faults = Faults::script(vec![fault.clone(); times]).only("UpdateItem");
                faults.stop();
                let (once, request) = (Idempotency::new(&meter.clone().with_faults(&faults)), format!("k{times}"));
                let runs = AtomicU32::new(0);
                let read = || async {
                    runs.fetch_add(1, Ordering::SeqCst);
                    faults.resume();
                    Ok::<_, Infallible>(1.5)
                };
                assert_eq!(once.run(Reading::new(&request), read).await.unwrap(), Outcome::Ran(1.5), "{fault:?}");
                assert_eq!(once.run(Reading::new(&request), read).await.unwrap(), Outcome::Replayed(1.5), "{fault:?}");
                let there = meter.get(Reading::key(&request)).consistent().await.unwrap().unwrap();
                assert_eq!((runs.load(Ordering::SeqCst), there.outputs), (1, 1), "{fault:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_output_that_cannot_be_written_names_its_attribute_and_is_not_sent() {
    for meter in both::<Meter>(&clock()).await {
        let sent = Faults::seeded(1);
        let once = Idempotency::new(&meter.clone().with_faults(&sent));
        let read = || async { Ok::<_, Infallible>(f64::NAN) };
        let error = store_error(once.run(Reading::new("k"), read).await);
        assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidValue, Some("value")), "{error}");
        assert!(error.to_string().contains("its output cannot be stored"), "{error}");
        let record = meter.get(Reading::key("k")).consistent().await.unwrap().unwrap();
        assert!(record.run.is_running());
    }
}

/// A lease for which a busy machine does not pass, whoever has it.
const LONG: Duration = Duration::from_secs(3600);

/// Takes the key from an owner that still relies on it, as if that owner had been paused for a lease.
async fn overtake(bank: &Client<Bank>) -> Attempt<Payment, Bank> {
    let timer = ManualTimer::new();
    let second = Idempotency::new(bank).lease(LONG).wait_timeout(Duration::ZERO).timer(timer.clone());
    assert!(second.begin(Payment::new("k", 250)).await.unwrap_err().is_locked());
    timer.advance(LONG);
    let Begun::Acquired(attempt) = second.begin(Payment::new("k", 250)).await.unwrap() else {
        panic!("there is an output")
    };
    attempt
}

#[tokio::test]
async fn paused_while_another_one_runs_it_waits_for_what_becomes_of_them() {
    for outputs in [true, false] {
        for bank in both::<Bank>(&clock()).await {
            let runs = Arc::new(AtomicU32::new(0));
            let (overtaken, mut other) = tokio::sync::mpsc::channel(1);
            let (first, counted) = (bank.clone(), Arc::clone(&runs));
            let first = tokio::spawn(async move {
                let once = Idempotency::new(&first).lease(LONG);
                let handler = || async {
                    overtaken.send(overtake(&first).await).await.unwrap();
                    pay(&counted).await
                };
                once.run(Payment::new("k", 250), handler).await
            });
            let other = other.recv().await.unwrap();
            until("the handler has ended", || runs.load(Ordering::SeqCst) == 1).await;
            if outputs {
                other.finish(&"theirs".to_owned()).await.unwrap();
                other.done();
                assert_eq!(first.await.unwrap().unwrap(), Outcome::Replayed("theirs".to_owned()));
            } else {
                // They failed: the output that is there counts, and nobody runs a third time.
                other.release().await.unwrap();
                assert_eq!(first.await.unwrap().unwrap(), ran(1));
                assert_eq!(stored(&bank, "k").await.receipt.as_deref(), Some("receipt 1"));
            }
        }
    }
}

#[tokio::test]
async fn paused_while_another_one_runs_for_too_long_it_says_so() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let (runs, other) = (AtomicU32::new(0), std::sync::Mutex::new(None));
    let once = Idempotency::new(&bank).lease(LONG).wait_timeout(Duration::ZERO);
    let outcome = once.run(Payment::new("k", 250), || async {
        let attempt = overtake(&bank).await;
        *other.lock().unwrap() = Some(attempt);
        pay(&runs).await
    });
    let error = store_error(outcome.await);
    assert!(error.is_lock_lost(), "{error}");
    // The other one still has the key.
    let other = other.into_inner().unwrap().unwrap();
    other.finish(&"theirs".to_owned()).await.unwrap();
    other.done();
    assert!(matches!(begin_of(&bank, "k").await, Begun::Replayed(output) if output == "theirs"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn among_faults_every_handler_ends_once_and_all_are_given_its_output() {
    const KEYS: usize = 6;
    const CALLERS: usize = 4;
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let faults = Faults::seeded(11)
        .cut_after(0.1)
        .cut_before(0.1)
        .fail_500(0.1)
        .throttle(0.15)
        .time_out(0.05)
        .transaction_conflict(0.1);
    let faulty = without_retries(&bank).with_faults(&faults);
    let runs: Arc<[AtomicU32]> = (0..KEYS).map(|_| AtomicU32::new(0)).collect();
    let tasks: Vec<_> = (0..KEYS * CALLERS)
        .map(|caller| {
            let (faulty, runs) = (faulty.clone(), Arc::clone(&runs));
            tokio::spawn(async move {
                // A taking whose outcome never became known is waited for.
                let once = Idempotency::new(&faulty).lease(Duration::from_secs(4));
                let (key, mut told) = (caller % KEYS, 0);
                loop {
                    let ran_here = AtomicBool::new(false);
                    let handler = || {
                        ran_here.store(true, Ordering::SeqCst);
                        pay(&runs[key])
                    };
                    match once.run(Payment::new(&format!("k{key}"), 250), handler).await {
                        Ok(outcome) => {
                            told += u32::from(matches!(outcome, Outcome::Ran(_)));
                            assert_eq!(outcome.into_output(), "receipt 1");
                            return told;
                        }
                        Err(IdempotencyError::Store(error)) => {
                            assert!(
                                error.is_throttled()
                                    || error.is_outcome_unknown()
                                    || error.is_lock_lost()
                                    || matches!(error.kind(), ErrorKind::Unavailable | ErrorKind::Contention),
                                "{error:?}"
                            );
                            // On a busy machine the lease may run out before it is known that the output is stored.
                            told += u32::from(ran_here.into_inner());
                        }
                        Err(IdempotencyError::Handler(never)) => match never {},
                    }
                }
            })
        })
        .collect();
    let mut told = 0;
    for task in tasks {
        told += task.await.unwrap();
    }
    let injected = faults.injected();
    assert!(injected.lost > 0 && injected.throttled > 0 && injected.cut_before > 0, "{injected:?}");
    assert_eq!(runs.iter().map(|runs| runs.load(Ordering::SeqCst)).collect::<Vec<_>>(), [1; KEYS]);
    assert_eq!(told as usize, KEYS, "whoever ran it is told so, or that it is unknown");
}
