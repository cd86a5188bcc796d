//! Parts of a definition and of a live table as text, for comparing and for messages.

use crate::schema::IndexKind;
use aws_sdk_dynamodb::types::{KeySchemaElement, KeyType, Projection, TableDescription};

/// An index of a live table.
pub(super) struct LiveIndex {
    pub(super) name: String,
    pub(super) kind: IndexKind,
    pub(super) key: String,
    pub(super) projection: String,
}

/// The indexes of both kinds.
pub(super) fn live_indexes(live: &TableDescription) -> Vec<LiveIndex> {
    let global = live.global_secondary_indexes().iter();
    let global = global.map(|index| (index.index_name(), IndexKind::Global, index.key_schema(), index.projection()));
    let local = live.local_secondary_indexes().iter();
    let local = local.map(|index| (index.index_name(), IndexKind::Local, index.key_schema(), index.projection()));
    let index = |(name, kind, key, projection): (Option<&str>, _, _, _)| LiveIndex {
        name: name.unwrap_or_default().to_owned(),
        kind,
        key: described_key(key),
        projection: described_projection(projection),
    };
    global.chain(local).map(index).collect()
}

/// A key's attributes: `PK`, `SK` of the definition.
pub(super) fn key(partition: &[&str], sort: &[&str]) -> String {
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if sort.is_empty() { list(partition) } else { format!("{}, sorted by {}", list(partition), list(sort)) }
}

/// The same of a live table or index.
pub(super) fn described_key(elements: &[KeySchemaElement]) -> String {
    let of = |kind: KeyType| -> Vec<&str> {
        elements.iter().filter(|element| *element.key_type() == kind).map(|element| element.attribute_name()).collect()
    };
    key(&of(KeyType::Hash), &of(KeyType::Range))
}

/// What an index holds, whatever the order in which its attributes were given.
pub(super) fn projection(word: &str, mut included: Vec<String>) -> String {
    included.sort_unstable();
    if included.is_empty() { word.to_owned() } else { format!("{word} of `{}`", included.join("`, `")) }
}

fn described_projection(live: Option<&Projection>) -> String {
    let word = live.and_then(|live| live.projection_type()).map_or("nothing", |word| word.as_str());
    projection(word, live.map(|live| live.non_key_attributes().to_vec()).unwrap_or_default())
}

/// The word for a kind of index.
pub(super) fn kind(kind: IndexKind) -> &'static str {
    match kind {
        IndexKind::Global => "global",
        IndexKind::Local => "local",
    }
}
