//! The samples as they are in the table or in one of its indexes: grouped by partition key, in the order of the sort key.

use crate::define::definition::{Attribute, IndexDefinition, Sample, TableDefinition};
use crate::schema::ProjectionType;
use std::cmp::Ordering;

/// The content of a tab: the table or an index.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) definition: &'a TableDefinition,
    /// `None` for the table itself.
    pub(super) index: Option<&'a IndexDefinition>,
    pub(super) partition_key: Vec<&'static str>,
    pub(super) sort_key: Vec<&'static str>,
    pub(super) blocks: Vec<Block<'a>>,
}

/// A partition.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// The values of the partition key's attributes.
    pub(super) key: Vec<&'a Attribute>,
    pub(super) rows: Vec<Row<'a>>,
}

/// An item of a partition.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Its position among the samples.
    pub(super) at: usize,
    pub(super) sample: &'a Sample,
    /// The values of the sort key's attributes.
    pub(super) sort: Vec<&'a Attribute>,
}

impl<'a> View<'a> {
    /// The table itself, and every index.
    pub(super) fn all(definition: &'a TableDefinition) -> Vec<Self> {
        let own =
            Self::of(definition, None, vec![definition.partition_key()], definition.sort_key().into_iter().collect());
        let indexes = definition
            .indexes()
            .iter()
            .map(|index| Self::of(definition, Some(index), index.partition_key.to_vec(), index.sort_key.to_vec()));
        std::iter::once(own).chain(indexes).collect()
    }

    fn of(
        definition: &'a TableDefinition,
        index: Option<&'a IndexDefinition>,
        partition_key: Vec<&'static str>,
        sort_key: Vec<&'static str>,
    ) -> Self {
        let mut blocks: Vec<Block<'a>> = Vec::new();
        for (at, sample) in definition.samples.iter().enumerate() {
            // An item without one of the key's attributes is not in the index.
            let values = |names: &[&str]| names.iter().map(|name| sample.attribute(name)).collect::<Option<Vec<_>>>();
            let (Some(key), Some(sort)) = (values(&partition_key), values(&sort_key)) else { continue };
            let row = Row { at, sample, sort };
            match blocks.iter_mut().find(|block| order(&block.key, &key) == Ordering::Equal) {
                Some(block) => block.rows.push(row),
                None => blocks.push(Block { key, rows: vec![row] }),
            }
        }
        for block in &mut blocks {
            block.rows.sort_by(|one, other| order(&one.sort, &other.sort));
        }
        Self { definition, index, partition_key, sort_key, blocks }
    }

    pub(super) fn name(&self) -> &'static str {
        self.index.map_or("Table", |index| index.name)
    }

    /// The number of its items.
    pub(super) fn count(&self) -> usize {
        self.blocks.iter().map(|block| block.rows.len()).sum()
    }

    /// Whether the attribute is one of its keys.
    pub(super) fn is_key(&self, name: &str) -> bool {
        self.partition_key.contains(&name) || self.sort_key.contains(&name)
    }

    /// Whether it holds whole items.
    pub(super) fn is_whole(&self) -> bool {
        self.index.is_none_or(|index| index.projection == ProjectionType::All)
    }

    /// Whether it holds the attribute of its items.
    fn holds(&self, name: &str) -> bool {
        match self.index.map(|index| &index.projection) {
            None | Some(ProjectionType::All) => true,
            Some(held) => self.is_primary(name) || held.included().contains(&name),
        }
    }

    pub(super) fn is_primary(&self, name: &str) -> bool {
        name == self.definition.partition_key() || Some(name) == self.definition.sort_key()
    }

    /// The attributes other than its keys, in the order in which they are shown: the primary key (on an index), the struct's
    /// own attributes, the keys of indexes, the entity's type.
    pub(super) fn rest(&self, sample: &'a Sample) -> Vec<&'a Attribute> {
        let shown = sample.attributes.iter().filter(|attribute| {
            let name = attribute.name.as_str();
            !self.is_key(name) && self.holds(name)
        });
        let mut shown: Vec<_> = shown.collect();
        let own = self.definition.entities().get(sample.entity).map_or(&[][..], |entity| entity.attributes);
        shown.sort_by_key(|attribute| {
            let name = attribute.name.as_str();
            let of_index = self.indexes_by(name).next().is_some();
            match name {
                name if self.is_primary(name) => 0,
                name if name == self.definition.type_attribute() => 3,
                name if of_index && !own.contains(&name) => 2,
                _ => 1,
            }
        });
        shown
    }

    /// The indexes that have the attribute in their keys.
    pub(super) fn indexes_by(&self, name: &str) -> impl Iterator<Item = &'a IndexDefinition> {
        let indexes: &'a [IndexDefinition] = self.definition.indexes();
        // The table's partition key is in the key of every local index, and does not identify them.
        let primary = self.is_primary(name);
        indexes
            .iter()
            .filter(move |index| !primary && (index.partition_key.contains(&name) || index.sort_key.contains(&name)))
            .collect::<Vec<_>>()
            .into_iter()
    }
}

fn order(one: &[&Attribute], other: &[&Attribute]) -> Ordering {
    let pairs = one.iter().zip(other).map(|(one, other)| one.order(other));
    pairs.fold(Ordering::Equal, Ordering::then)
}
