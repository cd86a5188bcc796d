//! Plans for live tables: made from what the table has otherwise than its definition.

use super::Client;
use crate::define::{LiveTable, Plan, Scope, TableDefinition};
use crate::entity::Table;
use crate::error::Result;
use aws_sdk_dynamodb::types::TimeToLiveDescription;

impl<T: Table> Client<T> {
    /// The steps by which the live table becomes as its types say (global indexes, time to live), and what cannot be
    /// changed so or must be asked for. Nothing is changed: DescribeTable and DescribeTimeToLive. [`apply`](Self::apply)
    /// takes the steps.
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
    /// print!("{plan}"); // 1. make the global index `ByDay`, and wait until it is filled …
    /// assert!(plan.is_empty() && plan.left().is_empty());
    /// # Ok(()) }
    /// ```
    pub async fn plan(&self) -> Result<Plan> {
        self.planned(TableDefinition::from_schema(T::SCHEMA), Scope::Schema).await
    }

    /// As [`plan`](Self::plan), with what the app says of the table besides its types: billing and throughput, stream,
    /// encryption, deletion protection, class, and tags (`ListTagsOfResource`). Tags that the definition has not are left alone.
    ///
    /// # Errors
    /// As [`check_schema_as`](Self::check_schema_as); [`ErrorKind::InvalidDefinition`](crate::ErrorKind::InvalidDefinition)
    /// also where the definition breaks a rule of DynamoDB's.
    ///
    /// # Examples
    /// See [`Plan`].
    pub async fn plan_as(&self, definition: &TableDefinition) -> Result<Plan> {
        self.is_of(definition)?;
        self.planned(definition.clone(), Scope::Settings).await
    }

    async fn planned(&self, definition: TableDefinition, scope: Scope) -> Result<Plan> {
        definition.check()?;
        let tagged = scope == Scope::Settings && !definition.settings().tags.is_empty();
        Ok(Plan::new(definition, scope, self.live(tagged).await?))
    }

    /// The table as it is now.
    pub(super) async fn live(&self, tagged: bool) -> Result<LiveTable> {
        let table = self.described().await?;
        let ttl = self.expiry_described().await?;
        let tags = match table.table_arn().filter(|_| tagged) {
            Some(arn) => self.tags(arn).await?,
            None => Vec::new(),
        };
        Ok(LiveTable { table, ttl, tags })
    }

    async fn expiry_described(&self) -> Result<Option<TimeToLiveDescription>> {
        let described = self.inner.sdk.describe_time_to_live().table_name(self.table_name()).send().await;
        let described = described.map_err(|error| self.sdk_trouble("the time to live cannot be looked at", error))?;
        Ok(described.time_to_live_description)
    }

    async fn tags(&self, arn: &str) -> Result<Vec<(String, String)>> {
        let (mut tags, mut next) = (Vec::new(), None);
        loop {
            let page = self.inner.sdk.list_tags_of_resource().resource_arn(arn).set_next_token(next).send().await;
            let page = page.map_err(|error| self.sdk_trouble("the tags cannot be looked at", error))?;
            tags.extend(page.tags().iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())));
            next = page.next_token;
            if next.is_none() {
                return Ok(tags);
            }
        }
    }
}
