//! What an index must hold, so that every entity finds there what it says.

use super::{IndexSchema, ProjectionSchema, TableSchema};

/// What an index holds of an item: the union of what the entities' access patterns take from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProjectionType {
    /// All of it.
    All,
    /// The keys of the table and of the index.
    KeysOnly,
    /// The keys, and these attributes.
    Include(Vec<&'static str>),
}

impl ProjectionType {
    /// The attributes beside the keys that are named one by one.
    pub fn included(&self) -> &[&'static str] {
        match self {
            Self::Include(attributes) => attributes,
            Self::All | Self::KeysOnly => &[],
        }
    }

    pub(crate) fn as_str(&self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::KeysOnly => "KEYS_ONLY",
            Self::Include(_) => "INCLUDE",
        }
    }
}

/// The union over the entities. An index without access patterns holds all.
pub(crate) fn projection_type(table: &TableSchema, index: &IndexSchema) -> ProjectionType {
    let patterns = table.entities.iter().flat_map(|entity| entity.patterns);
    let mut patterns = patterns.filter(|pattern| pattern.index == Some(index.name)).peekable();
    if patterns.peek().is_none() {
        return ProjectionType::All;
    }
    let own = [Some(table.partition_key), table.sort_key];
    let is_key =
        |name: &&str| own.contains(&Some(*name)) || index.partition_key.contains(name) || index.sort_key.contains(name);
    let mut attributes: Vec<&'static str> = Vec::new();
    for pattern in patterns {
        let included = match pattern.projection {
            ProjectionSchema::KeysOnly => continue,
            ProjectionSchema::Include(included) => included,
            ProjectionSchema::All => return ProjectionType::All,
        };
        // What the library looks at by itself.
        let managed = std::iter::once(table.type_attribute).chain(table.ttl());
        for name in included.iter().copied().chain(managed) {
            if !attributes.contains(&name) && !is_key(&name) {
                attributes.push(name);
            }
        }
    }
    if attributes.is_empty() { ProjectionType::KeysOnly } else { ProjectionType::Include(attributes) }
}
