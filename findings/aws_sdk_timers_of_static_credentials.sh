#!/usr/bin/env bash
# Found in: aws-sdk-dynamodb 1.136.0 (aws-smithy-runtime 1.16.2), Rust.
#
# The SDK sets a timer of 21.6 seconds before every attempt of every call, also where the credentials are static and never
# have to be loaded: the identity cache makes the timeout of a load before it looks whether it has the identity. The timer is
# dropped at once, so nothing waits for it.
#
# Guess before the run: with retries on, two pauses of backoff and nothing else reach `AsyncSleep::sleep`, since timeouts are
# disabled. Missed by the guess: three more calls, of 21.6 s each, one for every attempt.
#
# Where it is met: a `sleep_impl` that simulates time and moves its clock when a sleep is *asked for*, not when it is waited
# for, runs 65 seconds ahead for a call of three attempts. A simulated sleep has to move its clock when it is polled.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "timers"
version = "0.0.0"
edition = "2021"
[dependencies]
aws-sdk-dynamodb = { version = "=1.136.0", default-features = false, features = ["rt-tokio"] }
aws-smithy-runtime = "=1.16.2"
aws-smithy-runtime-api = { version = "1", features = ["client", "http-1x"] }
aws-smithy-types = "1"
http = "1"
tokio = { version = "1", features = ["rt", "macros"] }
TOML
cat >src/main.rs <<'RUST'
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    AsyncSleep, BehaviorVersion, Credentials, Region, SharedAsyncSleep, Sleep, StalledStreamProtectionConfig,
};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Debug, Clone, Default)]
struct Noted(Arc<Mutex<Vec<Duration>>>);

impl AsyncSleep for Noted {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().unwrap().push(duration);
        Sleep::new(std::future::ready(()))
    }
}

/// Responds to everything with a 500.
#[derive(Debug, Clone)]
struct Failing;

impl HttpConnector for Failing {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let body = SdkBody::from(r#"{"__type":"InternalServerError","message":"down"}"#);
        let response = http::Response::builder().status(500).body(body).unwrap();
        HttpConnectorFuture::ready(Ok(response.try_into().unwrap()))
    }
}

impl HttpClient for Failing {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Failing)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let noted = Noted::default();
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "static"))
        .http_client(Failing)
        .sleep_impl(SharedAsyncSleep::new(noted.clone()))
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    let client = aws_sdk_dynamodb::Client::from_conf(config);
    client.list_tables().send().await.unwrap_err();
    let noted = noted.0.lock().unwrap();
    let (long, short): (Vec<Duration>, Vec<Duration>) = noted.iter().copied().partition(|sleep| *sleep > Duration::from_secs(10));
    println!("sleeps of over 10 s: {long:?}; pauses of backoff: {}", short.len());
    assert_eq!(long, vec![Duration::from_millis(21_600); 3]);
    assert_eq!(short.len(), 2);
}
RUST
cargo run --quiet
echo "as found: one timer of 21.6 s for each of three attempts, with static credentials"
