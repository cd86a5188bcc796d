//! What is known of a table before it exists.

use super::EntitySchema;

/// Which of DynamoDB's two kinds an index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IndexKind {
    /// A global secondary index (GSI): keys of its own, eventually consistent.
    Global,
    /// A local secondary index (LSI): the table's partition key, a sort key of its own.
    Local,
}

/// One secondary index.
#[derive(Debug, Clone, Copy)]
pub struct IndexSchema {
    /// The index's name in DynamoDB.
    pub name: &'static str,
    /// Global or local.
    pub kind: IndexKind,
    /// The attributes that are its partition key: one, or up to four of a global index.
    pub partition_key: &'static [&'static str],
    /// The attributes that are its sort key: none, one, or up to four of a global index.
    pub sort_key: &'static [&'static str],
}

/// Everything that `#[derive(Table)]` knows, its entities included.
#[derive(Debug, Clone, Copy)]
pub struct TableSchema {
    /// The struct's name. The physical table's name is given when connecting.
    pub name: &'static str,
    /// The attribute that is the partition key.
    pub partition_key: &'static str,
    /// The attribute that is the sort key.
    pub sort_key: Option<&'static str>,
    /// The attribute that says which entity an item is.
    pub type_attribute: &'static str,
    /// The secondary indexes, in the order of their declaration.
    pub indexes: &'static [IndexSchema],
    /// The entities that live in the table.
    pub entities: &'static [&'static EntitySchema],
}

/// What the partition key of a sentinel begins with, the item that holds a unique value for its owner. No field's text
/// in a template can: an escape is `$` and a character up to `T`.
pub(crate) const SENTINEL_KEY: &str = "$UNIQUE#";

/// What a sentinel's type attribute holds.
pub(crate) const SENTINEL_TYPE: &str = "$unique";

impl IndexSchema {
    /// In place of an index of a table that the derive found mistakes in.
    #[doc(hidden)]
    pub const BROKEN: Self = Self { name: "", kind: IndexKind::Global, partition_key: &[], sort_key: &[] };
}

impl TableSchema {
    /// In place of a table that the derive found mistakes in: the checks have nothing more to say of it.
    #[doc(hidden)]
    pub const BROKEN: Self =
        Self { name: "", partition_key: "", sort_key: None, type_attribute: "", indexes: &[], entities: &[] };

    /// Whether one of its entities has unique fields.
    pub const fn has_unique(&self) -> bool {
        let mut entities = self.entities;
        while let [entity, rest @ ..] = entities {
            if !entity.unique.is_empty() {
                return true;
            }
            entities = rest;
        }
        false
    }

    /// The time-to-live attribute: the one that its entities name (the compiler has checked that they name one).
    pub fn ttl(&self) -> Option<&'static str> {
        self.entities.iter().find_map(|entity| entity.ttl)
    }

    /// The wire type of a key attribute, as the entities use it; a string where none does.
    pub fn key_kind(&self, attribute: &str) -> super::KeyKind {
        let mut keys = self.entities.iter().flat_map(|entity| entity.keys);
        keys.find(|key| key.attribute == attribute).map_or(super::KeyKind::S, |key| key.pattern.kind())
    }
}
