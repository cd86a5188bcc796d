//! Which steps a plan has, and what it leaves unchanged.

use super::progress::is_ready;
use super::step::Step;
use super::table_plan::Plan;
use super::unchanged::Unchanged;
use super::warm_throughput::text;
use crate::define::diff::{Aspect, Difference, LiveTable, Remedy};
use aws_sdk_dynamodb::types::IndexStatus;

impl Plan {
    /// Decides its steps anew.
    pub(super) fn with_steps(mut self) -> Self {
        (self.steps, self.unchanged) = all(&self);
        self
    }
}

fn all(plan: &Plan) -> (Vec<Step>, Vec<Unchanged>) {
    let mut found = Sorted { unchanged: plan.not_compared(), ..Sorted::default() };
    for difference in plan.differences(&plan.live.without_deleted()) {
        found.sort(plan, difference);
    }
    let mut steps: Vec<_> = plan.live.under_way().map(Step::WaitForIndex).collect();
    steps.append(&mut found.settings);
    found.indexes(plan, &mut steps);
    steps.append(&mut found.after);
    (steps, found.unchanged)
}

/// The differences, sorted by what is done about them.
#[derive(Default)]
pub(super) struct Sorted {
    /// Steps before the indexes: billing and throughput, which new indexes need.
    settings: Vec<Step>,
    /// Indexes that do not exist.
    pub(super) missing: Vec<String>,
    /// Indexes with another key, type or projection.
    pub(super) other: Vec<(String, Vec<Difference>)>,
    /// Indexes that the definition does not have.
    pub(super) unknown: Vec<String>,
    /// Attributes that have another type.
    pub(super) types: Vec<String>,
    /// Steps after the indexes.
    after: Vec<Step>,
    pub(super) unchanged: Vec<Unchanged>,
}

impl Sorted {
    fn sort(&mut self, plan: &Plan, difference: Difference) {
        let expected = difference.expected.clone();
        match (difference.aspect.clone(), difference.remedy) {
            (aspect, _) if plan.is_of_all_replicas(&aspect) => self.unchanged.push(Unchanged::EveryRegion(difference)),
            (_, Remedy::NewTable) => self.unchanged.push(Unchanged::NeedsNewTable(difference)),
            (Aspect::Index(index), Remedy::InPlace) => self.unknown.push(index),
            (Aspect::Index(index), _) => self.missing.push(index),
            (Aspect::IndexKey(index) | Aspect::IndexProjection(index), _) => self.is_other(index, difference),
            (Aspect::AttributeType(attribute), _) => {
                for index in plan.live_indexes_of(&attribute) {
                    self.is_other(index, difference.clone());
                }
                self.types.push(attribute);
            }
            (Aspect::Billing, _) => self.settings.push(Step::Billing(expected)),
            (Aspect::Throughput, _) => self.settings.push(Step::Throughput(expected)),
            (Aspect::IndexThroughput(index), _) => self.settings.push(Step::IndexThroughput(index, expected)),
            (Aspect::IndexWarmThroughput(index), _) => {
                let rise = plan.rise(Some(&index), &plan.live);
                self.after.push(Step::IndexWarmThroughput(index, text(rise)));
            }
            (Aspect::Replicas, _) => self.unchanged.push(Unchanged::Replicas(difference)),
            (Aspect::Class, _) => self.after.push(Step::Class(expected)),
            (aspect, _) => {
                if plan.removes_setting(&difference) && !plan.allowed.settings.contains(&aspect) {
                    self.unchanged.push(Unchanged::RemoveSetting(aspect, difference));
                } else {
                    self.after.extend(plan.setting(&difference));
                }
            }
        }
    }

    fn is_other(&mut self, index: String, difference: Difference) {
        match self.other.iter_mut().find(|(known, _)| *known == index) {
            Some((_, differences)) => differences.push(difference),
            None => self.other.push((index, vec![difference])),
        }
    }
}

impl LiveTable {
    /// The indexes that are being created, changed or deleted.
    fn under_way(&self) -> impl Iterator<Item = String> {
        let indexes = self.table.global_secondary_indexes().iter();
        indexes.filter(|index| !is_ready(index)).filter_map(|index| index.index_name.clone())
    }

    /// The table as it will be without the indexes that are being deleted.
    pub(super) fn without_deleted(&self) -> Self {
        let mut live = self.clone();
        if let Some(indexes) = &mut live.table.global_secondary_indexes {
            indexes.retain(|index| index.index_status() != Some(&IndexStatus::Deleting));
        }
        live
    }
}
