//! SDK clients for an engine at an endpoint, with made-up credentials.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};

const REGION: &str = "us-east-1";

/// Engines take any credentials.
fn credentials() -> Credentials {
    Credentials::new("local", "local", None, None, "dynamodel")
}

/// An SDK client for the tables at an endpoint.
pub(super) fn sdk_client(endpoint: &str, http: SharedHttpClient) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(credentials())
        .endpoint_url(endpoint)
        .http_client(http)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}

/// An SDK client for the change streams at an endpoint.
#[cfg(feature = "streams")]
pub(super) fn streams_client(endpoint: &str, http: SharedHttpClient) -> aws_sdk_dynamodbstreams::Client {
    let config = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(aws_sdk_dynamodbstreams::config::BehaviorVersion::latest())
        .region(Region::from_static(REGION))
        .credentials_provider(credentials())
        .endpoint_url(endpoint)
        .http_client(http)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .build();
    aws_sdk_dynamodbstreams::Client::from_conf(config)
}
