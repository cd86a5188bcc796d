//! An item as the table and each of its indexes store it.

use super::{EntrySize, ItemSize};
use crate::schema::{IndexSchema, ProjectionType, TableSchema, projection_type};
use crate::wire::{CodecError, Reader, item_size, value_text_size};

/// An item with its sizes: what a write puts there, or finds there.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    pub(super) table: &'static TableSchema,
    /// Bytes of the whole item.
    pub(super) bytes: usize,
    /// Those of the table's own key.
    key: usize,
    pub(super) entries: Vec<Entry>,
    pub(super) sentinels: Vec<Sentinel>,
}

/// An item beside it that holds one of its unique values.
#[derive(Debug, Clone)]
pub(super) struct Sentinel {
    pub(super) key: String,
    pub(super) item: String,
    pub(super) bytes: usize,
}

/// What an index holds of the item.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) index: &'static IndexSchema,
    pub(super) bytes: usize,
    /// The values of the index's key: another one is another place in it.
    pub(super) place: Vec<String>,
    /// Everything it holds, by name.
    pub(super) content: Vec<(String, String)>,
    /// Whether it holds anything that a write may change while the keys stay.
    pub(super) may_change: bool,
}

/// One attribute of an item's text.
struct Attribute<'a> {
    name: String,
    text: &'a str,
    bytes: usize,
}

impl Image {
    /// Reads an item's text.
    pub(crate) fn of(item: &str, table: &'static TableSchema) -> Result<Self, CodecError> {
        let mut attributes = Vec::new();
        let mut reader = Reader::from_str(item);
        reader.object(|reader, name| {
            let text = reader.raw()?;
            let size = value_text_size(text).map_err(|error| error.in_field(name))?;
            attributes.push(Attribute { name: name.to_owned(), text, bytes: name.len() + size });
            Ok(())
        })?;
        reader.end()?;
        let own = |attribute: &&Attribute<'_>| is_key_of_table(table, &attribute.name);
        Ok(Self {
            table,
            bytes: attributes.iter().map(|attribute| attribute.bytes).sum(),
            key: attributes.iter().filter(own).map(|attribute| attribute.bytes).sum(),
            entries: table.indexes.iter().filter_map(|index| Entry::of(&attributes, index, table)).collect(),
            sentinels: Vec::new(),
        })
    }

    /// Adds the sentinels of its unique values: their partition keys and themselves.
    pub(crate) fn with_sentinels(mut self, sentinels: Vec<(String, String)>) -> Result<Self, CodecError> {
        for (key, item) in sentinels {
            self.sentinels.push(Sentinel { bytes: item_size(&item)?, key, item });
        }
        Ok(self)
    }

    /// The entry of an index, where the item is in it.
    pub(super) fn entry(&self, index: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.index.name == index)
    }

    pub(crate) fn size(&self) -> ItemSize {
        let entry = |entry: &Entry| EntrySize { index: entry.index.name, kind: entry.index.kind, bytes: entry.bytes };
        ItemSize {
            key: self.key,
            attributes: self.bytes.saturating_sub(self.key),
            entries: self.entries.iter().map(entry).collect(),
            sentinels: self.sentinels.iter().map(|sentinel| sentinel.bytes).collect(),
        }
    }
}

impl Sentinel {
    /// The same value's.
    pub(super) fn among<'s>(&self, others: &'s [Self]) -> Option<&'s Self> {
        others.iter().find(|other| other.key == self.key)
    }
}

impl Entry {
    /// An item is in the indexes of which it has every key attribute.
    fn of(attributes: &[Attribute<'_>], index: &'static IndexSchema, table: &TableSchema) -> Option<Self> {
        let find = |name: &str| attributes.iter().find(|attribute| attribute.name == name);
        let keys = || index.partition_key.iter().chain(index.sort_key);
        let place: Option<Vec<_>> = keys().map(|name| find(name).map(|found| found.text.to_owned())).collect();
        let holds = projection_type(table, index);
        let is_key = |name: &str| is_key_of_table(table, name) || keys().any(|key| *key == name);
        let is_held = |attribute: &&Attribute<'_>| match &holds {
            ProjectionType::All => true,
            ProjectionType::KeysOnly => is_key(&attribute.name),
            ProjectionType::Include(included) => is_key(&attribute.name) || included.contains(&attribute.name.as_str()),
        };
        let held: Vec<_> = attributes.iter().filter(is_held).collect();
        let mut content: Vec<_> =
            held.iter().map(|attribute| (attribute.name.clone(), attribute.text.to_owned())).collect();
        content.sort_unstable();
        Some(Self {
            index,
            bytes: held.iter().map(|attribute| attribute.bytes).sum(),
            place: place?,
            may_change: content.iter().any(|(name, _)| !is_key(name) && name != table.type_attribute),
            content,
        })
    }
}

fn is_key_of_table(table: &TableSchema, name: &str) -> bool {
    table.partition_key == name || table.sort_key == Some(name)
}
