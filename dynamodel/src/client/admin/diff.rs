//! Comparing the live table with its definition.

use crate::client::Client;
use crate::define::{Difference, Scope, TableDefinition};
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use aws_sdk_dynamodb::types::TableDescription;

impl<T: Table> Client<T> {
    /// Compares the live table with what the types know: DescribeTable and DescribeTimeToLive. Nothing is changed.
    ///
    /// Key, attribute types, indexes with their keys and projections, and time to live are compared. The app's settings
    /// (billing, streams, …) are compared by [`check_schema_with`](Self::check_schema_with).
    ///
    /// # Errors
    /// [`ErrorKind::TableNotFound`] if there is no table; otherwise errors of the SDK.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// let shop = Shop::embedded().await?;
    /// for difference in shop.check_schema().await? {
    ///     eprintln!("{difference}"); // the index `Gsi1`: the definition says …, the table has …; needs a new index
    /// }
    /// # assert_eq!(shop.check_schema().await?, []);
    /// # Ok(()) }
    /// ```
    pub async fn check_schema(&self) -> Result<Vec<Difference>> {
        let client = self.counting_all();
        client.counted(client.schema_differences().await)
    }

    async fn schema_differences(&self) -> Result<Vec<Difference>> {
        let definition = TableDefinition::from_schema(T::SCHEMA);
        Ok(definition.schema_differences(&self.described().await?, self.expires_by().await?.as_deref()))
    }

    /// Like [`check_schema`](Self::check_schema), and compares the app's settings too
    /// ([`settings_differences`](TableDefinition::settings_differences)). If the definition sets them, also point-in-time
    /// recovery (DescribeContinuousBackups), contributor insights (DescribeContributorInsights), tags (`ListTagsOfResource`)
    /// and the resource policy (GetResourcePolicy). For a global table the replica in the client's region is compared. Auto
    /// scaling and alarms are not part of DynamoDB, and are not compared.
    ///
    /// # Errors
    /// As `check_schema`, and [`ErrorKind::InvalidDefinition`] if the definition is of another table or exceeds a limit of
    /// DynamoDB.
    ///
    /// # Examples
    /// See [`Difference`].
    pub async fn check_schema_with(&self, definition: &TableDefinition) -> Result<Vec<Difference>> {
        self.is_of(definition)?;
        definition.check()?;
        self.differences(definition).await
    }

    /// The same, whatever table the definition is of.
    pub(crate) async fn differences(&self, definition: &TableDefinition) -> Result<Vec<Difference>> {
        let client = self.counting_all();
        let live = client.counted(client.live(definition, Scope::Settings).await)?;
        Ok(definition.in_region_of(&live.table).differences(&live))
    }

    pub(in crate::client) async fn described(&self) -> Result<TableDescription> {
        let missing = || Error::new(ErrorKind::TableNotFound, "the table does not exist").in_table(self.table_name());
        match self.inner.sdk.describe_table().table_name(self.table_name()).send().await {
            Ok(described) => described.table.ok_or_else(missing),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()) => {
                Err(missing().with_source(error))
            }
            Err(error) => Err(self.sdk_trouble("cannot describe the table", error)),
        }
    }
}
