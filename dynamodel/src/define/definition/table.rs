//! A table's definition: what its types know, and the app's settings.

use super::sample::Sample;
use super::settings::Settings;
use crate::schema::{EntitySchema, IndexKind, IndexSchema, KeyKind, ProjectionType, TableSchema, projection_type};

/// A table before it exists: keys, indexes, projections and time to live from its types, and what only the app knows
/// (billing, streams, encryption, …) by the methods of this value. `Shop::definition()` gives it.
///
/// `CreateTable`, CloudFormation and the comparison with a live table all come from it.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::{StreamView, Template};
///
/// let definition = Shop::definition().stream(StreamView::NewAndOldImages).point_in_time_recovery(35);
/// assert_eq!(definition.partition_key(), "PK");
/// assert_eq!(definition.ttl(), Some("expires_at"));
/// let yaml = Template::new().table(definition).to_yaml()?;
/// assert!(yaml.contains("AttributeName: expires_at"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a definition is a plain value: make a template of it, or hand it to `ensure_table_with`"]
pub struct TableDefinition {
    schema: &'static TableSchema,
    attributes: Vec<AttributeDefinition>,
    indexes: Vec<IndexDefinition>,
    pub(in crate::define) settings: Settings,
    pub(in crate::define) samples: Vec<Sample>,
}

/// An attribute that is a key of the table or of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttributeDefinition {
    /// Its name.
    pub name: &'static str,
    /// String, number or binary.
    pub kind: KeyKind,
}

/// A secondary index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexDefinition {
    /// Its name.
    pub name: &'static str,
    /// Global or local.
    pub kind: IndexKind,
    /// The attributes of its partition key, up to four.
    pub partition_key: &'static [&'static str],
    /// The attributes of its sort key, none to four.
    pub sort_key: &'static [&'static str],
    /// Which attributes of an item it holds.
    pub projection: ProjectionType,
}

impl TableDefinition {
    /// The definition of a schema: `T::SCHEMA` of any [`Table`](crate::Table), where the table's type is a parameter.
    pub fn from_schema(schema: &'static TableSchema) -> Self {
        let mut attributes: Vec<AttributeDefinition> = Vec::new();
        let own = std::iter::once(schema.partition_key).chain(schema.sort_key);
        let of_indexes = schema.indexes.iter().flat_map(|index| index.partition_key.iter().chain(index.sort_key));
        for name in own.chain(of_indexes.copied()) {
            if !attributes.iter().any(|known| known.name == name) {
                attributes.push(AttributeDefinition { name, kind: schema.key_kind(name) });
            }
        }
        let index = |index: &IndexSchema| IndexDefinition {
            name: index.name,
            kind: index.kind,
            partition_key: index.partition_key,
            sort_key: index.sort_key,
            projection: projection_type(schema, index),
        };
        let indexes = schema.indexes.iter().map(index).collect();
        Self { schema, attributes, indexes, settings: Settings::default(), samples: Vec::new() }
    }

    /// The struct's name. The physical table's name is that of [`named`](Self::named), or a parameter of the template.
    pub fn table(&self) -> &'static str {
        self.schema.name
    }

    pub(in crate::define) fn schema(&self) -> &'static TableSchema {
        self.schema
    }

    /// The attribute that says which entity an item is.
    pub fn type_attribute(&self) -> &'static str {
        self.schema.type_attribute
    }

    /// The attribute that is the partition key.
    pub fn partition_key(&self) -> &'static str {
        self.schema.partition_key
    }

    /// The attribute that is the sort key.
    pub fn sort_key(&self) -> Option<&'static str> {
        self.schema.sort_key
    }

    /// Every attribute that is a key of the table or of an index, once.
    pub fn attributes(&self) -> &[AttributeDefinition] {
        &self.attributes
    }

    /// The secondary indexes, in the order of their declaration.
    pub fn indexes(&self) -> &[IndexDefinition] {
        &self.indexes
    }

    /// The indexes of one kind.
    pub fn indexes_of(&self, kind: IndexKind) -> impl Iterator<Item = &IndexDefinition> {
        self.indexes.iter().filter(move |index| index.kind == kind)
    }

    /// The attribute by which items expire.
    pub fn ttl(&self) -> Option<&'static str> {
        self.schema.ttl()
    }

    /// The entities that live in the table.
    pub fn entities(&self) -> &'static [&'static EntitySchema] {
        self.schema.entities
    }

    /// The settings that the app has added.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
