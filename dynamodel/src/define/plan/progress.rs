//! How far a step is carried out, judged by the live table: so that a plan can be interrupted, or applied twice.

use super::step::Step;
use super::table_plan::Plan;
use crate::define::definition::TableDefinition;
use crate::define::diff::{Aspect, Insights, LiveTable};
use aws_sdk_dynamodb::types::{GlobalSecondaryIndexDescription, IndexStatus, TableStatus, TimeToLiveStatus};

/// How far a step is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepProgress {
    /// Its request has not been carried out.
    ToDo,
    /// It is being carried out.
    UnderWay,
    Done,
    /// Another writer has changed the same to something else.
    Conflict,
    /// DynamoDB has given up on it. Requested again, it may succeed.
    Failed,
}

impl LiveTable {
    /// Whether DynamoDB accepts a change now: no other change is under way.
    pub(crate) fn is_settled(&self) -> bool {
        matches!(self.table.table_status(), None | Some(TableStatus::Active))
            && self.table.global_secondary_indexes().iter().all(is_ready)
    }

    pub(super) fn global(&self, name: &str) -> Option<&GlobalSecondaryIndexDescription> {
        self.table.global_secondary_indexes().iter().find(|index| index.index_name() == Some(name))
    }
}

/// Whether an index is created and filled.
pub(super) fn is_ready(index: &GlobalSecondaryIndexDescription) -> bool {
    matches!(index.index_status(), None | Some(IndexStatus::Active)) && !index.backfilling().unwrap_or_default()
}

impl Plan {
    /// The definition, without those settings with requests of their own that the step does not change.
    pub(crate) fn definition_for(&self, step: &Step) -> TableDefinition {
        let mut definition = self.definition.clone();
        let settings = definition.settings_mut();
        // The replica's own settings are in the definition already.
        settings.replicas.clear();
        if !matches!(step, Step::Tags(_)) {
            settings.tags.clear();
        }
        if !matches!(step, Step::PointInTimeRecovery(_)) {
            settings.point_in_time_recovery = None;
        }
        if !matches!(step, Step::ContributorInsights(_)) {
            settings.contributor_insights = None;
        }
        if !matches!(step, Step::ResourcePolicy) {
            settings.resource_policy = None;
        }
        definition
    }

    /// The revision of the resource policy that is replaced.
    pub(crate) fn replaced_policy(&self) -> Option<&str> {
        self.live.extra.policy.as_ref()?.revision.as_deref()
    }

    pub(crate) fn progress(&self, step: &Step, live: &LiveTable) -> StepProgress {
        let until = |done: bool| if done { StepProgress::Done } else { StepProgress::ToDo };
        match step {
            Step::WaitForIndex(index) => match live.global(index) {
                Some(index) if !is_ready(index) => StepProgress::UnderWay,
                _ => StepProgress::Done,
            },
            Step::CreateIndex(index) => match live.global(index) {
                None => StepProgress::ToDo,
                Some(found) if !is_ready(found) => StepProgress::UnderWay,
                Some(_) if self.is_different(index, live) => StepProgress::Conflict,
                Some(_) => StepProgress::Done,
            },
            Step::DeleteIndex(index) => match live.global(index) {
                None => StepProgress::Done,
                Some(found) if !is_ready(found) => StepProgress::UnderWay,
                // The index was to be replaced, and is.
                Some(_) if self.definition.index(index).is_some() && !self.is_different(index, live) => {
                    StepProgress::Done
                }
                Some(_) => StepProgress::ToDo,
            },
            Step::TimeToLiveOff(_) | Step::TimeToLiveOn(_) => Self::expiry(step, live),
            Step::Tags(_) => until(!self.differs(&Aspect::Tags, live)),
            Step::PointInTimeRecovery(_) => until(!self.differs(&Aspect::PointInTimeRecovery, live)),
            Step::ContributorInsights(_) => match &live.extra.insights {
                Insights::Failed(_) => StepProgress::Failed,
                Insights::Enabling(_) if !self.differs(&Aspect::ContributorInsights, live) => StepProgress::UnderWay,
                _ => until(!self.differs(&Aspect::ContributorInsights, live)),
            },
            Step::ResourcePolicy => until(!self.differs(&Aspect::ResourcePolicy, live)),
            Step::WarmThroughput(_) => until(!self.differs(&Aspect::WarmThroughput, live)),
            Step::IndexWarmThroughput(index, _) => {
                until(!self.differs(&Aspect::IndexWarmThroughput(index.clone()), live))
            }
            Step::StreamOff => {
                let on = live.table.stream_specification().is_some_and(|stream| stream.stream_enabled());
                until(!on || !self.differs(&Aspect::Stream, live))
            }
            Step::StreamOn(_) => until(!self.differs(&Aspect::Stream, live)),
            Step::Billing(_) => until(!self.differs(&Aspect::Billing, live)),
            Step::Throughput(_) => until(!self.differs(&Aspect::Throughput, live)),
            Step::IndexThroughput(index, _) => until(!self.differs(&Aspect::IndexThroughput(index.clone()), live)),
            Step::Encryption(_) => until(!self.differs(&Aspect::Encryption, live)),
            Step::DeletionProtection(_) => until(!self.differs(&Aspect::DeletionProtection, live)),
            Step::Class(_) => until(!self.differs(&Aspect::Class, live)),
        }
    }

    fn expiry(step: &Step, live: &LiveTable) -> StepProgress {
        let status = live.ttl.as_ref().and_then(|ttl| ttl.time_to_live_status());
        let by = live.expires_by();
        match (step, status) {
            (_, Some(TimeToLiveStatus::Disabling)) => StepProgress::UnderWay,
            (Step::TimeToLiveOff(attribute), Some(TimeToLiveStatus::Enabling)) if by == Some(attribute.as_str()) => {
                StepProgress::UnderWay
            }
            (Step::TimeToLiveOff(attribute), _) if by == Some(attribute.as_str()) => StepProgress::ToDo,
            (Step::TimeToLiveOn(attribute), _) if by == Some(attribute.as_str()) => StepProgress::Done,
            (Step::TimeToLiveOn(_), _) if by.is_some() => StepProgress::Conflict,
            (Step::TimeToLiveOn(_), _) => StepProgress::ToDo,
            _ => StepProgress::Done,
        }
    }

    fn differs(&self, aspect: &Aspect, live: &LiveTable) -> bool {
        self.definition.app_differences(live).iter().any(|difference| difference.aspect == *aspect)
    }

    /// Whether the live index differs from the definition's.
    fn is_different(&self, name: &str, live: &LiveTable) -> bool {
        let index = self.definition.index(name);
        let is_key = |attribute: &str| {
            index.is_some_and(|index| index.partition_key.iter().chain(index.sort_key).any(|key| *key == attribute))
        };
        let differences = self.definition.schema_differences(&live.table, None);
        differences.iter().any(|difference| match &difference.aspect {
            Aspect::IndexKey(index) | Aspect::IndexProjection(index) => index == name,
            Aspect::AttributeType(attribute) => is_key(attribute),
            _ => false,
        })
    }
}
