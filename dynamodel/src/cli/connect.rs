//! The client that the environment describes.

use crate::error::Result;
use aws_sdk_dynamodb::Client;

#[cfg(feature = "aws-config")]
pub(super) async fn from_env() -> Result<Client> {
    use aws_sdk_dynamodb::config::{Credentials, Region};

    let config = aws_config::defaults(aws_config::BehaviorVersion::latest());
    let config = match std::env::var("DYNAMODB_ENDPOINT") {
        // An engine of one's own: it looks at neither.
        Ok(endpoint) => config
            .endpoint_url(endpoint)
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "dynamodel")),
        Err(_) => config,
    };
    Ok(Client::new(&config.load().await))
}

#[cfg(not(feature = "aws-config"))]
#[expect(clippy::unused_async, reason = "with the feature it waits")]
pub(super) async fn from_env() -> Result<Client> {
    let message = "there is nobody to ask for the live tables: hand a client to `Cli::client`, or switch on dynamodel's feature `aws-config`";
    Err(super::errors::invalid(message))
}
