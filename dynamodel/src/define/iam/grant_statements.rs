//! Grants as the statements of a policy.

use super::condition::Condition;
use super::grant::{Grant, Owned};
use super::sentinels;
use super::statement::{Statement, add};
use super::target::target;
use crate::define::definition::TableDefinition;

/// The statements of a grant, or what is wrong with it.
pub(super) fn grant_statements(definition: &TableDefinition, grant: &Grant, wrong: &mut Vec<String>) -> Vec<Statement> {
    let Some(target) = target(definition, grant, wrong) else { return Vec::new() };
    if grant.access.is_empty() {
        wrong.push("a grant allows nothing: name at least one access".to_owned());
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

/// Whether each access is possible in this place and under these conditions.
fn fits(definition: &TableDefinition, grant: &Grant, index: Option<&str>, wrong: &mut Vec<String>) {
    for access in &grant.access {
        if let Some(index) = index.filter(|_| !access.is_of_indexes()) {
            wrong.push(format!("`{access:?}` on the index `{index}`: an index can only be queried and scanned"));
        }
        if !grant.owned.is_empty() && !access.has_partition() {
            wrong.push(format!(
                "`{access:?}` names no partition, so that it cannot be restricted to the principal's own partitions"
            ));
        }
        let has_unique = |own: &&Owned| {
            definition.entities().iter().any(|entity| entity.name == own.entity && !entity.unique.is_empty())
        };
        if let Some(own) = grant.owned.iter().find(has_unique).filter(|_| !access.sentinel_actions().is_empty()) {
            wrong.push(format!(
                "`{access:?}` of `{}` cannot be restricted to the principal's own partitions: the sentinels of its unique values lie in partitions that belong to no principal",
                own.entity
            ));
        }
        if !grant.attributes.is_empty() && !access.reads_parts() {
            wrong.push(format!("`{access:?}` cannot be restricted to single attributes: only reads can"));
        }
        if grant.in_transactions && !access.is_transactional() {
            wrong
                .push(format!("`{access:?}` cannot be part of a transaction: grant it without `in_transactions_only`"));
        }
        let has_stream = definition.settings().stream.is_some() || !definition.settings().replicas.is_empty();
        if access.is_of_stream() && !has_stream {
            wrong.push("the table has no stream: add `.stream(..)` to its definition".to_owned());
        }
    }
}
