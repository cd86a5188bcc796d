//! Creating the table that a client works with.

use super::Client;
use crate::define;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use aws_sdk_dynamodb::client::Waiters as _;
use aws_sdk_dynamodb::error::{BuildError, SdkError};
use aws_sdk_dynamodb::types::{BillingMode, TimeToLiveSpecification, TimeToLiveStatus};
use std::error::Error as StdError;
use std::time::Duration;

/// How long a new table may take until it can be used. On Amazon DynamoDB it is some ten seconds.
const PATIENCE: Duration = Duration::from_secs(120);

impl<T: Table> Client<T> {
    /// Creates the table from the schema if it is not there, waits until it can be used, and switches on its time to
    /// live: CreateTable (on demand), DescribeTable, UpdateTimeToLive. A table that is there stays as it is.
    ///
    /// # Errors
    /// Whatever the SDK says, as [`ErrorKind::Service`] or [`ErrorKind::Unavailable`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let engine = dynamodel::embedded::Engine::memory()?;
    /// let shop = Shop::connect(&engine.sdk_client(), "shop-test");
    /// shop.ensure_table().await?;
    /// shop.ensure_table().await?; // again: nothing to do
    /// # Ok(()) }
    /// ```
    pub async fn ensure_table(&self) -> Result<()> {
        self.create_unless_there().await?;
        let waited = self.inner.sdk.wait_until_table_exists().table_name(self.table_name()).wait(PATIENCE).await;
        waited.map_err(|error| self.table_trouble("the table did not become usable", error))?;
        self.switch_on_expiry().await
    }

    async fn create_unless_there(&self) -> Result<()> {
        let described = self.inner.sdk.describe_table().table_name(self.table_name()).send().await;
        match described {
            Ok(_) => return Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()) => {}
            Err(error) => return Err(self.sdk_trouble("the table cannot be looked at", error)),
        }
        let schema = T::SCHEMA;
        let unbuilt = |error: BuildError| self.table_trouble("the schema makes no table", error);
        let sort_key = schema.sort_key.as_slice();
        let created = self
            .inner
            .sdk
            .create_table()
            .table_name(self.table_name())
            .set_attribute_definitions(Some(define::attributes(schema).map_err(unbuilt)?))
            .set_key_schema(Some(define::keys(&[schema.partition_key], sort_key).map_err(unbuilt)?))
            .set_global_secondary_indexes(define::global_indexes(schema).map_err(unbuilt)?)
            .set_local_secondary_indexes(define::local_indexes(schema).map_err(unbuilt)?)
            .billing_mode(BillingMode::PayPerRequest)
            .send()
            .await;
        match created {
            Ok(_) => Ok(()),
            // Somebody else was faster.
            Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_in_use_exception()) => Ok(()),
            Err(error) => Err(self.sdk_trouble("the table cannot be created", error)),
        }
    }

    async fn switch_on_expiry(&self) -> Result<()> {
        let Some(attribute) = T::SCHEMA.ttl() else { return Ok(()) };
        let sdk = &self.inner.sdk;
        let described = sdk.describe_time_to_live().table_name(self.table_name()).send().await;
        let described = described.map_err(|error| self.sdk_trouble("the time to live cannot be looked at", error))?;
        let on = described.time_to_live_description().is_some_and(|ttl| {
            ttl.attribute_name() == Some(attribute)
                && matches!(ttl.time_to_live_status(), Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling))
        });
        if on {
            return Ok(());
        }
        let specification = TimeToLiveSpecification::builder().enabled(true).attribute_name(attribute).build();
        let specification =
            specification.map_err(|error| self.table_trouble("the schema makes no time to live", error))?;
        let updated =
            sdk.update_time_to_live().table_name(self.table_name()).time_to_live_specification(specification).send();
        updated.await.map_err(|error| self.sdk_trouble("the time to live cannot be switched on", error))?;
        Ok(())
    }

    fn sdk_trouble<E, R>(&self, what: &str, error: SdkError<E, R>) -> Error
    where
        E: StdError + Send + Sync + 'static,
        R: std::fmt::Debug + Send + Sync + 'static,
    {
        let kind = match &error {
            SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) | SdkError::ResponseError(_) => {
                ErrorKind::Unavailable
            }
            _ => ErrorKind::Service,
        };
        let message = format!("{what}; the source says why");
        Error::new(kind, message).in_table(self.table_name()).with_source(error)
    }

    fn table_trouble(&self, what: &str, error: impl StdError + Send + Sync + 'static) -> Error {
        Error::new(ErrorKind::Service, format!("{what}; the source says why"))
            .in_table(self.table_name())
            .with_source(error)
    }
}
