//! Grants as the statements of a policy: who may do what, where, and when.

use super::access::Place;
use super::condition::condition;
use super::grant::{Grant, On, Owned};
use super::not_among;
use crate::define::TableDefinition;
use crate::define::document::{Map, Node};

/// A statement whose resource is not written yet: a document has ARNs, a template has references.
pub(super) struct Statement {
    pub(super) place: Place,
    pub(super) actions: Vec<&'static str>,
    pub(super) condition: Map,
    condition_text: String,
}

/// The statements of a grant, or what is wrong with it.
pub(super) fn statements(definition: &TableDefinition, grant: &Grant, wrong: &mut Vec<String>) -> Vec<Statement> {
    let Some(index) = index_of(definition, grant, wrong) else { return Vec::new() };
    if grant.access.is_empty() {
        wrong.push("a grant allows nothing: say what".to_owned());
    }
    fits(definition, grant, index.as_deref(), wrong);
    let condition = condition(definition, grant, index.as_deref(), wrong);
    let mut statements: Vec<Statement> = Vec::new();
    for access in &grant.access {
        for (place, actions) in access.placed(definition, index.as_deref()) {
            add(&mut statements, Statement::new(place, actions, condition.clone()));
        }
    }
    statements
}

impl Statement {
    fn new(place: Place, mut actions: Vec<&'static str>, condition: Map) -> Self {
        actions.sort_unstable();
        actions.dedup();
        let condition_text = crate::define::json::text(&condition);
        Self { place, actions, condition, condition_text }
    }
}

/// Actions of one place on one condition stand in one statement.
pub(super) fn add(statements: &mut Vec<Statement>, new: Statement) {
    let known =
        statements.iter_mut().find(|known| known.place == new.place && known.condition_text == new.condition_text);
    match known {
        Some(known) => {
            known.actions.extend(new.actions);
            known.actions.sort_unstable();
            known.actions.dedup();
        }
        None => statements.push(new),
    }
}

/// The index that the grant is for, if it is there; `None` inside for the table.
#[expect(clippy::option_option, reason = "the outer one is a mistake that is told")]
fn index_of(definition: &TableDefinition, grant: &Grant, wrong: &mut Vec<String>) -> Option<Option<String>> {
    match &grant.on {
        On::Table => Some(None),
        On::Index(name) => {
            if definition.indexes().iter().any(|index| index.name == name) {
                return Some(Some(name.clone()));
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
            Some(found.index.map(str::to_owned))
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

/// IAM reads both; one stands without brackets.
pub(super) fn one_or_list(texts: &[String]) -> Node {
    let mut nodes: Vec<Node> = texts.iter().map(|text| text.as_str().into()).collect();
    match (nodes.len(), nodes.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            nodes.extend(last);
            Node::List(nodes)
        }
    }
}
