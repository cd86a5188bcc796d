//! Clients of a table and of its stream that fail as they are told to.

use super::model::{Shop, World};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use dynamodel::stream::sdk;
use dynamodel::{Client, RetryPolicy};
use dynamodel_tests::tap::{Do, Tap, error_body};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A client that tries so often by the SDK, and eight times by the library, hastily.
pub fn hasty(shop: &Client<Shop>, attempts: u32) -> Client<Shop> {
    let retries = dynamodel::sdk::config::retry::RetryConfig::standard()
        .with_max_attempts(attempts)
        .with_initial_backoff(Duration::from_millis(1));
    let config = shop.sdk().config().to_builder().retry_config(retries).build();
    let policy = RetryPolicy { tries: 8, first: Duration::from_millis(1), longest: Duration::from_millis(1) };
    shop.clone().with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(policy)
}

/// The engine's client for streams behind a tap; the SDK tries each request once.
pub fn tapped_streams(world: &World, decide: impl Fn(&str, &str) -> Do + Send + Sync + 'static) -> sdk::Client {
    let config = world.streams.config();
    let tap = Tap::before(config.http_client().unwrap(), decide);
    let config = config.to_builder().retry_config(sdk::config::retry::RetryConfig::disabled());
    sdk::Client::from_conf(config.http_client(SharedHttpClient::new(tap)).build())
}

/// Refuses an operation so many times.
pub fn refusing(
    operation: &'static str,
    code: &'static str,
    left: &Arc<AtomicUsize>,
) -> impl Fn(&str, &str) -> Do + Send + Sync + 'static {
    failing(operation, left, move || {
        let status = if code == "InternalServerError" { 500 } else { 400 };
        Do::Respond(status, error_body(code, "not now"))
    })
}

pub fn failing(
    operation: &'static str,
    left: &Arc<AtomicUsize>,
    what: impl Fn() -> Do + Send + Sync + 'static,
) -> impl Fn(&str, &str) -> Do + Send + Sync + 'static {
    let left = left.clone();
    move |asked, _| {
        let takes = |left: usize| left.checked_sub(1);
        if asked == operation && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, takes).is_ok() {
            return what();
        }
        Do::Pass
    }
}
