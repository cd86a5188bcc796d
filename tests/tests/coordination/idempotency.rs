//! Idempotency keys: a handler runs once for a key, whenever its process dies.

mod hanging;
mod outputs;
mod records;
mod storm;

use dynamodel::lock::{Begun, Idempotency, IdempotencyError, Idempotent, ManualTimer, Outcome, Run, Timer};
use dynamodel::op::Update;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, Codec, Entity, ErrorKind, Expiry, Table};
use dynamodel_tests::{both, clock, connect};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(20);

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Payment, Account))]
struct Bank;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Bank, pk = "PAYMENT#{request}", sk = "ONCE")]
struct Payment {
    request: String,
    cents: u64,
    receipt: Option<String>,
    #[dynamo(version)]
    run: Run,
    #[dynamo(ttl)]
    expires_at: Option<Expiry>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Bank, pk = "ACCOUNT#{name}", sk = "ACCOUNT")]
struct Account {
    name: String,
    cents: u64,
}

impl Payment {
    fn new(request: &str, cents: u64) -> Self {
        Self { request: request.to_owned(), cents, receipt: None, run: Run::default(), expires_at: None }
    }
}

impl Idempotent for Payment {
    type Output = String;

    fn output(&self) -> Option<String> {
        self.receipt.clone()
    }

    fn store<V>(update: Update<Self, V>, output: &String) -> Update<Self, V> {
        update.set(|p| p.receipt, Some(output.clone()))
    }

    fn is_same(&self, request: &Self) -> bool {
        self.cents == request.cents
    }
}

/// A handler that counts how often it ran.
fn pay(runs: &AtomicU32) -> impl Future<Output = Result<String, Infallible>> + use<> {
    let run = runs.fetch_add(1, Ordering::SeqCst) + 1;
    std::future::ready(Ok(format!("receipt {run}")))
}

async fn stored(bank: &Client<Bank>, request: &str) -> Payment {
    bank.get(Payment::key(request)).consistent().include_expired().await.unwrap().unwrap()
}

fn ran(number: u32) -> Outcome<String> {
    Outcome::Ran(format!("receipt {number}"))
}

fn replayed(number: u32) -> Outcome<String> {
    Outcome::Replayed(format!("receipt {number}"))
}

#[tokio::test]
async fn a_handler_runs_once_and_its_output_is_replayed_until_it_expires() {
    let clock = clock();
    for bank in both::<Bank>(&clock).await {
        let (once, runs) = (Idempotency::new(&bank).keep_for(Duration::from_secs(60)), AtomicU32::new(0));
        let call = || once.run(Payment::new("k", 250), || pay(&runs));
        assert_eq!(call().await.unwrap(), ran(1));
        for _ in 0..3 {
            assert_eq!(call().await.unwrap(), replayed(1));
        }
        let record = stored(&bank, "k").await;
        assert_eq!((record.run.attempts(), record.run.is_running()), (1, false));
        assert_eq!(record.expires_at.map(Expiry::epoch_seconds), Some(clock.epoch_seconds() + 60));
        clock.advance(Duration::from_secs(60));
        assert_eq!(call().await.unwrap(), ran(2));
        assert_eq!(call().await.unwrap(), replayed(2));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_come_at_once_one_runs_it_and_all_get_its_output() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let runs = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (bank, runs) = (bank.clone(), Arc::clone(&runs));
            tokio::spawn(async move {
                let slow = || async {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    pay(&runs).await
                };
                Idempotency::new(&bank).lease(LEASE).run(Payment::new("k", 250), slow).await.unwrap()
            })
        })
        .collect();
    let mut ran = 0;
    for task in tasks {
        let outcome = task.await.unwrap();
        ran += u32::from(matches!(outcome, Outcome::Ran(_)));
        assert_eq!(outcome.into_output(), "receipt 1");
    }
    assert_eq!((ran, runs.load(Ordering::SeqCst)), (1, 1));
}

#[tokio::test]
async fn a_handler_that_fails_leaves_no_output_and_the_next_one_runs_at_once() {
    for bank in both::<Bank>(&clock()).await {
        let (once, runs) = (Idempotency::new(&bank), AtomicU32::new(0));
        let failed = once.run(Payment::new("k", 250), || async { Err::<String, _>("no funds") }).await.unwrap_err();
        assert!(matches!(failed, IdempotencyError::Handler("no funds")));
        assert!(!stored(&bank, "k").await.run.is_running());
        assert_eq!(once.run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), ran(1));
        assert_eq!(stored(&bank, "k").await.run.attempts(), 2);
    }
}

#[tokio::test]
async fn a_key_is_for_one_request() {
    for bank in both::<Bank>(&clock()).await {
        let (once, runs) = (Idempotency::new(&bank), AtomicU32::new(0));
        once.run(Payment::new("k", 250), || pay(&runs)).await.unwrap();
        // The handler has no error of its own.
        let IdempotencyError::Store(error) = once.run(Payment::new("k", 999), || pay(&runs)).await.unwrap_err();
        assert_eq!((error.kind(), error.entity()), (ErrorKind::InvalidRequest, Some("Payment")));
        assert!(error.to_string().contains("used for another request"), "{error}");
        // Also when the first one never came to an output.
        let failed = once.run(Payment::new("l", 250), || async { Err::<String, _>("no funds") }).await;
        assert!(failed.is_err());
        assert!(matches!(once.run(Payment::new("l", 999), || pay(&runs)).await, Err(IdempotencyError::Store(_))));
        assert_eq!(once.run(Payment::new("l", 250), || pay(&runs)).await.unwrap(), ran(2));
    }
}

#[tokio::test]
async fn who_does_not_want_to_wait_any_longer_is_told_that_it_runs() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let Begun::Acquired(attempt) = Idempotency::new(&bank).owner("desk").begin(Payment::new("k", 250)).await.unwrap()
    else {
        panic!("there is an output")
    };
    let impatient = Idempotency::new(&bank).wait_timeout(Duration::ZERO);
    let Err(IdempotencyError::Store(error)) = impatient.run(Payment::new("k", 250), || pay(&AtomicU32::new(0))).await
    else {
        panic!("two run")
    };
    assert!(error.is_locked() && error.to_string().contains("held by `desk`"), "{error}");
    assert!(stored(&bank, "k").await.run.is_running());
    drop(attempt);
}

/// What becomes of a key whose process died: the next one takes it over once the lease has run out.
async fn after_the_lease(bank: &Client<Bank>, runs: &Arc<AtomicU32>) -> Outcome<String> {
    let timer = ManualTimer::new();
    let (bank, counted) = (bank.clone(), Arc::clone(runs));
    let once = Idempotency::new(&bank).lease(LEASE).timer(timer.clone());
    let begun = Arc::new(AtomicBool::new(false));
    let begins = Arc::clone(&begun);
    let task = tokio::spawn(async move {
        let handler = || {
            begins.store(true, Ordering::SeqCst);
            pay(&counted)
        };
        once.run(Payment::new("k", 250), handler).await.unwrap()
    });
    for _ in 0..60_000 {
        if task.is_finished() || begun.load(Ordering::SeqCst) {
            break;
        }
        // Only the waiter goes by this timer, until it has the key: then its keeper does, who sleeps longer.
        if timer.sleepers() == 1 {
            timer.advance_to_next();
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(timer.now() <= LEASE, "it took longer than a lease: {:?}", timer.now());
    task.await.unwrap()
}

async fn begin(bank: &Client<Bank>) -> dynamodel::lock::Attempt<Payment, Bank> {
    let Begun::Acquired(attempt) = begin_of(bank, "k").await else { panic!("there is an output") };
    attempt
}

async fn begin_of(bank: &Client<Bank>, request: &str) -> Begun<Payment, Bank> {
    // Its timer stands still, as if it were paused: it renews nothing.
    let once = Idempotency::new(bank).lease(LEASE).timer(ManualTimer::new());
    once.begin(Payment::new(request, 250)).await.unwrap()
}

#[tokio::test]
async fn a_record_that_nobody_holds_is_taken_at_once() {
    for bank in both::<Bank>(&clock()).await {
        bank.create(&Payment::new("k", 250)).await.unwrap();
        let runs = AtomicU32::new(0);
        assert_eq!(Idempotency::new(&bank).run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), ran(1));
        assert_eq!(stored(&bank, "k").await.run.attempts(), 1);
    }
}

#[tokio::test]
async fn died_in_the_handler() {
    for bank in both::<Bank>(&clock()).await {
        let runs = Arc::new(AtomicU32::new(0));
        begin(&bank).await.done(); // nothing more is sent, as of a dead one
        assert_eq!(after_the_lease(&bank, &runs).await, ran(1));
        assert_eq!(stored(&bank, "k").await.run.attempts(), 2);
    }
}

#[tokio::test]
async fn died_after_the_work_and_before_the_output_was_kept() {
    for bank in both::<Bank>(&clock()).await {
        let runs = Arc::new(AtomicU32::new(0));
        let attempt = begin(&bank).await;
        // By itself the work is done twice: what must not be goes into one transaction with the output.
        assert_eq!(pay(&runs).await.unwrap(), "receipt 1");
        attempt.done();
        assert_eq!(after_the_lease(&bank, &runs).await, ran(2));
    }
}

#[tokio::test]
async fn work_in_one_transaction_with_its_output_is_done_once_wherever_one_dies() {
    for bank in both::<Bank>(&clock()).await {
        bank.create(&Account { name: "ada".into(), cents: 1000 }).await.unwrap();
        let booked = || Update::new(Account::key("ada")).set_to(|a| a.cents, |a| a.cents.minus(250));
        let runs = Arc::new(AtomicU32::new(0));

        // Before the transaction: nothing was done, and another one does it.
        begin(&bank).await.done();
        let timer = ManualTimer::new();
        let second = Idempotency::new(&bank).lease(LEASE).wait_timeout(Duration::ZERO).timer(timer.clone());
        assert!(second.begin(Payment::new("k", 250)).await.unwrap_err().is_locked());
        timer.advance(LEASE);
        let Begun::Acquired(attempt) = second.begin(Payment::new("k", 250)).await.unwrap() else {
            panic!("no output yet")
        };
        assert_eq!(attempt.number(), 2);

        // In the middle of it, with the response lost: DynamoDB recognizes the transaction.
        let faults = Faults::script([Fault::CutAfter]).only("TransactWriteItems");
        let faulty = bank.clone().with_faults(&faults);
        faulty.transact((booked(), attempt.finish(&"booked".to_owned()))).await.unwrap();
        assert_eq!(faults.injected().lost, 1);

        // After it, before anybody was told.
        attempt.done();
        assert_eq!(after_the_lease(&bank, &runs).await, Outcome::Replayed("booked".to_owned()));
        let account = bank.get(Account::key("ada")).consistent().await.unwrap().unwrap();
        assert_eq!((account.cents, runs.load(Ordering::SeqCst)), (750, 0));
    }
}

#[tokio::test]
async fn paused_until_another_one_has_finished() {
    for bank in both::<Bank>(&clock()).await {
        bank.create(&Account { name: "ada".into(), cents: 1000 }).await.unwrap();
        let runs = Arc::new(AtomicU32::new(0));
        let paused = begin(&bank).await;
        assert_eq!(after_the_lease(&bank, &runs).await, ran(1));

        // It wakes up, and neither its work nor its output counts.
        let booked = Update::new(Account::key("ada")).set(|a| a.cents, 0);
        let late = bank.transact((booked, paused.finish(&"late".to_owned()))).await.unwrap_err();
        assert!(late.is_condition_failed(), "{late}");
        assert!(bank.transact((paused.check(),)).await.unwrap_err().is_lock_lost());
        assert!(paused.release().await.unwrap_err().is_lock_lost());
        assert_eq!(stored(&bank, "k").await.receipt.as_deref(), Some("receipt 1"));
        assert_eq!(bank.get(Account::key("ada")).consistent().await.unwrap().unwrap().cents, 1000);
    }
}

#[tokio::test]
async fn paused_in_the_handler_while_another_one_stores_an_output_returns_that_output() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let runs = Arc::new(AtomicU32::new(0));
    let once = Idempotency::new(&bank).lease(LEASE).timer(ManualTimer::new());
    let outcome = once.run(Payment::new("k", 250), || async {
        assert_eq!(after_the_lease(&bank, &runs).await, ran(1));
        pay(&runs).await
    });
    assert_eq!(outcome.await.unwrap(), replayed(1), "everybody is given one output");
    assert_eq!(runs.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn the_output_was_stored_and_its_response_lost() {
    for fault in [Fault::CutAfter, Fault::ServerErrorAfter, Fault::TimeoutAfter] {
        for bank in both::<Bank>(&clock()).await {
            // The record, and the output: the response to each is lost.
            for script in [vec![fault.clone()], vec![Fault::None, fault.clone()]] {
                let request = format!("k{}", script.len());
                let faults = Faults::script(script);
                let faulty = bank.clone().with_faults(&faults.clone().only("PutItem").only("UpdateItem"));
                let runs = AtomicU32::new(0);
                let outcome = Idempotency::new(&faulty).run(Payment::new(&request, 250), || pay(&runs)).await.unwrap();
                assert_eq!(outcome, ran(1));
                assert_eq!(faults.injected().lost, 1, "{fault:?}");
                assert_eq!(
                    Idempotency::new(&bank).run(Payment::new(&request, 250), || pay(&runs)).await.unwrap(),
                    replayed(1)
                );
                assert_eq!(stored(&bank, &request).await.run.attempts(), 1);
            }
        }
    }
}

#[tokio::test]
async fn given_up_half_way_releases_the_key() {
    let bank = connect::<Bank>(&clock(), Codec::Wire).await;
    let once = Idempotency::new(&bank);
    let hanging = once.run(Payment::new("k", 250), std::future::pending::<Result<String, Infallible>>);
    assert!(tokio::time::timeout(Duration::from_millis(200), hanging).await.is_err());
    let runs = AtomicU32::new(0);
    // It waits for the release in the background, not for the lease.
    assert_eq!(once.run(Payment::new("k", 250), || pay(&runs)).await.unwrap(), ran(1));
}

/// Waits until something holds. What never comes fails the test.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    until_then(what, async || holds()).await;
}

async fn until_then(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..30_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("it never came to this: {what}");
}
