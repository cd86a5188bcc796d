//! How long records live, and what a misused key does to them.

use super::outputs::without_retries;
use super::{Bank, LEASE, Payment, begin_of, pay, ran, stored, until, until_then};
use dynamodel::lock::{Begun, Idempotency, Idempotent, ManualTimer, Outcome, Run};
use dynamodel::op::Update;
use dynamodel::testing::{Fault, Faults, Injected};
use dynamodel::{Entity, ErrorKind, Expiry, RetryPolicy, Table};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[tokio::test]
async fn a_misused_key_is_refused_at_once_and_without_a_write() {
    for bank in both::<Bank>(&clock()).await {
        let (once, runs) = (Idempotency::new(&bank), AtomicU32::new(0));
        once.run(Payment::new("done", 250), || pay(&runs)).await.unwrap();
        once.run(Payment::new("failed", 250), || async { Err::<String, _>("no funds") }).await.unwrap_err();
        let Begun::Acquired(running) = once.begin(Payment::new("running", 250)).await.unwrap() else {
            panic!("replayed")
        };
        let Begun::Acquired(dead) = begin_of(&bank, "dead").await else { panic!("replayed") };
        dead.done();

        // A timer that nobody moves: whoever waited would wait for ever.
        let seen = Faults::seeded(1);
        let watched = bank.clone().with_faults(&seen);
        let other = Idempotency::new(&watched).timer(ManualTimer::new());
        for request in ["done", "failed", "running", "dead"] {
            let before = stored(&bank, request).await;
            let error = other.begin(Payment::new(request, 999)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{request}: {error}");
            assert_eq!(stored(&bank, request).await, before, "{request}");
        }
        assert_eq!((seen.requests(), seen.requests_of("GetItem")), (4, 4), "one look for each");
        assert_eq!(running.number(), 1);
    }
}

#[tokio::test]
async fn what_failed_expires_and_then_starts_again() {
    let clock = clock();
    for bank in both::<Bank>(&clock).await {
        let (once, runs) = (Idempotency::new(&bank).keep_for(Duration::from_secs(60)), AtomicU32::new(0));
        let fail = || once.run(Payment::new("k", 250), || async { Err::<String, _>("no funds") });
        fail().await.unwrap_err();
        clock.advance(Duration::from_secs(59));
        // Another failure is another minute.
        fail().await.unwrap_err();
        let record = stored(&bank, "k").await;
        assert_eq!((record.run.attempts(), record.run.is_running()), (2, false));
        assert_eq!(record.expires_at.map(Expiry::epoch_seconds), Some(clock.epoch_seconds() + 60));
        clock.advance(Duration::from_secs(60));
        assert_eq!(bank.get(Payment::key("k")).consistent().await.unwrap(), None);
        // The key is as good as new, for whatever request.
        assert_eq!(once.run(Payment::new("k", 999), || pay(&runs)).await.unwrap(), ran(1));
        assert_eq!(stored(&bank, "k").await.run.attempts(), 1);
    }
}

#[tokio::test]
async fn a_handler_that_runs_does_not_expire_and_a_dead_one_does() {
    let clock = clock();
    for bank in both::<Bank>(&clock).await {
        let timer = ManualTimer::new();
        let once = Idempotency::new(&bank).keep_for(Duration::from_secs(60)).lease(LEASE).timer(timer.clone());
        let Begun::Acquired(slow) = once.begin(Payment::new("k", 250)).await.unwrap() else { panic!("replayed") };
        let expires = || async { stored(&bank, "k").await.expires_at.map_or(0, Expiry::epoch_seconds) };
        assert_eq!(expires().await, clock.epoch_seconds() + 60 + LEASE.as_secs());
        // Every renewal is a sign of life.
        for _ in 0..10 {
            clock.advance(Duration::from_secs(40));
            let expected = clock.epoch_seconds() + 60 + LEASE.as_secs();
            until("the keeper sleeps", || timer.sleepers() == 2).await;
            timer.advance(LEASE / 4);
            until_then("it was renewed", async || expires().await == expected).await;
            until("it knows", || slow.guard().left() > LEASE * 3 / 4).await;
        }
        bank.transact((slow.check(),)).await.unwrap();

        // It dies, and nobody looks: once the record has expired, the next one begins without waiting.
        clock.advance(Duration::from_secs(60) + LEASE);
        let next = Idempotency::new(&bank).timer(ManualTimer::new());
        let refused = bank.transact((slow.check(),)).await.unwrap_err();
        assert!(refused.is_lock_lost(), "{refused:?}");
        let late = slow.finish(&"late".to_owned()).await.unwrap_err();
        assert!(late.is_gone(), "{late}");
        let Begun::Acquired(second) = next.begin(Payment::new("k", 250)).await.unwrap() else { panic!("replayed") };
        assert_eq!(second.number(), 1);
        assert!(slow.finish(&"late".to_owned()).await.unwrap_err().is_condition_failed());
        assert!(slow.release().await.unwrap_err().is_lock_lost());
        second.finish(&"receipt".to_owned()).await.unwrap();
        second.done();
        assert_eq!(stored(&bank, "k").await.receipt.as_deref(), Some("receipt"));
    }
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Ticket))]
struct Hall;

/// A request that keeps a seat to itself.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Hall, pk = "TICKET#{request}")]
struct Ticket {
    request: String,
    #[dynamo(unique)]
    seat: u32,
    paid: Option<u32>,
    #[dynamo(version)]
    run: Run,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

impl Idempotent for Ticket {
    type Output = u32;

    fn output(&self) -> Option<u32> {
        self.paid
    }

    fn store<V>(update: Update<Self, V>, output: &u32) -> Update<Self, V> {
        update.set(|t| t.paid, Some(*output))
    }
}

#[tokio::test]
async fn a_record_with_unique_fields_expires_with_its_sentinels_after_an_output_only() {
    let clock = clock();
    for hall in both::<Hall>(&clock).await {
        let once = Idempotency::new(&hall).keep_for(Duration::from_secs(60));
        let ticket = |request: &str| Ticket {
            request: request.to_owned(),
            seat: 7,
            paid: None,
            run: Run::default(),
            until: None,
        };
        once.run(ticket("k"), || async { Err::<u32, _>("no funds") }).await.unwrap_err();
        clock.advance(Duration::from_secs(3600));
        let paid = once.run(ticket("k"), || async { Ok::<_, &str>(12) }).await.unwrap();
        assert_eq!(paid, Outcome::Ran(12));
        let record = hall.get(Ticket::key("k")).consistent().await.unwrap().unwrap();
        assert_eq!((record.run.attempts(), record.paid), (2, Some(12)));
        let other = once.run(ticket("l"), || async { Ok::<_, &str>(13) }).await;
        assert!(other.is_err(), "the seat is taken");
        clock.advance(Duration::from_secs(60));
        assert_eq!(once.run(ticket("l"), || async { Ok::<_, &str>(13) }).await.unwrap(), Outcome::Ran(13));
    }
}

#[tokio::test]
async fn a_request_whose_own_expiry_would_end_its_record_is_refused_before_it_is_sent() {
    let clock = clock();
    let after = |seconds| Expiry::at(dynamodel::Clock::now(&clock) + Duration::from_secs(seconds)).unwrap();
    for hall in both::<Hall>(&clock).await {
        let sent = Faults::seeded(1);
        let once = Idempotency::new(&hall.with_faults(&sent));
        // It would expire while the handler runs, since its sentinels follow no renewal.
        let ticket = Ticket { request: "k".into(), seat: 7, paid: None, run: Run::default(), until: Some(after(30)) };
        let error = once.begin(ticket).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.entity(), error.attribute()),
            (ErrorKind::InvalidRequest, Some("Ticket"), Some("until"))
        );
        assert!(error.to_string().contains("begin with `None`"), "{error}");
        assert_eq!(sent.requests(), 0);
    }
    for bank in both::<Bank>(&clock).await {
        let sent = Faults::seeded(1);
        let once = Idempotency::new(&bank.clone().with_faults(&sent)).keep_for(Duration::from_secs(60));
        let payment = |until| Payment { expires_at: Some(until), ..Payment::new("k", 250) };
        let error = once.begin(payment(after(0))).await.unwrap_err();
        assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidRequest, Some("expires_at")));
        assert!(error.to_string().contains("has expired already"), "{error}");
        assert_eq!(sent.requests(), 0);
        // One to come gives way to that of the lease, and then of the output.
        let Begun::Acquired(attempt) = once.begin(payment(after(1))).await.unwrap() else { panic!("replayed") };
        let lives = stored(&bank, "k").await.expires_at.map(Expiry::epoch_seconds);
        assert_eq!(lives, Some(clock.epoch_seconds() + 80));
        attempt.done();
    }
}

#[tokio::test]
async fn the_output_of_a_record_with_unique_fields_is_stored_in_the_end() {
    let clock = clock();
    for fault in
        [Fault::Throttle, Fault::CutBefore, Fault::CutAfter, Fault::ServerErrorAfter, Fault::TransactionConflict]
    {
        for hall in both::<Hall>(&clock).await {
            // Its sentinels follow, so it goes as a transaction.
            let faults = Faults::script(vec![fault.clone(); 3]).only("TransactWriteItems");
            faults.stop();
            let faulty = without_retries(&hall).with_retries(RetryPolicy::ONCE).with_faults(&faults);
            let (once, runs) = (Idempotency::new(&faulty).keep_for(Duration::from_secs(60)), AtomicU32::new(0));
            let ticket = || Ticket { request: "k".into(), seat: 7, paid: None, run: Run::default(), until: None };
            let pay = || async {
                faults.resume();
                Ok::<_, &str>(runs.fetch_add(1, Ordering::SeqCst))
            };
            assert_eq!(once.run(ticket(), pay).await.unwrap(), Outcome::Ran(0), "{fault:?}");
            assert_ne!(faults.injected(), Injected::default(), "{fault:?}");
            faults.stop();
            assert_eq!(once.run(ticket(), pay).await.unwrap(), Outcome::Replayed(0), "{fault:?}");
            assert_eq!(runs.load(Ordering::SeqCst), 1, "{fault:?}");
            // The sentinel expires with the record.
            clock.advance(Duration::from_secs(60));
            let other = Ticket { request: "l".into(), ..ticket() };
            hall.create(&other).await.unwrap();
        }
    }
}
