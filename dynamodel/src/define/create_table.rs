//! The parts of a CreateTable request.

use crate::schema::{IndexKind, KeyKind, TableSchema};
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType,
};

/// Every attribute that is a key of the table or of an index, once, with its type.
pub(crate) fn attributes(table: &TableSchema) -> Result<Vec<AttributeDefinition>, BuildError> {
    let mut names: Vec<&str> = Vec::new();
    let own = std::iter::once(table.partition_key).chain(table.sort_key);
    let of_indexes = table.indexes.iter().flat_map(|index| std::iter::once(index.partition_key).chain(index.sort_key));
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

/// A key of partition and sort attribute.
pub(crate) fn keys(partition: &str, sort: Option<&str>) -> Result<Vec<KeySchemaElement>, BuildError> {
    let partition = std::iter::once((partition, KeyType::Hash));
    let sort = sort.map(|name| (name, KeyType::Range));
    let element = |(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    partition.chain(sort).map(element).collect()
}

/// The global secondary indexes, with whole items in them.
pub(crate) fn indexes(table: &TableSchema) -> Result<Vec<GlobalSecondaryIndex>, BuildError> {
    let global = table.indexes.iter().filter(|index| index.kind == IndexKind::Global);
    global
        .map(|index| {
            GlobalSecondaryIndex::builder()
                .index_name(index.name)
                .set_key_schema(Some(keys(index.partition_key, index.sort_key)?))
                .projection(Projection::builder().projection_type(ProjectionType::All).build())
                .build()
        })
        .collect()
}
