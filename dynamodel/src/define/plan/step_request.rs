//! The request of a step.

use super::step::Step;
use super::table_plan::{Plan, Scope};
use super::warm_throughput::request as rising;
use crate::define::definition::{Billing, Throughput};
use crate::define::diff::LiveTable;
use crate::define::request::parts::{
    Built, attribute, encryption, index_projection, keys, limit, provision, warm_throughput,
};
use aws_sdk_dynamodb::operation::update_table::builders::UpdateTableInputBuilder;
use aws_sdk_dynamodb::types::{
    BillingMode, ContributorInsightsMode, CreateGlobalSecondaryIndexAction, DeleteGlobalSecondaryIndexAction,
    GlobalSecondaryIndexUpdate, OnDemandThroughput, PointInTimeRecoverySpecification, SseSpecification,
    StreamSpecification, Tag, TimeToLiveSpecification, UpdateGlobalSecondaryIndexAction,
};

/// The revision that PutResourcePolicy expects where there is no policy yet.
const NO_POLICY: &str = "NO_POLICY";

/// The request that carries out a step.
pub(crate) enum StepRequest {
    Table(Box<UpdateTableInputBuilder>),
    TimeToLive(TimeToLiveSpecification),
    Tags(Vec<Tag>),
    Recovery(PointInTimeRecoverySpecification),
    Insights(ContributorInsightsMode),
    /// The policy, and the revision that it replaces.
    Policy {
        text: String,
        expected_revision: Option<String>,
    },
    /// Nothing is sent: the step only waits.
    WaitOnly,
}

impl Plan {
    pub(crate) fn step_request(&self, step: &Step, live: &LiveTable) -> Built<StepRequest> {
        let settings = self.definition.settings();
        let table = UpdateTableInputBuilder::default();
        let table = match step {
            Step::WaitForIndex(_) => return Ok(StepRequest::WaitOnly),
            Step::TimeToLiveOff(attribute) | Step::TimeToLiveOn(attribute) => {
                let on = matches!(step, Step::TimeToLiveOn(_));
                let specification = TimeToLiveSpecification::builder().enabled(on).attribute_name(attribute);
                return specification.build().map(StepRequest::TimeToLive);
            }
            Step::Tags(missing) => {
                let tags = settings.tags.iter().filter(|(key, _)| missing.contains(key));
                let tags = tags.map(|(key, value)| Tag::builder().key(key).value(value).build());
                return tags.collect::<Built<_>>().map(StepRequest::Tags);
            }
            Step::PointInTimeRecovery(_) => {
                let days = settings.point_in_time_recovery.and_then(|days| i32::try_from(days).ok());
                let on = PointInTimeRecoverySpecification::builder().point_in_time_recovery_enabled(true);
                return on.set_recovery_period_in_days(days).build().map(StepRequest::Recovery);
            }
            Step::ContributorInsights(counted) => return Ok(StepRequest::Insights(counted.as_str().into())),
            Step::ResourcePolicy => {
                let text = settings.resource_policy.clone().unwrap_or_default();
                // Only the policy that the plan has seen is replaced: another one is another writer's.
                let expected_revision = match &self.live.extra.policy {
                    Some(found) => found.revision.clone(),
                    None => Some(NO_POLICY.to_owned()),
                };
                return Ok(StepRequest::Policy { text, expected_revision });
            }
            Step::WarmThroughput(_) => table.warm_throughput(rising(self.rise(None, live))),
            Step::IndexWarmThroughput(index, _) => {
                let update = UpdateGlobalSecondaryIndexAction::builder().index_name(index);
                let update = update.warm_throughput(rising(self.rise(Some(index), live))).build()?;
                table.global_secondary_index_updates(GlobalSecondaryIndexUpdate::builder().update(update).build())
            }
            Step::CreateIndex(index) => self.create(index, live, table)?,
            Step::DeleteIndex(index) => {
                let delete = DeleteGlobalSecondaryIndexAction::builder().index_name(index).build()?;
                table.global_secondary_index_updates(GlobalSecondaryIndexUpdate::builder().delete(delete).build())
            }
            Step::Billing(_) => {
                let table = self.throughput_of_all(live, table)?;
                table.billing_mode(BillingMode::from(settings.billing.as_str()))
            }
            Step::Throughput(_) => {
                let [provisioned, on_demand] = self.definition.throughput(settings.billing.throughput());
                let table = table.set_provisioned_throughput(provisioned.map(provision).transpose()?);
                let unlimited = settings.billing == Billing::OnDemand;
                table.set_on_demand_throughput(on_demand.map(limit).or(unlimited.then(no_limit)))
            }
            Step::IndexThroughput(index, _) => table.global_secondary_index_updates(self.update(index)?),
            Step::StreamOff => {
                table.stream_specification(StreamSpecification::builder().stream_enabled(false).build()?)
            }
            Step::StreamOn(view) => {
                let stream = StreamSpecification::builder().stream_enabled(true);
                table.stream_specification(stream.stream_view_type(view.as_str().into()).build()?)
            }
            Step::Encryption(_) => {
                let own = SseSpecification::builder().enabled(false).build();
                table.sse_specification(encryption(&settings.encryption).unwrap_or(own))
            }
            Step::DeletionProtection(_) => table.deletion_protection_enabled(settings.deletion_protection),
            Step::Class(_) => table.table_class(settings.class.as_str().into()),
        };
        Ok(StepRequest::Table(Box::new(table)))
    }

    fn create(&self, name: &str, live: &LiveTable, table: UpdateTableInputBuilder) -> Built<UpdateTableInputBuilder> {
        // Always there: steps name indexes of the definition.
        let Some(index) = self.definition.index(name) else { return Ok(table) };
        let is_key = |name: &str| index.partition_key.iter().chain(index.sort_key).any(|key| *key == name);
        let attributes = self.definition.attributes().iter().filter(|attribute| is_key(attribute.name));
        let attributes = attributes.map(attribute);
        let [wanted, warmed] = match self.scope {
            Scope::Settings => [self.definition.throughput_of(name), self.definition.warm_throughput_of(name)],
            Scope::Schema => [None, None],
        };
        let action = CreateGlobalSecondaryIndexAction::builder()
            .index_name(index.name)
            .set_key_schema(Some(keys(index.partition_key, index.sort_key)?))
            .projection(index_projection(&index.projection))
            .set_warm_throughput(warmed.map(warm_throughput));
        let action = if live.is_provisioned() {
            action.set_provisioned_throughput(wanted.or(live.throughput()).map(provision).transpose()?)
        } else {
            action.set_on_demand_throughput(wanted.map(limit))
        };
        Ok(table
            .set_attribute_definitions(Some(attributes.collect::<Built<_>>()?))
            .global_secondary_index_updates(GlobalSecondaryIndexUpdate::builder().create(action.build()?).build()))
    }

    /// The throughput that a billing mode needs, of the table and of its live indexes.
    fn throughput_of_all(&self, live: &LiveTable, table: UpdateTableInputBuilder) -> Built<UpdateTableInputBuilder> {
        let throughput = self.definition.settings().billing.throughput();
        let [provisioned, on_demand] = self.definition.throughput(throughput);
        let mut table = table
            .set_provisioned_throughput(provisioned.map(provision).transpose()?)
            .set_on_demand_throughput(on_demand.map(limit));
        if throughput.is_some() {
            for index in live.table.global_secondary_indexes() {
                table = table.global_secondary_index_updates(self.update(index.index_name().unwrap_or_default())?);
            }
        }
        Ok(table)
    }

    /// An index that the definition does not have gets the table's throughput.
    fn update(&self, index: &str) -> Built<GlobalSecondaryIndexUpdate> {
        let [provisioned, on_demand] = self.definition.throughput(self.definition.throughput_of(index));
        let unlimited = self.definition.settings().billing == Billing::OnDemand;
        let update = UpdateGlobalSecondaryIndexAction::builder()
            .index_name(index)
            .set_provisioned_throughput(provisioned.map(provision).transpose()?)
            .set_on_demand_throughput(on_demand.map(limit).or(unlimited.then(no_limit)))
            .build()?;
        Ok(GlobalSecondaryIndexUpdate::builder().update(update).build())
    }
}

/// The throughput that removes a limit.
fn no_limit() -> OnDemandThroughput {
    OnDemandThroughput::builder().max_read_request_units(-1).max_write_request_units(-1).build()
}

impl LiveTable {
    fn is_provisioned(&self) -> bool {
        // DescribeTable returns no billing mode for tables that were created as provisioned.
        let mode = self.table.billing_mode_summary().and_then(|summary| summary.billing_mode());
        mode != Some(&BillingMode::PayPerRequest)
    }

    fn throughput(&self) -> Option<Throughput> {
        let live = self.table.provisioned_throughput()?;
        let units = |units: Option<i64>| u32::try_from(units?).ok();
        Some(Throughput { read: units(live.read_capacity_units())?, write: units(live.write_capacity_units())? })
    }
}
