//! The engine that tests and examples run on: the embedded one, or the one that the environment names.

use super::Engine;
use crate::client::Client;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};

/// Names the endpoint that replaces the embedded engine.
const VARIABLE: &str = "DYNAMODB_ENDPOINT";

impl Engine {
    /// A client for tests and examples: on the engine at `DYNAMODB_ENDPOINT` if that variable is set, else on a new
    /// engine in memory. The table is created from the schema if it is not there.
    ///
    /// The endpoint is any that speaks DynamoDB over plain HTTP on this machine or network: DynamoDB Local, ministack,
    /// ScyllaDB Alternator. Credentials are made up.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] for an endpoint that is no `http://` address, [`ErrorKind::Unavailable`] when nobody
    /// answers there.
    pub async fn local<T: Table>(table: impl Into<String>) -> Result<Client<T>> {
        let Some(endpoint) = std::env::var_os(VARIABLE) else {
            return Self::memory()?.client(table).await;
        };
        let endpoint = endpoint.to_string_lossy().into_owned();
        if !endpoint.starts_with("http://") {
            return Err(Error::new(
                ErrorKind::Configuration,
                format!(
                    "{VARIABLE} is `{endpoint}`; it needs the form `http://127.0.0.1:8000` (for Amazon DynamoDB use `from_env`)"
                ),
            ));
        }
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "dynamodel"))
            .endpoint_url(endpoint)
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .build();
        let client = Client::new(&aws_sdk_dynamodb::Client::from_conf(config), table);
        client.ensure_table().await?;
        Ok(client)
    }
}
