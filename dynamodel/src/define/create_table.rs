//! The parts of a CreateTable request.

use crate::schema::{IndexKind, IndexSchema, KeyKind, TableSchema};
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

/// The global secondary indexes, with whole items in them.
pub(crate) fn global_indexes(table: &TableSchema) -> Result<Option<Vec<GlobalSecondaryIndex>>, BuildError> {
    let of_kind = table.indexes.iter().filter(|index| index.kind == IndexKind::Global);
    let built: Result<Vec<_>, _> = of_kind
        .map(|index| {
            let index = index_parts(index)?;
            GlobalSecondaryIndex::builder()
                .index_name(index.0)
                .set_key_schema(Some(index.1))
                .projection(index.2)
                .build()
        })
        .collect();
    built.map(some)
}

/// The local secondary indexes, with whole items in them.
pub(crate) fn local_indexes(table: &TableSchema) -> Result<Option<Vec<LocalSecondaryIndex>>, BuildError> {
    let of_kind = table.indexes.iter().filter(|index| index.kind == IndexKind::Local);
    let built: Result<Vec<_>, _> = of_kind
        .map(|index| {
            let index = index_parts(index)?;
            LocalSecondaryIndex::builder().index_name(index.0).set_key_schema(Some(index.1)).projection(index.2).build()
        })
        .collect();
    built.map(some)
}

fn index_parts(index: &IndexSchema) -> Result<(&str, Vec<KeySchemaElement>, Projection), BuildError> {
    let projection = Projection::builder().projection_type(ProjectionType::All).build();
    Ok((index.name, keys(index.partition_key, index.sort_key)?, projection))
}

/// DynamoDB takes no empty list.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
