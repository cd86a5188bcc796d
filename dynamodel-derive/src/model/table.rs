//! What `#[derive(Table)]` was given.

use super::settings::{Settings, settings};
use crate::attr::{self, Entries, Entry, Value};
use crate::diagnostics::Diagnostics;
use quote::ToTokens;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Visibility, parse_quote};

/// A table.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: Path,
    pub(crate) partition_key: String,
    pub(crate) sort_key: Option<String>,
    pub(crate) type_attribute: String,
    pub(crate) indexes: Vec<TableIndex>,
    pub(crate) entities: Vec<Path>,
    pub(crate) settings: Settings,
}

/// A secondary index.
#[derive(Clone)]
pub(crate) struct TableIndex {
    pub(crate) marker: Ident,
    pub(crate) name: String,
    pub(crate) local: bool,
    pub(crate) partition_key: Vec<String>,
    pub(crate) sort_key: Vec<String>,
}

const VALID: &[&str] =
    &[attr::PK, attr::SK, attr::GSI, attr::LSI, attr::ENTITIES, attr::SETTINGS, attr::TYPE_ATTRIBUTE, attr::CRATE];

/// Reads a table.
pub(crate) fn table(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Table> {
    match &input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Unit) && input.generics.params.is_empty() => {}
        _ => {
            let ident = &input.ident;
            diagnostics.at(ident, format!("a table is a unit struct: write `struct {ident};`"));
        }
    }
    let mut entries = Entries::read(&input.attrs, attr::DYNAMO, diagnostics);
    let says_key = entries.may_have(attr::PK);
    let mut text = |entries: &mut Entries, key| {
        let entry = entries.take(key, diagnostics)?;
        name_of(&entry, diagnostics)
    };
    let partition_key = text(&mut entries, attr::PK);
    let says_sort_key = entries.may_have(attr::SK);
    let sort_key = text(&mut entries, attr::SK);
    let type_attribute = text(&mut entries, attr::TYPE_ATTRIBUTE);
    if !says_key {
        diagnostics.at(&input.ident, "a table needs a partition key: add `#[dynamo(pk = \"PK\")]`");
    }
    let krate = entries.take(attr::CRATE, diagnostics).and_then(|entry| entry.path(diagnostics));
    let mut indexes: Vec<_> = entries.take_all(attr::GSI).iter().filter_map(|entry| gsi(entry, diagnostics)).collect();
    for entry in entries.take_all(attr::LSI) {
        if !says_sort_key {
            diagnostics.at(&entry.name, "a local index needs a table with a sort key: add `sk = \"SK\"` to the table");
        }
        let partition = partition_key.iter().map(|text| text.value()).collect();
        indexes.extend(lsi(&entry, partition, diagnostics));
    }
    let entities: Vec<Path> = entries
        .take_all(attr::ENTITIES)
        .iter()
        .flat_map(|entry| entry.list(diagnostics))
        .map(|entry| entry.name)
        .collect();
    let settings =
        entries.take(attr::SETTINGS, diagnostics).map(|entry| settings(&entry, diagnostics)).unwrap_or_default();
    entries.finish(VALID, diagnostics);
    listed_once(&entities, diagnostics);
    attributes_differ(partition_key.as_ref(), sort_key.as_ref(), type_attribute.as_ref(), diagnostics);
    limits(&input.ident, &indexes, diagnostics);
    // Only a name without parameters can be implemented for.
    if !input.generics.params.is_empty() {
        return None;
    }
    Some(Table {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        krate: krate.unwrap_or_else(|| parse_quote!(::dynamodel)),
        partition_key: partition_key.map(|text| text.value()).unwrap_or_default(),
        sort_key: sort_key.map(|text| text.value()),
        type_attribute: type_attribute.map_or_else(|| "_type".to_owned(), |text| text.value()),
        indexes,
        entities,
        settings,
    })
}

impl Table {
    /// The same with each entity once, by its own name: what stands in for a table with mistakes.
    pub(crate) fn distinct(&self) -> Self {
        let mut entities: Vec<Path> = Vec::new();
        for entity in &self.entities {
            if !entities.iter().any(|known| own_name(known) == own_name(entity)) {
                entities.push(entity.clone());
            }
        }
        Self { entities, ..self.clone() }
    }
}

fn own_name(path: &Path) -> Option<&Ident> {
    path.segments.last().map(|segment| &segment.ident)
}

/// An entity stands once in the list. One under two paths is found by the compiler.
fn listed_once(entities: &[Path], diagnostics: &mut Diagnostics) {
    for (at, entity) in entities.iter().enumerate() {
        if entities.iter().take(at).any(|known| known == entity) {
            let name = entity.to_token_stream().to_string().replace(' ', "");
            diagnostics.at(entity, format!("`{name}` stands twice in `entities(..)`: once says it all"));
        } else if let Some(first) = entities.iter().take(at).find(|known| own_name(known) == own_name(entity)) {
            let texts = [first, entity].map(|path| path.to_token_stream().to_string().replace(' ', ""));
            let [first, second] = texts;
            diagnostics.at(
                entity,
                format!("`{first}` and `{second}` have one name, and would be one variant of the enum of the table's entities: import one of them under another name"),
            );
        }
    }
}

/// The table's own attributes have names of their own.
fn attributes_differ(
    partition: Option<&LitStr>,
    sort: Option<&LitStr>,
    type_attribute: Option<&LitStr>,
    diagnostics: &mut Diagnostics,
) {
    let all = [("the partition key", partition), ("the sort key", sort), ("the type attribute", type_attribute)];
    let all: Vec<_> = all.into_iter().filter_map(|(what, name)| Some((what, name?))).collect();
    for (at, (what, name)) in all.iter().enumerate() {
        if let Some((first, _)) = all.iter().take(at).find(|(_, known)| known.value() == name.value()) {
            let text = name.value();
            diagnostics.at(name, format!("`{text}` is {first} already: give {what} an attribute of its own"));
        }
    }
}

/// DynamoDB's limits on indexes, and one name for one index.
fn limits(table: &Ident, indexes: &[TableIndex], diagnostics: &mut Diagnostics) {
    for (local, most, kind) in [(false, 20, "global"), (true, 5, "local")] {
        let count = indexes.iter().filter(|index| index.local == local).count();
        if count > most {
            diagnostics.at(table, format!("a table has at most {most} {kind} indexes, and here stand {count}"));
        }
    }
    for (at, index) in indexes.iter().enumerate() {
        let mut known = indexes.iter().take(at);
        if known.clone().any(|known| known.marker == index.marker) {
            diagnostics.at(
                &index.marker,
                format!("`{}` stands for another index already: give each a name of its own", index.marker),
            );
        } else if known.any(|known| known.name == index.name) {
            diagnostics.at(
                &index.marker,
                format!("`{}` is the name of another index already: give each a `name` of its own", index.name),
            );
        }
        let mut attributes: Vec<&str> = Vec::new();
        for attribute in index.partition_key.iter().chain(&index.sort_key) {
            if attributes.contains(&attribute.as_str()) {
                diagnostics.at(
                    &index.marker,
                    format!(
                        "the index `{}` has `{attribute}` twice in its key: an attribute stands there once",
                        index.marker
                    ),
                );
            }
            attributes.push(attribute);
        }
    }
}

/// The name of an attribute, which DynamoDB lets be 1 to 255 bytes long.
fn name_of(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let text = entry.text(diagnostics)?;
    if !(1..=255).contains(&text.value().len()) {
        diagnostics.at(&text, "the name of a key attribute is 1 to 255 bytes long in DynamoDB");
    }
    Some(text)
}

fn gsi(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<TableIndex> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let marker = marker(entry, &mut entries, "gsi(Gsi1, pk = \"GSI1PK\", sk = \"GSI1SK\")", diagnostics)?;
    let says_key = entries.may_have(attr::PK);
    let mut names =
        |key| entries.take(key, diagnostics).map(|entry| names_of(&entry, 4, diagnostics)).unwrap_or_default();
    let partition_key = names(attr::PK);
    let sort_key = names(attr::SK);
    let name = index_name(&mut entries, &marker, diagnostics);
    entries.finish(&[attr::PK, attr::SK, attr::NAME], diagnostics);
    if !says_key {
        diagnostics.at(&marker, format!("the index `{marker}` needs a partition key: add `pk = \"..\"`"));
    }
    Some(TableIndex { marker, name, local: false, partition_key, sort_key })
}

fn lsi(entry: &Entry, partition_key: Vec<String>, diagnostics: &mut Diagnostics) -> Option<TableIndex> {
    let mut entries = Entries::inside(entry, diagnostics)?;
    let marker = marker(entry, &mut entries, "lsi(Lsi1, sk = \"LSI1SK\")", diagnostics)?;
    for own in entries.take_all(attr::PK) {
        diagnostics.at(&own.name, "a local index has the partition key of its table: take the `pk` off");
    }
    let says_key = entries.may_have(attr::SK);
    let sort_key =
        entries.take(attr::SK, diagnostics).map(|entry| names_of(&entry, 1, diagnostics)).unwrap_or_default();
    let name = index_name(&mut entries, &marker, diagnostics);
    entries.finish(&[attr::SK, attr::NAME], diagnostics);
    if !says_key {
        diagnostics.at(&marker, format!("the local index `{marker}` needs a sort key of its own: add `sk = \"..\"`"));
    }
    Some(TableIndex { marker, name, local: true, partition_key, sort_key })
}

/// The unit struct that stands for the index.
fn marker(entry: &Entry, entries: &mut Entries, example: &str, diagnostics: &mut Diagnostics) -> Option<Ident> {
    let marker = entries.take_first(|entry| matches!(entry.value, Value::Flag) && entry.name.get_ident().is_some());
    let marker = marker.and_then(|entry| entry.name.get_ident().cloned());
    if marker.is_none() {
        diagnostics.at(&entry.name, format!("an index needs a name first: write `{example}`"));
    }
    marker
}

/// DynamoDB's name of the index: the marker's, unless another is said.
fn index_name(entries: &mut Entries, marker: &Ident, diagnostics: &mut Diagnostics) -> String {
    let said = entries.take(attr::NAME, diagnostics).and_then(|entry| entry.text(diagnostics));
    let name = said.map_or_else(|| marker.to_string(), |text| text.value());
    let fits = (3..=255).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    if !fits {
        diagnostics.at(
            marker,
            format!("`{name}` cannot be the name of an index: DynamoDB takes 3 to 255 letters, digits, `_`, `-` and `.`; set it with `name = \"..\"`"),
        );
    }
    name
}

/// One attribute's name, or several in brackets.
fn names_of(entry: &Entry, most: usize, diagnostics: &mut Diagnostics) -> Vec<String> {
    let Value::Many(values) = &entry.value else {
        return name_of(entry, diagnostics).iter().map(|text| text.value()).collect();
    };
    if values.is_empty() || values.len() > most {
        let rule = if most == 1 {
            "the sort key of a local index is one attribute".to_owned()
        } else {
            format!("a key of an index has 1 to {most} attributes")
        };
        diagnostics.at(&entry.name, format!("{rule}, and here stand {}", values.len()));
    }
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.value()),
        _ => None,
    };
    let names: Option<Vec<_>> = values.iter().map(text).collect();
    names.unwrap_or_else(|| {
        diagnostics.at(&entry.name, "the attributes of a key are texts: write `[\"country\", \"city\"]`");
        Vec::new()
    })
}
