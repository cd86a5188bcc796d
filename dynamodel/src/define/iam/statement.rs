//! Statements of a policy: actions, place and condition.

use super::access::Place;
use super::condition::Condition;
use crate::define::document::{Map, json};

/// A statement without its resource, which is an ARN in a document and a reference in a template.
pub(super) struct Statement {
    pub(super) place: Place,
    pub(super) actions: Vec<&'static str>,
    pub(super) condition: Condition,
}

impl Statement {
    pub(super) fn new(place: Place, mut actions: Vec<&'static str>, condition: Condition) -> Self {
        actions.sort_unstable();
        actions.dedup();
        Self { place, actions, condition }
    }

    fn is_unconditional(&self) -> bool {
        self.condition.map().is_empty()
    }
}

/// Adds a statement, joined with one of the same place and condition. Queries that differ in their partitions alone are
/// joined too, because each query is for one partition.
pub(super) fn add(statements: &mut Vec<Statement>, new: Statement) {
    const QUERY: [&str; 1] = ["dynamodb:Query"];
    let same = |one: &Map, other: &Map| json::text(one) == json::text(other);
    for known in statements.iter_mut().filter(|known| known.place == new.place) {
        if same(&known.condition.map(), &new.condition.map()) {
            known.actions.extend(new.actions);
            known.actions.sort_unstable();
            known.actions.dedup();
            return;
        }
        if known.actions == QUERY
            && new.actions == QUERY
            && same(&known.condition.others(), &new.condition.others())
            && let (Some(texts), Some(more)) = (&mut known.condition.leading, &new.condition.leading)
        {
            texts.extend(more.clone());
            return;
        }
    }
    statements.push(new);
}

/// Leaves out actions that another statement allows without a condition.
pub(super) fn without_duplicates(statements: Vec<Statement>) -> Vec<Statement> {
    let free: Vec<_> = statements.iter().filter(|own| own.is_unconditional()).collect();
    let free: Vec<_> = free.iter().map(|own| (own.place.clone(), own.actions.clone())).collect();
    let is_free =
        |place: &Place, action: &str| free.iter().any(|(own, actions)| own == place && actions.contains(&action));
    let rest = statements.into_iter().map(|mut own| {
        if !own.is_unconditional() {
            own.actions.retain(|action| !is_free(&own.place, action));
        }
        own
    });
    rest.filter(|own| !own.actions.is_empty()).collect()
}
