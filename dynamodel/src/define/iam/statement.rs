//! Grants as the statements of a policy: who may do what, where, and when.

use super::access::Place;
use super::condition::Condition;
use super::grant::{Grant, On, Owned};
use super::{not_among, sentinels};
use crate::define::TableDefinition;
use crate::define::document::{Map, json};
use crate::schema::EntitySchema;

/// A statement whose resource is not written yet: a document has ARNs, a template has references.
pub(super) struct Statement {
    pub(super) place: Place,
    pub(super) actions: Vec<&'static str>,
    pub(super) condition: Condition,
}

/// Where a grant applies, as the definition has it.
pub(super) struct Target {
    pub(super) index: Option<String>,
    /// Whose access pattern it is for.
    pub(super) pattern: Option<&'static EntitySchema>,
}

/// The statements of a grant, or what is wrong with it.
pub(super) fn statements(definition: &TableDefinition, grant: &Grant, wrong: &mut Vec<String>) -> Vec<Statement> {
    let Some(target) = target(definition, grant, wrong) else { return Vec::new() };
    if grant.access.is_empty() {
        wrong.push("a grant allows nothing: say what".to_owned());
    }
    let index = target.index.as_deref();
    fits(definition, grant, index, wrong);
    let condition = Condition::of(definition, grant, &target, wrong);
    let mut statements: Vec<Statement> = Vec::new();
    for access in &grant.access {
        for (place, actions) in access.placed(definition, index) {
            add(&mut statements, Statement::new(place, actions, condition.clone()));
        }
    }
    for statement in sentinels::statements(definition, grant) {
        add(&mut statements, statement);
    }
    statements
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

/// Actions of one place on one condition stand in one statement, and so do the partitions that may be queried there on the
/// same condition: a query is for one.
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

/// Leaves out what is allowed without a condition as well.
pub(super) fn without_doubles(statements: Vec<Statement>) -> Vec<Statement> {
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

/// Where the grant applies, if that is there.
fn target(definition: &TableDefinition, grant: &Grant, wrong: &mut Vec<String>) -> Option<Target> {
    match &grant.on {
        On::Table => Some(Target { index: None, pattern: None }),
        On::Index(name) => {
            if definition.indexes().iter().any(|index| index.name == name) {
                return Some(Target { index: Some(name.clone()), pattern: None });
            }
            wrong.push(not_among("index", name, definition.indexes().iter().map(|index| index.name)));
            None
        }
        On::Pattern { entity, pattern } => {
            let Some(known) = definition.entities().iter().find(|known| known.name == entity) else {
                wrong.push(not_among("entity", entity, definition.entities().iter().map(|known| known.name)));
                return None;
            };
            let Some(found) = known.patterns.iter().find(|known| known.name == pattern) else {
                let names = known.patterns.iter().map(|known| known.name);
                wrong.push(not_among(&format!("access pattern of `{entity}`"), pattern, names));
                return None;
            };
            Some(Target { index: found.index.map(str::to_owned), pattern: Some(known) })
        }
    }
}

/// Whether each access can be had there and on these conditions.
fn fits(definition: &TableDefinition, grant: &Grant, index: Option<&str>, wrong: &mut Vec<String>) {
    for access in &grant.access {
        if let Some(index) = index.filter(|_| !access.is_of_indexes()) {
            wrong.push(format!("`{access:?}` on the index `{index}`: an index is queried and scanned, no more"));
        }
        if !grant.owned.is_empty() && !access.has_partition() {
            wrong.push(format!("`{access:?}` is for no partition: it cannot be kept to the principal's own"));
        }
        let has_unique = |own: &&Owned| {
            definition.entities().iter().any(|entity| entity.name == own.entity && !entity.unique.is_empty())
        };
        if let Some(own) = grant.owned.iter().find(has_unique).filter(|_| !access.sentinel_actions().is_empty()) {
            wrong.push(format!(
                "`{access:?}` of `{}` cannot be kept to the principal's own: the sentinels of its unique values lie in partitions that are nobody's",
                own.entity
            ));
        }
        if !grant.attributes.is_empty() && !access.reads_parts() {
            wrong.push(format!(
                "`{access:?}` touches more than some attributes: only reads of parts can be kept to them"
            ));
        }
        if grant.in_transactions && !access.is_transactional() {
            wrong.push(format!("`{access:?}` never stands in a transaction: take it out of `in_transactions_only`"));
        }
        let has_stream = definition.settings().stream.is_some() || !definition.settings().replicas.is_empty();
        if access.is_of_stream() && !has_stream {
            wrong.push("the table has no stream to read: add `.stream(..)` to its definition".to_owned());
        }
    }
}
