//! Making plans for live tables, from the differences to their definitions.

use crate::client::Client;
use crate::define::{ExtraSettings, LiveTable, Plan, Scope, TableDefinition};
use crate::entity::Table;
use crate::error::Result;
use aws_sdk_dynamodb::types::TimeToLiveDescription;

impl<T: Table> Client<T> {
    /// Plans the steps that make the live table match its types (global indexes, time to live), and names the differences
    /// that cannot be removed or must be allowed. Nothing is changed: DescribeTable and DescribeTimeToLive.
    /// [`apply`](Self::apply) carries out the steps.
    ///
    /// # Errors
    /// As [`check_schema`](Self::check_schema).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// let shop = Shop::embedded().await?;
    /// let plan = shop.plan().await?;
    /// print!("{plan}"); // 1. create the global index `ByDay`, and wait until it is filled …
    /// assert!(plan.is_empty() && plan.unchanged().is_empty());
    /// # Ok(()) }
    /// ```
    pub async fn plan(&self) -> Result<Plan> {
        self.planned(&TableDefinition::from_schema(T::SCHEMA), Scope::Schema).await
    }

    /// Like [`plan`](Self::plan), with the app's settings too: everything that
    /// [`check_schema_with`](Self::check_schema_with) compares, by the same requests. For a global table the replica in the
    /// client's region is compared.
    ///
    /// # Errors
    /// As [`check_schema_with`](Self::check_schema_with); [`ErrorKind::InvalidDefinition`](crate::ErrorKind::InvalidDefinition)
    /// also if the definition exceeds a limit of DynamoDB.
    ///
    /// # Examples
    /// See [`Plan`].
    pub async fn plan_with(&self, definition: &TableDefinition) -> Result<Plan> {
        self.is_of(definition)?;
        self.planned(definition, Scope::Settings).await
    }

    /// The same, whatever table the definition is of.
    pub(crate) async fn planned(&self, definition: &TableDefinition, scope: Scope) -> Result<Plan> {
        definition.check()?;
        let client = self.counting_all();
        let live = client.counted(client.live(definition, scope).await)?;
        Ok(Plan::new(definition, scope, live))
    }

    /// The table as it is now.
    pub(in crate::client) async fn live(&self, definition: &TableDefinition, scope: Scope) -> Result<LiveTable> {
        let table = self.described().await?;
        let ttl = self.expiry_described().await?;
        let extra = match scope {
            Scope::Schema => ExtraSettings::default(),
            Scope::Settings => self.extra_settings(&definition.in_region_of(&table), &table).await?,
        };
        Ok(LiveTable { table, ttl, extra })
    }

    pub(in crate::client) async fn expiry_described(&self) -> Result<Option<TimeToLiveDescription>> {
        let described = self.inner.sdk.describe_time_to_live().table_name(self.table_name()).send().await;
        let described = described.map_err(|error| self.sdk_trouble("cannot describe the time to live", error))?;
        Ok(described.time_to_live_description)
    }
}
