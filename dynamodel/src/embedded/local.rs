//! The engine that tests and examples run on: the embedded one, or the one that the environment names.

use super::Engine;
use crate::client::Client;
use crate::define::TableDefinition;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "streams")]
use aws_sdk_dynamodb::config::SharedHttpClient;
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
        Self::local_with(table, &TableDefinition::from_schema(T::SCHEMA)).await
    }

    /// As [`local`](Self::local), with a table that is created from the definition: with a stream, for example.
    ///
    /// # Errors
    /// As `local`, and as [`Client::ensure_table_as`].
    pub async fn local_with<T: Table>(table: impl Into<String>, definition: &TableDefinition) -> Result<Client<T>> {
        let Some(endpoint) = named_endpoint()? else {
            return Self::memory()?.client_with(table, definition).await;
        };
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "dynamodel"))
            .endpoint_url(endpoint)
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .build();
        let client = Client::new(&aws_sdk_dynamodb::Client::from_conf(config), table);
        client.ensure_table_as(definition).await?;
        Ok(client)
    }

    /// The SDK client for the change streams of the engine that a client of [`local`](Self::local) is on.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] for a client of another make.
    #[cfg(feature = "streams")]
    pub fn local_streams<T: Table>(client: &Client<T>) -> Result<aws_sdk_dynamodbstreams::Client> {
        if let Some(engine) = client.kept::<Self>() {
            return Ok(engine.streams_client());
        }
        match named_endpoint()? {
            Some(endpoint) => Ok(streams(&endpoint, aws_smithy_http_client::Builder::new().build_http())),
            None => Err(Error::new(
                ErrorKind::Configuration,
                format!("the client is on no engine of this process, and {VARIABLE} names none"),
            )),
        }
    }
}

/// What the variable says, if it is an address.
fn named_endpoint() -> Result<Option<String>> {
    let Some(endpoint) = std::env::var_os(VARIABLE) else { return Ok(None) };
    let endpoint = endpoint.to_string_lossy().into_owned();
    if !endpoint.starts_with("http://") {
        return Err(Error::new(
            ErrorKind::Configuration,
            format!(
                "{VARIABLE} is `{endpoint}`; it needs the form `http://127.0.0.1:8000` (for Amazon DynamoDB use `from_env`)"
            ),
        ));
    }
    Ok(Some(endpoint))
}

/// An SDK client for the change streams at an endpoint, with made-up credentials.
#[cfg(feature = "streams")]
pub(super) fn streams(endpoint: &str, http: SharedHttpClient) -> aws_sdk_dynamodbstreams::Client {
    let config = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(aws_sdk_dynamodbstreams::config::BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "dynamodel"))
        .endpoint_url(endpoint)
        .http_client(http)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .build();
    aws_sdk_dynamodbstreams::Client::from_conf(config)
}
