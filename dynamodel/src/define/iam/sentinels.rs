//! The further permissions of writes of entities with unique fields: on their sentinels, and on the old values.

use super::access::Place;
use super::condition::Condition;
use super::grant::{Grant, On};
use super::statement::{Statement, add};
use super::texts::{Text, Texts};
use crate::define::definition::TableDefinition;
use crate::op::{sentinel_start, unique_attributes};
use crate::schema::EntitySchema;

/// The further statements of a grant. A grant with `own_partitions` has none: it allows no write of an entity with unique
/// fields.
pub(super) fn statements(definition: &TableDefinition, grant: &Grant) -> Vec<Statement> {
    let entities = definition.entities().iter().copied().filter(|entity| !entity.unique.is_empty());
    let entities: Vec<&EntitySchema> = entities.collect();
    let mut out = Vec::new();
    if entities.is_empty() || !grant.owned.is_empty() || !matches!(grant.on, On::Table) {
        return out;
    }
    for access in &grant.access {
        let actions = access.sentinel_actions();
        if !actions.is_empty() {
            add(&mut out, Statement::new(Place::Table, actions.to_vec(), changes(&entities)));
        }
        for entity in entities.iter().filter(|_| access.reads_unique()) {
            add(&mut out, Statement::new(Place::Table, vec!["dynamodb:GetItem"], reads(definition, entity)));
        }
    }
    out
}

/// Only sentinels, and only in transactions.
fn changes(entities: &[&EntitySchema]) -> Condition {
    let all = entities.iter().flat_map(|entity| entity.unique.iter().map(move |unique| (entity, unique)));
    let texts: Texts = all
        .map(|(entity, unique)| {
            let mut text = Text::exact(String::new());
            text.literal(&format!("{}#", sentinel_start(entity, unique)));
            text.anything();
            text
        })
        .collect();
    let mut condition = Condition::on(texts);
    condition.enclosed(&["TransactWriteItems"]);
    condition
}

/// The entity's items, and only the attributes that sentinels are made from.
fn reads(definition: &TableDefinition, entity: &EntitySchema) -> Condition {
    let mut condition = Condition::on_entity(definition, entity, None);
    let keys = std::iter::once(definition.partition_key()).chain(definition.sort_key());
    let names = keys.chain(unique_attributes(entity)).map(|name| {
        let mut text = Text::exact(String::new());
        text.literal(name);
        text
    });
    condition.attributes(&names.collect());
    condition
}
