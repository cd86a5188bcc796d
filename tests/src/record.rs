//! What the engine really did with the writes of one client, late ones included, behind a tap that makes faults.

use crate::storm::Random;
use crate::tap::{Do, Tap, error_body};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use dynamodel::sdk::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use dynamodel::{Client, RetryPolicy, Table};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What became of the requests of one client.
#[derive(Debug, Clone, Default)]
pub struct Record(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Single writes that were carried out, and the tokens of transactions that were.
    singles: u32,
    tokens: BTreeSet<String>,
    /// Requests that are to reach the engine, and those that it has responded to.
    under_way: u32,
    arrived: u32,
    faults: u32,
    doubts: u32,
    lines: Vec<String>,
}

impl Record {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many writes were carried out: a transaction once for each token.
    pub fn effects(&self) -> u32 {
        let state = self.state();
        state.singles + u32::try_from(state.tokens.len()).unwrap_or(u32::MAX)
    }

    /// How many requests met a fault.
    pub fn faults(&self) -> u32 {
        self.state().faults
    }

    /// How many of them left in doubt what became of them.
    pub fn doubts(&self) -> u32 {
        self.state().doubts
    }

    /// How many requests the engine has responded to.
    pub fn requests(&self) -> u32 {
        self.state().arrived
    }

    /// Whether a request is still on its way.
    pub fn is_under_way(&self) -> bool {
        let state = self.state();
        state.arrived < state.under_way
    }

    /// What happened, request by request.
    pub fn lines(&self) -> String {
        self.state().lines.join("\n  ")
    }

    /// Waits until every request that is on its way has arrived.
    pub async fn settled(&self) {
        for _ in 0..20_000 {
            {
                let state = self.state();
                if state.arrived >= state.under_way {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("a request has not arrived in 20 s: {}", self.lines());
    }

    fn arrive(&self, operation: &str, token: Option<String>, status: u16) {
        let mut state = self.state();
        state.arrived += 1;
        state.lines.push(format!("    engine: {operation} {status}"));
        if status == 200 {
            match (operation, token) {
                ("PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem", _) => state.singles += 1,
                ("TransactWriteItems", Some(token)) => {
                    state.tokens.insert(token);
                }
                _ => {}
            }
        }
    }
}

/// The name of a fault, whether the request reaches the engine, and whether nobody can know.
fn about(what: &Do) -> (&'static str, bool, bool) {
    match what {
        Do::Pass => ("pass", true, false),
        Do::CutBefore => ("cut before", false, true),
        Do::CutAfter => ("cut after", true, true),
        Do::Fail => ("500 before", false, true),
        Do::FailAfter => ("500 after", true, true),
        Do::Respond(..) => ("throttled", false, false),
        Do::RespondAfter(..) => ("other response", true, false),
        Do::Change(_) => ("changed response", true, false),
        Do::SlowBefore(_) => ("slow before", true, false),
        Do::SlowAfter(_) => ("slow after", true, false),
        Do::HangBefore => ("hang before", false, true),
        Do::HangAfter => ("hang after", true, true),
        Do::Ghost(_) | Do::HangGhost(_) => ("ghost", true, true),
    }
}

/// The same table behind a tap, and the record of what the engine did.
pub fn recorded<T: Table>(
    client: &Client<T>,
    decide: impl Fn(&str, &str) -> Do + Send + Sync + 'static,
) -> (Client<T>, Record) {
    let record = Record::default();
    let config = client.sdk().config();
    let Some(behind) = config.http_client() else { panic!("the engine's client has an HTTP client") };
    let (at_engine, at_tap) = (record.clone(), record.clone());
    let inner = Tap::before(behind, move |operation, body| {
        let token = body.split_once(r#""ClientRequestToken":""#).and_then(|(_, rest)| rest.split_once('"'));
        let token = token.map(|(token, _)| token.to_owned());
        let (record, operation) = (at_engine.clone(), operation.to_owned());
        Do::Change(Arc::new(move |status, body| {
            record.arrive(&operation, token.clone(), status);
            (status, body)
        }))
    });
    let outer = Tap::before(SharedHttpClient::new(inner), move |operation, body| {
        let what = decide(operation, body);
        let (name, reaches, doubt) = about(&what);
        let mut state = at_tap.state();
        state.under_way += u32::from(reaches);
        state.doubts += u32::from(doubt);
        state.faults += u32::from(!matches!(what, Do::Pass));
        let line = format!("{operation}: {name}");
        state.lines.push(line);
        what
    });
    let config = config.to_builder().http_client(SharedHttpClient::new(outer)).build();
    (client.clone().with_sdk(dynamodel::sdk::Client::from_conf(config)), record)
}

/// A random fault of every kind that ends soon, so many times in a hundred.
pub fn fault(random: &mut Random, percent: u64) -> Do {
    if !random.percent(percent) {
        return Do::Pass;
    }
    let pause = Duration::from_micros(500 + random.below(5_500));
    match random.below(12) {
        0 | 1 => Do::CutBefore,
        2 | 3 => Do::CutAfter,
        4 => Do::Fail,
        5 => Do::FailAfter,
        6 => Do::Respond(400, error_body("ProvisionedThroughputExceededException", "slow down")),
        7 => Do::SlowBefore(pause),
        8 => Do::SlowAfter(pause),
        // Some arrive when all else is over.
        10 => Do::Ghost(pause),
        _ => Do::Ghost(pause * 8),
    }
}

/// The same client, that tries a few times and hardly waits.
pub fn hurried<T: Table>(client: &Client<T>, attempts: u32, tries: u32) -> Client<T> {
    let retries = RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(Duration::from_nanos(1));
    let bucket = RetryPartition::custom("hurried").token_bucket(TokenBucket::unlimited()).build();
    let config = client.sdk().config().to_builder().retry_config(retries).retry_partition(bucket).build();
    let policy = RetryPolicy { tries, first: Duration::from_micros(100), longest: Duration::from_millis(2) };
    client.clone().with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(policy)
}
