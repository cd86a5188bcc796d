//! Creating the client's table.

use crate::client::Client;
use crate::define::{TableDefinition, invalid_table_name, is_name};
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::response::{Meaning, classify};
use aws_sdk_dynamodb::client::Waiters as _;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{TimeToLiveSpecification, TimeToLiveStatus};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error as StdError;
use std::time::Duration;

/// How long a new table may take until it can be used. On Amazon DynamoDB it is some ten seconds.
const PATIENCE: Duration = Duration::from_secs(120);

impl<T: Table> Client<T> {
    /// Creates the table from the schema if it does not exist, waits until it can be used, and switches its time to live on:
    /// CreateTable (on demand), DescribeTable, UpdateTimeToLive. An existing table is not changed, except that a time to live
    /// that is off is switched on; DynamoDB then deletes the expired items.
    ///
    /// # Errors
    /// Errors of the SDK, as [`ErrorKind::Service`] or [`ErrorKind::Unavailable`];
    /// [`ErrorKind::InvalidDefinition`] if the schema exceeds a limit of DynamoDB, or if the table's name is invalid.
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
        self.ensure_table_with(&TableDefinition::from_schema(T::SCHEMA)).await
    }

    /// Like [`ensure_table`](Self::ensure_table), with the app's settings that CreateTable accepts: billing, stream,
    /// encryption, deletion protection, class, warm throughput, resource policy and tags. An existing table is not changed,
    /// except for its time to live.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinition`] if the definition is of another table, has another
    /// [name](TableDefinition::named) than this client's table, exceeds a limit of DynamoDB, or has settings that are not
    /// part of CreateTable (point-in-time recovery, contributor insights, auto scaling, alarms, replicas): nothing is created
    /// then. Otherwise as `ensure_table`.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let engine = dynamodel::embedded::Engine::memory()?;
    /// use dynamodel::define::StreamView;
    ///
    /// let shop = Shop::connect(&engine.sdk_client(), "shop-test");
    /// shop.ensure_table_with(&Shop::definition().stream(StreamView::NewAndOldImages)).await?;
    /// # Ok(()) }
    /// ```
    pub async fn ensure_table_with(&self, definition: &TableDefinition) -> Result<()> {
        self.takes(definition)?;
        let client = self.counting_all();
        client.counted(client.ensure(definition).await)
    }

    async fn ensure(&self, definition: &TableDefinition) -> Result<()> {
        self.create_unless_there(definition).await?;
        let waited = self.inner.sdk.wait_until_table_exists().table_name(self.table_name()).wait(PATIENCE).await;
        waited.map_err(|error| self.table_trouble("the table did not become usable", error))?;
        self.switch_on_expiry().await
    }

    /// Whether CreateTable can create the table, and it is this client's.
    fn takes(&self, definition: &TableDefinition) -> Result<()> {
        self.is_of(definition)?;
        let name = self.table_name();
        // DynamoDB accepts a table's ARN instead of its name.
        if !is_name(name) && !name.starts_with("arn:") {
            return Err(self.unfit(invalid_table_name(name)));
        }
        let settings = definition.settings();
        let template = "create the table by a template";
        let plan = "create the table without it, then use `plan_with` and `apply`; or create it by a template";
        let elsewhere = [
            ("point_in_time_recovery", settings.point_in_time_recovery.is_some(), plan),
            ("contributor_insights", settings.contributor_insights.is_some(), plan),
            ("auto_scaling", settings.auto_scaling.is_some(), template),
            ("alarms", settings.alarms.is_some(), template),
            ("replicas", !settings.replicas.is_empty(), template),
        ];
        match elsewhere.iter().find(|(_, set, _)| *set) {
            Some((what, _, remedy)) => {
                Err(self.unfit(format!("CreateTable cannot set the definition's `{what}`: {remedy}")))
            }
            None => Ok(()),
        }
    }

    /// Whether the definition is this client's table's.
    pub(in crate::client) fn is_of(&self, definition: &TableDefinition) -> Result<()> {
        if definition.table() != T::SCHEMA.name {
            let [other, own] = [definition.table(), T::SCHEMA.name];
            return Err(
                self.unfit(format!("the definition is of the table `{other}`, and the client's table is `{own}`"))
            );
        }
        match definition.settings().name.as_deref().filter(|name| *name != self.table_name()) {
            Some(name) => {
                Err(self.unfit(format!("the definition has the name `{name}`, and the client's table has another")))
            }
            None => Ok(()),
        }
    }

    fn unfit(&self, message: String) -> Error {
        Error::new(ErrorKind::InvalidDefinition, message).in_table(self.table_name())
    }

    async fn create_unless_there(&self, definition: &TableDefinition) -> Result<()> {
        let request = definition.create_table()?.table_name(self.table_name());
        let described = self.inner.sdk.describe_table().table_name(self.table_name()).send().await;
        match described {
            Ok(_) => return Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()) => {}
            Err(error) => return Err(self.sdk_trouble("cannot describe the table", error)),
        }
        match request.send_with(&self.inner.sdk).await {
            Ok(_) => Ok(()),
            // Another client was faster.
            Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_in_use_exception()) => Ok(()),
            Err(error) => Err(self.sdk_trouble("cannot create the table", error)),
        }
    }

    async fn switch_on_expiry(&self) -> Result<()> {
        let Some(attribute) = T::SCHEMA.ttl() else { return Ok(()) };
        let sdk = &self.inner.sdk;
        if self.expires_by().await?.as_deref() == Some(attribute) {
            return Ok(());
        }
        let specification = TimeToLiveSpecification::builder().enabled(true).attribute_name(attribute).build();
        let specification =
            specification.map_err(|error| self.table_trouble("the schema makes no time to live", error))?;
        let updated =
            sdk.update_time_to_live().table_name(self.table_name()).time_to_live_specification(specification).send();
        let Err(error) = updated.await else { return Ok(()) };
        // Another client may have been faster, or an earlier try whose response was lost.
        if self.expires_by().await?.as_deref() == Some(attribute) {
            return Ok(());
        }
        Err(self.sdk_trouble("cannot switch the time to live on", error))
    }

    /// The attribute by which the live table's items expire.
    pub(in crate::client) async fn expires_by(&self) -> Result<Option<String>> {
        let described = self.inner.sdk.describe_time_to_live().table_name(self.table_name()).send().await;
        let described = described.map_err(|error| self.sdk_trouble("cannot describe the time to live", error))?;
        let on = described.time_to_live_description.filter(|ttl| {
            matches!(ttl.time_to_live_status(), Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling))
        });
        Ok(on.and_then(|ttl| ttl.attribute_name))
    }

    pub(in crate::client) fn sdk_trouble<E>(&self, what: &str, error: SdkError<E, HttpResponse>) -> Error
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let status = error.raw_response().map(|response| response.status().as_u16());
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
        let kind = match &error {
            SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) | SdkError::ResponseError(_) => {
                ErrorKind::Unavailable
            }
            _ => match classify(code, status) {
                // A missing table is reported by the callers that know of it.
                Meaning::NotFound => ErrorKind::Service,
                meaning => meaning.kind(),
            },
        };
        let why = code.map_or_else(|| error.to_string(), str::to_owned);
        Error::new(kind, format!("{what} ({why})")).in_table(self.table_name()).with_source(error)
    }

    fn table_trouble(&self, what: &str, error: impl StdError + Send + Sync + 'static) -> Error {
        Error::new(ErrorKind::Service, format!("{what}: {error}")).in_table(self.table_name()).with_source(error)
    }
}
