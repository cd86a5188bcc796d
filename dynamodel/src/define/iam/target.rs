//! The table or index that a grant applies to.

use super::grant::{Grant, On};
use super::names::not_among;
use crate::define::definition::TableDefinition;
use crate::schema::EntitySchema;

/// The table or index that a grant applies to.
pub(super) struct Target {
    pub(super) index: Option<String>,
    /// The entity whose access pattern it is for.
    pub(super) pattern: Option<&'static EntitySchema>,
}

/// What the grant applies to, if it exists.
pub(super) fn target(definition: &TableDefinition, grant: &Grant, wrong: &mut Vec<String>) -> Option<Target> {
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
