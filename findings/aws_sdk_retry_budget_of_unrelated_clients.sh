#!/usr/bin/env bash
# Found in: aws-sdk-dynamodb 1.136.0 (aws-smithy-runtime 1.16.2), Rust.
#
# Two clients that share nothing that a program gave them (another HTTP client, other credentials, another endpoint) share one
# budget of retries, if only their region's name is the same: it belongs to the process, by service and region. When one client's
# endpoint fails for a while, the other one, whose endpoint fails once, is not retried at all. `max_attempts` still says three.
#
# Guess before the run: the budget is a client's own, so the second client makes two attempts, of which the second succeeds.
# Missed by the guess: it makes one, and its error is the 500 that a retry would have got over. A `retry_partition` of its own
# gives it back its retries.
#
# Where it is met: a program with a client for each account, a test suite that injects faults beside other tests, an emulator
# that is down beside the real service.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "budget"
version = "0.0.0"
edition = "2021"
[dependencies]
aws-sdk-dynamodb = { version = "=1.136.0", default-features = false, features = ["rt-tokio"] }
aws-smithy-runtime = "=1.16.2"
aws-smithy-runtime-api = { version = "1", features = ["client", "http-1x"] }
aws-smithy-types = "1"
http = "1"
tokio = { version = "1", features = ["rt", "macros", "time"] }
TOML
cat >src/main.rs <<'RUST'
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;
use std::time::Duration;

/// Fails so many times, and lists no table afterwards.
#[derive(Debug, Clone)]
struct Server {
    failures: u32,
    requests: Arc<AtomicU32>,
}

impl HttpConnector for Server {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let failed = self.requests.fetch_add(1, Ordering::SeqCst) < self.failures;
        let (status, body) = match failed {
            true => (500, r#"{"__type":"InternalServerError","message":"down"}"#),
            false => (200, r#"{"TableNames":[]}"#),
        };
        let response = http::Response::builder().status(status).body(SdkBody::from(body)).unwrap();
        HttpConnectorFuture::ready(Ok(response.try_into().unwrap()))
    }
}

impl HttpClient for Server {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

fn client(account: &str, failures: u32, own: bool) -> (aws_sdk_dynamodb::Client, Arc<AtomicU32>) {
    let requests = Arc::new(AtomicU32::new(0));
    let retries = RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(1));
    let mut config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new(account, "secret", None, None, "static"))
        .endpoint_url(format!("http://{account}.example"))
        .retry_config(retries)
        .http_client(Server { failures, requests: Arc::clone(&requests) });
    if own {
        config = config.retry_partition(RetryPartition::new(account.to_owned()));
    }
    (aws_sdk_dynamodb::Client::from_conf(config.build()), requests)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let attempts = |requests: &AtomicU32| requests.load(Ordering::SeqCst);
    let (before, made_before) = client("first", 1, false);
    before.list_tables().send().await.expect("one failure is retried");
    let (failing, _) = client("second", u32::MAX, false);
    for _ in 0..100 {
        failing.list_tables().send().await.expect_err("this endpoint is down");
    }
    let (unrelated, made) = client("third", 1, false);
    let outcome = unrelated.list_tables().send().await.is_ok();
    let (apart, made_apart) = client("fourth", 1, true);
    let outcome_apart = apart.list_tables().send().await.is_ok();
    println!(
        "before: {} attempts; after another client's failures: {} (succeeded: {outcome}); with a partition of its own: {} (succeeded: {outcome_apart})",
        attempts(&made_before),
        attempts(&made),
        attempts(&made_apart)
    );
    assert_eq!((attempts(&made_before), attempts(&made), outcome), (2, 1, false));
    assert_eq!((attempts(&made_apart), outcome_apart), (2, true));
}
RUST
cargo run --quiet
echo "as found: a client is not retried because another one, of other credentials and another endpoint, has failed before"
