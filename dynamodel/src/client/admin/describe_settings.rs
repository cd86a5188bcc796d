//! Settings that DescribeTable does not return: each is read by a request of its own, if the definition sets it.

use crate::client::Client;
use crate::define::{ExtraSettings, Insights, LivePolicy, TableDefinition};
use crate::entity::Table;
use crate::error::Result;
use crate::response::{Meaning, classify};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{ContributorInsightsStatus, PointInTimeRecoveryStatus, TableDescription};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error as StdError;

/// The days of point-in-time recovery if DynamoDB does not return them: the maximum.
const MOST_DAYS: u32 = 35;
/// Which keys are counted if DynamoDB does not return it.
const ALL_KEYS: &str = "ACCESSED_AND_THROTTLED_KEYS";

impl<T: Table> Client<T> {
    pub(in crate::client) async fn extra_settings(
        &self,
        definition: &TableDefinition,
        table: &TableDescription,
    ) -> Result<ExtraSettings> {
        let settings = definition.settings();
        let mut extra = ExtraSettings::default();
        if settings.point_in_time_recovery.is_some() {
            extra.recovery = self.recovery().await?;
        }
        if settings.contributor_insights.is_some() {
            extra.insights = self.insights().await?;
        }
        let Some(arn) = table.table_arn() else { return Ok(extra) };
        if !settings.tags.is_empty() {
            extra.tags = self.tags(arn).await?;
        }
        if settings.resource_policy.is_some() {
            extra.policy = self.policy(arn).await?;
        }
        Ok(extra)
    }

    /// DescribeContinuousBackups.
    async fn recovery(&self) -> Result<Option<u32>> {
        let response = self.inner.sdk.describe_continuous_backups().table_name(self.table_name()).send().await;
        let response = self.unless("cannot describe the point-in-time recovery", response)?;
        let described = response.and_then(|response| response.continuous_backups_description);
        let on = described
            .and_then(|backups| backups.point_in_time_recovery_description)
            .filter(|recovery| recovery.point_in_time_recovery_status() == Some(&PointInTimeRecoveryStatus::Enabled));
        let days = |days: i32| u32::try_from(days).unwrap_or_default();
        Ok(on.map(|recovery| recovery.recovery_period_in_days().map_or(MOST_DAYS, days)))
    }

    /// DescribeContributorInsights.
    async fn insights(&self) -> Result<Insights> {
        let response = self.inner.sdk.describe_contributor_insights().table_name(self.table_name()).send().await;
        let response = self.unless("cannot describe the contributor insights", response)?;
        let Some(response) = response else { return Ok(Insights::Disabled) };
        let counted = response.contributor_insights_mode().map_or(ALL_KEYS, |mode| mode.as_str()).to_owned();
        Ok(match response.contributor_insights_status() {
            Some(ContributorInsightsStatus::Enabled) => Insights::Enabled(counted),
            Some(ContributorInsightsStatus::Enabling) => Insights::Enabling(counted),
            Some(ContributorInsightsStatus::Failed) => {
                let why = response.failure_exception();
                let parts = why.map(|why| [why.exception_name(), why.exception_description()]).unwrap_or_default();
                Insights::Failed(parts.into_iter().flatten().collect::<Vec<_>>().join(": "))
            }
            _ => Insights::Disabled,
        })
    }

    /// `ListTagsOfResource`.
    async fn tags(&self, arn: &str) -> Result<Vec<(String, String)>> {
        let (mut tags, mut next) = (Vec::new(), None);
        loop {
            let page = self.inner.sdk.list_tags_of_resource().resource_arn(arn).set_next_token(next).send().await;
            let page = page.map_err(|error| self.sdk_trouble("cannot list the table's tags", error))?;
            tags.extend(page.tags().iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())));
            next = page.next_token;
            if next.is_none() {
                return Ok(tags);
            }
        }
    }

    /// GetResourcePolicy.
    async fn policy(&self, arn: &str) -> Result<Option<LivePolicy>> {
        let response = self.inner.sdk.get_resource_policy().resource_arn(arn).send().await;
        let response = self.unless("cannot read the resource policy", response)?;
        let policy =
            response.and_then(|response| Some(LivePolicy { text: response.policy?, revision: response.revision_id }));
        Ok(policy)
    }

    /// The response, or `None` if the table has no such setting.
    fn unless<O, E>(&self, what: &str, response: Result<O, SdkError<E, HttpResponse>>) -> Result<Option<O>>
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        match response {
            Ok(response) => Ok(Some(response)),
            Err(error) => {
                let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
                if classify(code, None) == Meaning::Unsupported {
                    return Ok(None);
                }
                Err(self.sdk_trouble(what, error))
            }
        }
    }
}
