//! The engine that tests and examples run on: the embedded one, or the one that an environment variable names.

use super::Engine;
use super::sdk_clients::sdk_client;
#[cfg(feature = "streams")]
use super::sdk_clients::streams_client;
use crate::client::Client;
use crate::define::TableDefinition;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};

/// The environment variable with the endpoint that replaces the embedded engine.
const VARIABLE: &str = "DYNAMODB_ENDPOINT";

impl Engine {
    /// A client for tests and examples: on the engine at `DYNAMODB_ENDPOINT` if that variable is set, else on a new
    /// engine in memory. The table is created from the schema if it does not exist.
    ///
    /// The endpoint is any DynamoDB-compatible engine over plain HTTP on this machine or network: DynamoDB Local, ministack,
    /// ScyllaDB Alternator. Credentials are made up.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] for an endpoint that is not an `http://` address, [`ErrorKind::Unavailable`] when nothing
    /// responds there.
    pub async fn local<T: Table>(table: impl Into<String>) -> Result<Client<T>> {
        Self::local_with(table, &TableDefinition::from_schema(T::SCHEMA)).await
    }

    /// As [`local`](Self::local), with a table that is created from the definition: with a stream, for example.
    ///
    /// # Errors
    /// As `local`, and as [`Client::ensure_table_with`].
    pub async fn local_with<T: Table>(table: impl Into<String>, definition: &TableDefinition) -> Result<Client<T>> {
        let Some(endpoint) = named_endpoint()? else {
            return Self::memory()?.client_with(table, definition).await;
        };
        let sdk = sdk_client(&endpoint, aws_smithy_http_client::Builder::new().build_http());
        let client = Client::new(&sdk, table);
        client.ensure_table_with(definition).await?;
        Ok(client)
    }

    /// The SDK client for the change streams of the engine that a client of [`local`](Self::local) is on.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] for a client that was not made by an engine, if the variable is not set.
    #[cfg(feature = "streams")]
    pub fn local_streams<T: Table>(client: &Client<T>) -> Result<aws_sdk_dynamodbstreams::Client> {
        if let Some(engine) = client.kept::<Self>() {
            return Ok(engine.streams_client());
        }
        match named_endpoint()? {
            Some(endpoint) => Ok(streams_client(&endpoint, aws_smithy_http_client::Builder::new().build_http())),
            None => Err(Error::new(
                ErrorKind::Configuration,
                format!("the client is not on an engine of this process, and {VARIABLE} is not set"),
            )),
        }
    }
}

/// The endpoint that the variable names, if it is set.
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
