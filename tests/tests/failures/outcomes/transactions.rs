//! Transactions in doubt: never carried out twice, and never told as cancelled while an attempt may still arrive.

use dynamodel::op::{Create, Update};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::sdk::config::timeout::TimeoutConfig;
use dynamodel::sdk::config::{AsyncSleep, SharedAsyncSleep, Sleep, StalledStreamProtectionConfig};
use dynamodel::{Client, Codec, Entity, ErrorKind, RetryPolicy, Table};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Session, Shop};
use dynamodel_tests::tap::{Do, error_body, tapped};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Account))]
struct Accounts;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Accounts, pk = "ACCOUNT#{id}")]
struct Account {
    id: String,
    #[dynamo(unique)]
    email: String,
    #[dynamo(version)]
    version: u64,
}

#[tokio::test]
async fn a_transaction_cancelled_while_an_attempt_may_still_arrive_is_unknown() {
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let clean: Client<Shop> = engine::connect(&engine::clock(), codec).await;
        let mut session = Session::new("u", "s");
        session.hits = 10;
        clean.create(&session).await.unwrap();
        let tries = AtomicU32::new(0);
        let shop = tapped(&clean, move |operation, _| {
            let first = operation == "TransactWriteItems" && tries.fetch_add(1, Ordering::SeqCst) == 0;
            if first { Do::Ghost(Duration::from_millis(1500)) } else { Do::Pass }
        });
        let few = Update::new(Session::key("u", "s")).add(|s| s.hits, 1).condition(|s| s.hits.lt(10));
        let error = shop.transact((few,)).await.unwrap_err();
        assert!(error.is_outcome_unknown() && !error.is_condition_failed() && !error.is_cancelled(), "{error:?}");
        assert_eq!((error.attempts(), error.current::<Session>().map(|s| s.hits)), (2, Some(10)));
        // Another writer makes room, and the first attempt arrives.
        clean.update(Session::key("u", "s")).set(|s| s.hits, 5).await.unwrap();
        tokio::time::sleep(Duration::from_millis(2500)).await;
        assert_eq!(clean.get(Session::key("u", "s")).consistent().await.unwrap().unwrap().hits, 6);
    }
}

#[tokio::test]
async fn a_unique_write_cancelled_while_an_attempt_may_still_arrive_is_unknown_and_is_not_planned_anew() {
    let clean: Client<Accounts> = engine::connect(&engine::clock(), Codec::Wire).await;
    let account = |id: &str| Account { id: id.into(), email: "a@example.com".into(), version: 0 };
    clean.create(&account("1")).await.unwrap();
    let tries = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&tries);
    let accounts = tapped(&clean, move |operation, _| {
        let first = operation == "TransactWriteItems" && count.fetch_add(1, Ordering::SeqCst) == 0;
        if first { Do::CutBefore } else { Do::Pass }
    });
    let error = accounts.create(&account("2")).await.unwrap_err();
    assert!(error.is_outcome_unknown() && !error.is_unique_violation(), "{error:?}");
    assert_eq!((error.entity(), error.key()), (Some("Account"), Some("ACCOUNT#2")));
    assert_eq!(tries.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_cancellation_after_a_server_error_is_told_as_it_is() {
    // The server has responded, so nothing is on its way; by its token it would have known what it had carried out.
    let clean: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    clean.create(&Session::new("u", "s")).await.unwrap();
    let tries = AtomicU32::new(0);
    let shop = tapped(&clean, move |operation, _| {
        let first = operation == "TransactWriteItems" && tries.fetch_add(1, Ordering::SeqCst) == 0;
        if first { Do::Fail } else { Do::Pass }
    });
    let error = shop.transact((Create::new(&Session::new("u", "s")),)).await.unwrap_err();
    assert!(error.is_cancelled() && error.is_already_exists(), "{error:?}");
    assert_eq!(error.attempts(), 2);
}

/// A sleep that takes no time, and moves a clock of its own: when it is waited for, or when it is set.
#[derive(Debug, Clone, Default)]
struct Virtual {
    clock: Arc<AtomicU64>,
    when_set: bool,
}

impl AsyncSleep for Virtual {
    fn sleep(&self, pause: Duration) -> Sleep {
        let (clock, pause) = (Arc::clone(&self.clock), u64::try_from(pause.as_millis()).unwrap());
        if self.when_set {
            clock.fetch_add(pause, Ordering::SeqCst);
            return Sleep::new(std::future::ready(()));
        }
        Sleep::new(async move {
            clock.fetch_add(pause, Ordering::SeqCst);
        })
    }
}

/// A server that forgets a token after ten minutes, and is out of order for eleven.
#[derive(Default)]
struct Server {
    requests: u32,
    tokens: HashMap<String, u64>,
    carried_out: u32,
}

async fn outage(attempts: u32, retries: RetryPolicy, when_set: bool) -> (Result<((),), dynamodel::Error>, u32, u64) {
    let clean: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    let (clock, server) = (Virtual { when_set, ..Virtual::default() }, Arc::new(Mutex::new(Server::default())));
    let (time, state) = (Arc::clone(&clock.clock), Arc::clone(&server));
    let shop = tapped(&clean, move |_, body| {
        let body: Value = serde_json::from_str(body).unwrap();
        let token = body["ClientRequestToken"].as_str().unwrap().to_owned();
        let (now, mut server) = (time.load(Ordering::SeqCst), state.lock().unwrap());
        server.requests += 1;
        let first = server.requests == 1;
        if !first && now < 660_000 {
            return Do::Respond(500, error_body("InternalServerError", "down"));
        }
        if server.tokens.get(&token).is_none_or(|since| now - since >= 600_000) {
            server.carried_out += 1;
            server.tokens.insert(token, now);
        }
        if first { Do::Respond(500, error_body("InternalServerError", "lost")) } else { Do::Respond(200, "{}".into()) }
    });
    let own = RetryConfig::standard().with_max_attempts(attempts);
    let config = shop.sdk().config().to_builder().retry_config(own);
    // Timeouts and the watch on stalled streams would sleep too, side by side with a request.
    let config = config.timeout_config(TimeoutConfig::disabled());
    let config = config.stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    let config = config.sleep_impl(SharedAsyncSleep::new(clock.clone())).build();
    let shop = shop.with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(retries);
    let outcome = shop.transact((Update::new(Session::key("u", "s")).add(|s| s.hits, 1),)).await;
    let carried_out = server.lock().unwrap().carried_out;
    (outcome, carried_out, clock.clock.load(Ordering::SeqCst))
}

#[tokio::test]
async fn retries_end_before_the_token_does() {
    let patient = RetryPolicy { tries: 10_000, first: Duration::from_millis(25), longest: Duration::from_secs(5) };
    // By the library's own retries, and by the SDK's; in simulated time also where every timer moves it, the SDK's among them.
    for (attempts, retries, when_set) in
        [(3, patient, false), (1, patient, false), (1_000, RetryPolicy::ONCE, false), (3, patient, true)]
    {
        let (outcome, carried_out, milliseconds) = outage(attempts, retries, when_set).await;
        let what = format!(
            "{attempts} attempts of the SDK, {retries:?}: {outcome:?}, carried out {carried_out} times, {milliseconds} ms"
        );
        let error = outcome.expect_err(&what);
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error:?}");
        assert_eq!(carried_out, 1);
        assert!(milliseconds < 600_000, "{milliseconds} ms");
    }
}
