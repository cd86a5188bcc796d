//! Comparing what the types know with what DescribeTable returns.

use super::difference::{Aspect, Difference, Differences, Remedy};
use super::text::{self, LiveIndex, key, kind, live_indexes};
use crate::define::definition::TableDefinition;
use crate::schema::{IndexKind, ProjectionType};
use aws_sdk_dynamodb::types::TableDescription;

impl TableDefinition {
    /// The differences in what the types know: key, attribute types, indexes with their keys and projections, and time to
    /// live. `ttl` is the attribute by which the live table's items expire, which DescribeTable does not return.
    /// [`Client::check_schema`](crate::Client::check_schema) requests both.
    pub fn schema_differences(&self, live: &TableDescription, ttl: Option<&str>) -> Vec<Difference> {
        let mut found = Differences(Vec::new());
        let own = key(&[self.partition_key()], self.sort_key().as_slice());
        found.compare(Aspect::Key, own, text::described_key(live.key_schema()), Remedy::NewTable);
        self.types(live, &mut found);
        self.indexes_against(&live_indexes(live), &mut found);
        found.compare(Aspect::TimeToLive, quoted(self.ttl()), quoted(ttl), Remedy::InPlace);
        found.0
    }

    fn types(&self, live: &TableDescription, found: &mut Differences) {
        for attribute in self.attributes() {
            // An attribute that is not a key in the table is missing from a key or an index, which is reported there.
            let described = live.attribute_definitions().iter().find(|known| known.attribute_name() == attribute.name);
            let Some(described) = described else { continue };
            let aspect = Aspect::AttributeType(attribute.name.to_owned());
            let of_table = self.partition_key() == attribute.name || self.sort_key() == Some(attribute.name);
            let of_local = self.indexes_of(IndexKind::Local).any(|index| index.sort_key.contains(&attribute.name));
            let remedy = if of_table || of_local { Remedy::NewTable } else { Remedy::NewIndex };
            let live = described.attribute_type().as_str();
            found.compare(aspect, attribute.kind.letter().to_owned(), live.to_owned(), remedy);
        }
    }

    fn indexes_against(&self, live: &[LiveIndex], found: &mut Differences) {
        for index in self.indexes() {
            let remedy = remedy(index.kind);
            let Some(other) = live.iter().find(|other| other.name == index.name && other.kind == index.kind) else {
                let aspect = Aspect::Index(index.name.to_owned());
                found.add(aspect, format!("a {} index", kind(index.kind)), "none".to_owned(), remedy);
                continue;
            };
            let own = key(index.partition_key, index.sort_key);
            found.compare(Aspect::IndexKey(index.name.to_owned()), own, other.key.clone(), remedy);
            let own = projection(&index.projection);
            found.compare(Aspect::IndexProjection(index.name.to_owned()), own, other.projection.clone(), remedy);
        }
        for other in live {
            if !self.indexes().iter().any(|index| index.name == other.name && index.kind == other.kind) {
                let found_index = format!("a {} index", kind(other.kind));
                // A global index can be deleted alone, a local one only with its table.
                let remedy = if other.kind == IndexKind::Local { Remedy::NewTable } else { Remedy::InPlace };
                found.add(Aspect::Index(other.name.clone()), "none".to_owned(), found_index, remedy);
            }
        }
    }
}

/// A local index can only be created with its table.
fn remedy(kind: IndexKind) -> Remedy {
    match kind {
        IndexKind::Global => Remedy::NewIndex,
        IndexKind::Local => Remedy::NewTable,
    }
}

fn projection(projection: &ProjectionType) -> String {
    let included = projection.included().iter().map(|name| (*name).to_owned()).collect();
    text::projection(projection.as_str(), included)
}

fn quoted(name: Option<&str>) -> String {
    name.map_or_else(|| "none".to_owned(), |name| format!("`{name}`"))
}
