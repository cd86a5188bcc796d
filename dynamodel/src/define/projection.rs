//! What an index must hold, so that every entity finds there what it says.

use super::Held;
use crate::schema::{IndexSchema, ProjectionSchema, TableSchema};

/// The union over the entities. An index that nobody has a pattern on holds all.
pub(super) fn held(table: &TableSchema, index: &IndexSchema) -> Held {
    let patterns = table.entities.iter().flat_map(|entity| entity.patterns);
    let mut patterns = patterns.filter(|pattern| pattern.index == Some(index.name)).peekable();
    if patterns.peek().is_none() {
        return Held::All;
    }
    let own = [Some(table.partition_key), table.sort_key];
    let is_key =
        |name: &&str| own.contains(&Some(*name)) || index.partition_key.contains(name) || index.sort_key.contains(name);
    let mut attributes: Vec<&'static str> = Vec::new();
    for pattern in patterns {
        let included = match pattern.projection {
            ProjectionSchema::KeysOnly => continue,
            ProjectionSchema::Include(included) => included,
            ProjectionSchema::All => return Held::All,
        };
        // What the library looks at by itself.
        let managed = std::iter::once(table.type_attribute).chain(table.ttl());
        for name in included.iter().copied().chain(managed) {
            if !attributes.contains(&name) && !is_key(&name) {
                attributes.push(name);
            }
        }
    }
    if attributes.is_empty() { Held::KeysOnly } else { Held::Include(attributes) }
}
