//! The parts of a CreateTable request.

use crate::schema::{IndexKind, IndexSchema, KeyKind, ProjectionSchema, TableSchema};
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement, KeyType, LocalSecondaryIndex, Projection,
    ProjectionType, ScalarAttributeType,
};

/// Every attribute that is a key of the table or of an index, once, with its type.
pub(crate) fn attributes(table: &TableSchema) -> Result<Vec<AttributeDefinition>, BuildError> {
    let mut names: Vec<&str> = Vec::new();
    let own = std::iter::once(table.partition_key).chain(table.sort_key);
    let of_indexes = table.indexes.iter().flat_map(|index| index.partition_key.iter().chain(index.sort_key).copied());
    for name in own.chain(of_indexes) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let definition = |name: &&str| {
        let kind = match table.key_kind(name) {
            KeyKind::S => ScalarAttributeType::S,
            KeyKind::N => ScalarAttributeType::N,
            KeyKind::B => ScalarAttributeType::B,
        };
        AttributeDefinition::builder().attribute_name(*name).attribute_type(kind).build()
    };
    names.iter().map(definition).collect()
}

/// A key of partition and sort attributes.
pub(crate) fn keys(partition: &[&str], sort: &[&str]) -> Result<Vec<KeySchemaElement>, BuildError> {
    let partition = partition.iter().map(|name| (*name, KeyType::Hash));
    let sort = sort.iter().map(|name| (*name, KeyType::Range));
    let element = |(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    partition.chain(sort).map(element).collect()
}

/// The global secondary indexes.
pub(crate) fn global_indexes(table: &TableSchema) -> Result<Option<Vec<GlobalSecondaryIndex>>, BuildError> {
    let of_kind = table.indexes.iter().filter(|index| index.kind == IndexKind::Global);
    let built: Result<Vec<_>, _> = of_kind
        .map(|index| {
            GlobalSecondaryIndex::builder()
                .index_name(index.name)
                .set_key_schema(Some(keys(index.partition_key, index.sort_key)?))
                .projection(projection(table, index)?)
                .build()
        })
        .collect();
    built.map(some)
}

/// The local secondary indexes.
pub(crate) fn local_indexes(table: &TableSchema) -> Result<Option<Vec<LocalSecondaryIndex>>, BuildError> {
    let of_kind = table.indexes.iter().filter(|index| index.kind == IndexKind::Local);
    let built: Result<Vec<_>, _> = of_kind
        .map(|index| {
            LocalSecondaryIndex::builder()
                .index_name(index.name)
                .set_key_schema(Some(keys(index.partition_key, index.sort_key)?))
                .projection(projection(table, index)?)
                .build()
        })
        .collect();
    built.map(some)
}

/// What an index holds.
fn projection(table: &TableSchema, index: &IndexSchema) -> Result<Projection, BuildError> {
    let count: usize = table.indexes.iter().map(|index| held(table, index).attributes().len()).sum();
    if count > MOST_PROJECTED {
        return Err(BuildError::other(format!(
            "the indexes of `{}` hold {count} attributes beside their keys, and DynamoDB takes {MOST_PROJECTED} in all: include fewer, or let an index hold all",
            table.name
        )));
    }
    let held = held(table, index);
    let kind = match &held {
        Held::All => ProjectionType::All,
        Held::Some(attributes) if attributes.is_empty() => ProjectionType::KeysOnly,
        Held::Some(_) => ProjectionType::Include,
    };
    let attributes = held.attributes().iter().map(|name| (*name).to_owned()).collect();
    Ok(Projection::builder().projection_type(kind).set_non_key_attributes(some(attributes)).build())
}

/// DynamoDB's limit on the attributes of all indexes of a table together, each counted as often as it is held.
const MOST_PROJECTED: usize = 100;

/// What an index must hold, so that every entity finds there what it says.
enum Held {
    All,
    /// The keys, and these.
    Some(Vec<&'static str>),
}

impl Held {
    fn attributes(&self) -> &[&'static str] {
        match self {
            Self::All => &[],
            Self::Some(attributes) => attributes,
        }
    }
}

/// The union over the entities. An index that nobody has a pattern on holds all.
fn held(table: &TableSchema, index: &IndexSchema) -> Held {
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
            _ => return Held::All,
        };
        // What the library looks at by itself.
        let managed = std::iter::once(table.type_attribute).chain(table.ttl());
        for name in included.iter().copied().chain(managed) {
            if !attributes.contains(&name) && !is_key(&name) {
                attributes.push(name);
            }
        }
    }
    Held::Some(attributes)
}

/// DynamoDB takes no empty list.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
