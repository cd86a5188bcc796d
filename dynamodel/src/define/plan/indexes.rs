//! Which indexes are created, replaced and deleted, and in which order.

use super::decide::Sorted;
use super::step::Step;
use super::table_plan::Plan;
use super::unchanged::Unchanged;
use crate::define::definition::{IndexDefinition, MOST_GLOBAL_INDEXES, TableDefinition};
use crate::schema::IndexKind;
use aws_sdk_dynamodb::types::IndexStatus;

impl Sorted {
    pub(super) fn indexes(&mut self, plan: &Plan, steps: &mut Vec<Step>) {
        let allowed = &plan.allowed;
        let known = |index: &String| plan.definition.index(index).is_some();
        self.unchanged
            .extend(allowed.index_removals.iter().filter(|index| known(index)).cloned().map(Unchanged::StillDefined));
        let (removing, staying): (Vec<_>, Vec<_>) =
            self.unknown.drain(..).partition(|index| allowed.index_removals.contains(index));
        self.unchanged.extend(staying.iter().cloned().map(Unchanged::RemoveIndex));
        let (mut replacing, mut other): (Vec<_>, Vec<_>) =
            self.other.drain(..).partition(|(index, _)| allowed.index_replacements.contains(index));
        // An index cannot be recreated while an attribute of its key keeps another type, and so is not deleted; which in turn
        // can keep another index from being created.
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
                Some(attribute) => blocked.push(Unchanged::BlockedIndex { index, attribute }),
                None => making.push(index),
            }
        }
        self.unchanged
            .extend(other.into_iter().map(|(index, differences)| Unchanged::ReplaceIndex { index, differences }));
        self.unchanged.extend(blocked);
        // An index that is replaced is deleted before it is created, so that it needs no room.
        let there = plan.live.without_deleted().table.global_secondary_indexes().len();
        let room = MOST_GLOBAL_INDEXES.saturating_sub(there.saturating_sub(removing.len()));
        let too_many = making.split_off(room.min(making.len()));
        self.unchanged
            .extend(too_many.into_iter().map(|index| Unchanged::TooManyIndexes { index, unknown: staying.clone() }));
        let crowded = plan.live.table.global_secondary_indexes().len() + making.len() > MOST_GLOBAL_INDEXES;
        let first = crowded || !self.types.is_empty();
        let deletions = removing.iter().cloned().map(Step::DeleteIndex);
        if first {
            steps.extend(deletions.clone());
        }
        let replaced = || replacing.iter().map(|(index, _)| index.clone());
        if self.types.is_empty() {
            // One after the other, so that only one index at a time is missing.
            steps.extend(replaced().flat_map(|index| [Step::DeleteIndex(index.clone()), Step::CreateIndex(index)]));
        } else {
            // An attribute keeps its type as long as it is in the key of any index.
            steps.extend(replaced().map(Step::DeleteIndex).chain(replaced().map(Step::CreateIndex)));
        }
        steps.extend(making.into_iter().map(Step::CreateIndex));
        if !first {
            steps.extend(deletions);
        }
    }
}

impl Plan {
    /// The live table's global indexes that have the attribute in their key in the definition.
    pub(super) fn live_indexes_of(&self, attribute: &str) -> Vec<String> {
        let own = self.definition.indexes_of(IndexKind::Global).filter(|index| keyed_by(index, attribute));
        let live = self.live.without_deleted();
        let names = own.map(|index| index.name.to_owned());
        names.filter(|name| live.global(name).is_some()).collect()
    }

    /// An attribute of the index's key that has another type, and is needed by an index that stays.
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
