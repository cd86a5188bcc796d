//! The SDK client, from the environment.

use crate::error::Result;
use aws_sdk_dynamodb::Client;

#[cfg(feature = "aws-config")]
pub(super) async fn from_env() -> Result<Client> {
    use aws_sdk_dynamodb::config::{Credentials, Region};

    let config = aws_config::defaults(aws_config::BehaviorVersion::latest());
    let config = match std::env::var("DYNAMODB_ENDPOINT") {
        // A local engine checks neither region nor credentials.
        Ok(endpoint) => config
            .endpoint_url(endpoint)
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "dynamodel")),
        Err(_) => config,
    };
    Ok(Client::new(&config.load().await))
}

#[cfg(not(feature = "aws-config"))]
#[expect(clippy::unused_async, reason = "it is async with the feature `aws-config`")]
pub(super) async fn from_env() -> Result<Client> {
    let message = "there is no client for the live tables: give one with `Cli::client`, or enable dynamodel's feature `aws-config`";
    Err(super::errors::invalid(message))
}
