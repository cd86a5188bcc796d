//! The engine under test: embedded, or the one that `DYNAMODB_ENDPOINT` names.

use dynamodel::embedded::Engine;
use dynamodel::sdk::config::retry::RetryPartition;
use dynamodel::{Client, Codec, ManualClock, Table};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock a year ahead of the wall's. What expires by it is still alive by the wall's, so that an engine that sweeps
/// by itself leaves it alone.
pub fn clock() -> ManualClock {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    ManualClock::at_epoch_seconds(now + 365 * 24 * 3600)
}

/// Whether the tests run on an engine of somebody else's.
pub fn is_remote() -> bool {
    std::env::var_os("DYNAMODB_ENDPOINT").is_some()
}

/// A table of its own for a test.
pub async fn connect<T: Table>(clock: &ManualClock, codec: Codec) -> Client<T> {
    let client = if is_remote() {
        Engine::local(unique_name(T::SCHEMA.name)).await
    } else {
        match Engine::memory_at(clock) {
            Ok(engine) => engine.client(T::SCHEMA.name).await,
            Err(error) => Err(error),
        }
    };
    match client {
        Ok(client) => with_retries_of_its_own(&client).with_clock(clock.clone()).with_codec(codec),
        Err(error) => panic!("no engine: {error} ({error:?})"),
    }
}

/// The client with a budget of its own for the SDK's retries. All clients of a process share one otherwise, and a test
/// whose requests fail would leave nothing of it to a test beside it that counts attempts.
pub fn with_retries_of_its_own<T: Table>(client: &Client<T>) -> Client<T> {
    let partition = RetryPartition::custom("of one client").build();
    let config = client.sdk().config().to_builder().retry_partition(partition).build();
    client.clone().with_sdk(dynamodel::sdk::Client::from_conf(config))
}

/// The same table for both ways of travelling, one after the other: whatever a test asserts holds for both.
pub async fn both<T: Table>(clock: &ManualClock) -> [Client<T>; 2] {
    [connect(clock, Codec::Wire).await, connect(clock, Codec::AttributeValue).await]
}

fn unique_name(prefix: &str) -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    format!("{prefix}-{}-{nanos}-{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}
