//! Which steps a table takes, and what stays.

use super::{Left, LiveTable, Plan, Scope, Step};
use crate::define::{Aspect, Difference, Encryption, IndexDefinition, Remedy, TableDefinition};
use crate::schema::IndexKind;
use aws_sdk_dynamodb::types::{IndexStatus, TimeToLiveStatus};

/// DynamoDB's limit on global indexes.
const MOST_GLOBAL: usize = 20;

pub(super) fn all(plan: &Plan) -> (Vec<Step>, Vec<Left>) {
    let mut found = Sorted { left: plan.not_looked_at(), ..Sorted::default() };
    for difference in plan.differences(&plan.live.without_deleted()) {
        found.sort(plan, difference);
    }
    let mut steps: Vec<_> = plan.live.under_way().map(Step::WaitForIndex).collect();
    steps.append(&mut found.settings);
    found.indexes(plan, &mut steps);
    steps.append(&mut found.after);
    (steps, found.left)
}

/// The differences, by what is to be done about them.
#[derive(Default)]
struct Sorted {
    /// Before the indexes: what new indexes are paid by.
    settings: Vec<Step>,
    /// Indexes that are not there.
    missing: Vec<String>,
    /// Indexes that are others.
    other: Vec<(String, Vec<Difference>)>,
    /// Indexes that the definition does not know.
    unknown: Vec<String>,
    /// Attributes of another type.
    types: Vec<String>,
    /// After the indexes.
    after: Vec<Step>,
    left: Vec<Left>,
}

impl Sorted {
    fn sort(&mut self, plan: &Plan, difference: Difference) {
        let expected = difference.expected.clone();
        match (difference.aspect.clone(), difference.remedy) {
            (_, Remedy::NewTable) => self.left.push(Left::NewTable(difference)),
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
            (Aspect::Class, _) => self.after.push(Step::Class(expected)),
            (aspect, _) => {
                if plan.takes_away(&difference) && !plan.asked.taking_away.contains(&aspect) {
                    self.left.push(Left::TakeAway(aspect, difference));
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

    fn indexes(&mut self, plan: &Plan, steps: &mut Vec<Step>) {
        let asked = &plan.asked;
        let known = |index: &String| plan.definition.indexes().iter().any(|own| own.name == index.as_str());
        self.left.extend(asked.removing.iter().filter(|index| known(index)).cloned().map(Left::StillDefined));
        let (removing, staying): (Vec<_>, Vec<_>) =
            self.unknown.drain(..).partition(|index| asked.removing.contains(index));
        self.left.extend(staying.into_iter().map(Left::RemoveIndex));
        let (mut replacing, mut other): (Vec<_>, Vec<_>) =
            self.other.drain(..).partition(|(index, _)| asked.replacing.contains(index));
        // An index whose attribute stays of another type cannot be made anew, and so is not deleted; which in turn can keep
        // another one from being made.
        let mut blocked = Vec::new();
        loop {
            let going: Vec<&str> =
                removing.iter().chain(replacing.iter().map(|(index, _)| index)).map(String::as_str).collect();
            let stuck = replacing.iter().position(|(index, _)| plan.blocks(index, &self.types, &going).is_some());
            let Some(at) = stuck else { break };
            other.push(replacing.remove(at));
        }
        let going: Vec<&str> =
            removing.iter().chain(replacing.iter().map(|(index, _)| index)).map(String::as_str).collect();
        let mut making = Vec::new();
        for index in self.missing.drain(..) {
            match plan.blocks(&index, &self.types, &going) {
                Some(attribute) => blocked.push(Left::BlockedIndex { index, attribute }),
                None => making.push(index),
            }
        }
        self.left.extend(other.into_iter().map(|(index, differences)| Left::ReplaceIndex { index, differences }));
        self.left.extend(blocked);
        let crowded = plan.live.table.global_secondary_indexes().len() + making.len() > MOST_GLOBAL;
        let first = crowded || !self.types.is_empty();
        let deletions = removing.iter().cloned().map(Step::DeleteIndex);
        if first {
            steps.extend(deletions.clone());
        }
        let replaced = || replacing.iter().map(|(index, _)| index.clone());
        if self.types.is_empty() {
            // One after the other, so that only one at a time is away.
            steps.extend(replaced().flat_map(|index| [Step::DeleteIndex(index.clone()), Step::CreateIndex(index)]));
        } else {
            // An attribute keeps its type as long as one index is keyed by it.
            steps.extend(replaced().map(Step::DeleteIndex).chain(replaced().map(Step::CreateIndex)));
        }
        steps.extend(making.into_iter().map(Step::CreateIndex));
        if !first {
            steps.extend(deletions);
        }
    }
}

impl Plan {
    /// What the table has otherwise than the definition, as far as this plan goes.
    pub(super) fn differences(&self, live: &LiveTable) -> Vec<Difference> {
        let mut found = self.definition.schema_differences(&live.table, live.expires_by());
        if self.scope == Scope::Settings {
            found.extend(self.definition.settings_differences(&live.table));
            let tags = self.missing_tags(live);
            if !tags.is_empty() {
                let aspect = Aspect::Tags;
                let list = |tags: &[String]| format!("`{}`", tags.join("`, `"));
                let (expected, found_tags) = (list(&tags), "others".to_owned());
                found.push(Difference { aspect, expected, found: found_tags, remedy: Remedy::InPlace });
            }
        }
        found
    }

    /// The tags that the table has not, or with another value.
    pub(super) fn missing_tags(&self, live: &LiveTable) -> Vec<String> {
        let wanted = self.definition.settings().tags.iter();
        wanted.filter(|tag| !live.tags.contains(tag)).map(|(key, _)| key.clone()).collect()
    }

    fn not_looked_at(&self) -> Vec<Left> {
        let settings = self.definition.settings();
        let set = [
            ("auto_scaling", settings.auto_scaling.is_some()),
            ("alarms", settings.alarms.is_some()),
            ("point_in_time_recovery", settings.point_in_time_recovery.is_some()),
            ("warm_throughput", settings.warm_throughput.is_some()),
            ("contributor_insights", settings.contributor_insights.is_some()),
            ("replicas", !settings.replicas.is_empty()),
        ];
        let set = set.into_iter().filter(|(_, set)| *set && self.scope == Scope::Settings);
        set.map(|(setting, _)| Left::NotLookedAt(setting)).collect()
    }

    /// Whether the table loses something by the change.
    fn takes_away(&self, difference: &Difference) -> bool {
        match difference.aspect {
            Aspect::Stream | Aspect::TimeToLive => difference.found != "none",
            Aspect::DeletionProtection => !self.definition.settings().deletion_protection,
            Aspect::Encryption => self.definition.settings().encryption == Encryption::AwsOwned,
            _ => false,
        }
    }

    /// The steps of one setting.
    fn setting(&self, difference: &Difference) -> Vec<Step> {
        let expected = difference.expected.clone();
        match difference.aspect {
            Aspect::Stream => {
                let off = (difference.found != "none").then_some(Step::StreamOff);
                let on = self.definition.settings().stream.map(|_| Step::StreamOn(expected));
                off.into_iter().chain(on).collect()
            }
            Aspect::TimeToLive => {
                let off = self.live.expires_by().map(|attribute| Step::TimeToLiveOff(attribute.to_owned()));
                let on = self.definition.ttl().map(|attribute| Step::TimeToLiveOn(attribute.to_owned()));
                off.into_iter().chain(on).collect()
            }
            Aspect::Encryption => vec![Step::Encryption(expected)],
            Aspect::DeletionProtection => vec![Step::DeletionProtection(expected)],
            Aspect::Tags => vec![Step::Tags(self.missing_tags(&self.live))],
            _ => Vec::new(),
        }
    }

    /// The definition's global indexes that are keyed by the attribute and are in the live table.
    fn live_indexes_of(&self, attribute: &str) -> Vec<String> {
        let own = self.definition.indexes_of(IndexKind::Global).filter(|index| keyed_by(index, attribute));
        let live = self.live.without_deleted();
        let names = own.map(|index| index.name.to_owned());
        names.filter(|name| live.global(name).is_some()).collect()
    }

    /// An attribute of the index's key that has another type, which an index that stays still needs.
    fn blocks(&self, index: &str, types: &[String], going: &[&str]) -> Option<String> {
        let index = self.definition.index(index)?;
        let stays = |attribute: &&String| {
            let live = &self.live.table;
            let global = live.global_secondary_indexes().iter();
            let mut staying = global
                .filter(|other| !other.index_name().is_some_and(|name| going.contains(&name)))
                .filter(|other| other.index_status() != Some(&IndexStatus::Deleting));
            let elements = live.key_schema().iter();
            let mut elements =
                elements.chain(live.local_secondary_indexes().iter().flat_map(|local| local.key_schema()));
            elements.any(|element| element.attribute_name() == attribute.as_str())
                || staying.any(|other| {
                    other.key_schema().iter().any(|element| element.attribute_name() == attribute.as_str())
                })
        };
        types.iter().filter(|attribute| keyed_by(index, attribute)).find(stays).cloned()
    }
}

impl TableDefinition {
    pub(super) fn index(&self, name: &str) -> Option<&IndexDefinition> {
        self.indexes_of(IndexKind::Global).find(|index| index.name == name)
    }
}

fn keyed_by(index: &IndexDefinition, attribute: &str) -> bool {
    index.partition_key.iter().chain(index.sort_key).any(|key| *key == attribute)
}

impl LiveTable {
    /// The attribute by which items expire.
    pub(super) fn expires_by(&self) -> Option<&str> {
        let on = self.ttl.as_ref().filter(|ttl| {
            matches!(ttl.time_to_live_status(), Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling))
        });
        on.and_then(|ttl| ttl.attribute_name())
    }

    /// The indexes that are being built, changed or deleted.
    fn under_way(&self) -> impl Iterator<Item = String> {
        let indexes = self.table.global_secondary_indexes().iter();
        indexes.filter(|index| !super::progress::is_ready(index)).filter_map(|index| index.index_name.clone())
    }

    /// The table as it is once the indexes that are being deleted are gone.
    fn without_deleted(&self) -> Self {
        let mut live = self.clone();
        if let Some(indexes) = &mut live.table.global_secondary_indexes {
            indexes.retain(|index| index.index_status() != Some(&IndexStatus::Deleting));
        }
        live
    }
}
