//! What is known of an entity before any value exists.

use super::{Pattern, Piece};

/// Whether a key attribute chooses the partition or the place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// The partition key (`HASH`).
    Partition,
    /// The sort key (`RANGE`).
    Sort,
}

/// One key attribute of an entity: of the primary key or of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyAttribute {
    /// The attribute's name in the table, for example `GSI1PK`.
    pub attribute: &'static str,
    /// The index's name; `None` for the primary key.
    pub index: Option<&'static str>,
    /// Partition or sort key.
    pub position: Position,
    /// Where its value comes from.
    pub pattern: Pattern,
}

impl KeyAttribute {
    /// Whether its value is made from the field, among others.
    pub(crate) fn names(&self, field: &str) -> bool {
        match self.pattern {
            Pattern::Template(pieces) => {
                pieces.iter().any(|piece| matches!(piece, Piece::Field { name, .. } if *name == field))
            }
            Pattern::Native { name, .. } => name == field,
        }
    }

    /// Whether the attribute is one of the struct's own, and not written beside them.
    pub const fn is_own(&self) -> bool {
        match &self.pattern {
            Pattern::Template(_) => false,
            Pattern::Native { stored, .. } => super::text::same(stored, self.attribute),
        }
    }
}

/// Everything that `#[derive(Entity)]` knows of a struct.
#[derive(Debug, Clone, Copy)]
pub struct EntitySchema {
    /// The struct's name.
    pub name: &'static str,
    /// What the entity-type attribute holds.
    pub type_name: &'static str,
    /// The key attributes: the primary key's first, then the indexes' in the order of their declaration.
    pub keys: &'static [KeyAttribute],
    /// The names under which the struct's fields are stored.
    pub attributes: &'static [&'static str],
    /// The version's attribute.
    pub version: Option<&'static str>,
    /// Whether that is a lock's lease, which nothing but its owner deletes.
    pub lock: bool,
    /// The time-to-live attribute.
    pub ttl: Option<&'static str>,
    /// The attribute that says when the item was created.
    pub created_at: Option<&'static str>,
    /// The attribute that says when the item was written last.
    pub updated_at: Option<&'static str>,
    /// Its named access patterns: the primary key's first.
    pub patterns: &'static [AccessPattern],
    /// Which values no two of its items share.
    pub unique: &'static [UniqueSchema],
}

/// Attributes whose values together no two items of an entity share: `#[dynamo(unique)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UniqueSchema {
    /// The attributes' names, with `+` between them.
    pub name: &'static str,
    /// The attributes.
    pub attributes: &'static [&'static str],
}

/// A named way to the items of an entity: `query = of_user`, `index(by_token = Gsi1, ..)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessPattern {
    /// The name of the generated function.
    pub name: &'static str,
    /// The index's name; `None` for the table's own key.
    pub index: Option<&'static str>,
    /// What the entity needs the index to hold.
    pub projection: ProjectionSchema,
    /// Whether other entities may lie between the items: then the server leaves them out, at the price of reading them.
    pub mixed: bool,
}

/// What an index holds of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProjectionSchema {
    /// All of it.
    All,
    /// The keys of the table and of the index.
    KeysOnly,
    /// The keys, and these attributes.
    Include(&'static [&'static str]),
}

impl EntitySchema {
    /// In place of an entity that the derive found mistakes in: the checks have nothing more to say of it.
    #[doc(hidden)]
    pub const BROKEN: Self = Self {
        name: "",
        type_name: "",
        keys: &[],
        attributes: &[],
        version: None,
        lock: false,
        ttl: None,
        created_at: None,
        updated_at: None,
        patterns: &[],
        unique: &[],
    };

    /// The key attributes of the primary key (`None`) or of an index.
    pub fn keys_of(&self, index: Option<&str>) -> impl Iterator<Item = &'static KeyAttribute> {
        self.keys.iter().filter(move |key| key.index == index)
    }
}

/// A local index has the table's partition key.
pub(super) const fn partition_index<'i>(mut keys: &[KeyAttribute], index: Option<&'i str>) -> Option<&'i str> {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) && matches!(key.position, Position::Partition) {
            return index;
        }
        keys = rest;
    }
    None
}

/// Whether the attribute is a key of the index; `None`: of the table.
pub(super) const fn is_on(key: &KeyAttribute, index: Option<&str>) -> bool {
    match (key.index, index) {
        (Some(one), Some(other)) => super::text::same(one, other),
        (None, None) => true,
        _ => false,
    }
}
