//! What `#[derive(Table)]` was told.

use crate::attr::{self, Entries, Entry, Value};
use crate::diagnostics::Diagnostics;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Visibility, parse_quote};

/// A table.
pub(crate) struct Table {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: Path,
    pub(crate) partition_key: String,
    pub(crate) sort_key: Option<String>,
    pub(crate) type_attribute: String,
    pub(crate) indexes: Vec<TableIndex>,
    pub(crate) entities: Vec<Path>,
}

/// A secondary index.
pub(crate) struct TableIndex {
    pub(crate) marker: Ident,
    pub(crate) name: String,
    pub(crate) local: bool,
    pub(crate) partition_key: Vec<String>,
    pub(crate) sort_key: Vec<String>,
}

const VALID: &[&str] = &[attr::PK, attr::SK, attr::GSI, attr::LSI, attr::ENTITIES, attr::TYPE_ATTRIBUTE, attr::CRATE];

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
    let mut text = |entries: &mut Entries, key| {
        let entry = entries.take(key, diagnostics)?;
        name_of(&entry, diagnostics)
    };
    let partition_key = text(&mut entries, attr::PK);
    let sort_key = text(&mut entries, attr::SK);
    let type_attribute = text(&mut entries, attr::TYPE_ATTRIBUTE);
    if partition_key.is_none() {
        diagnostics.at(&input.ident, "a table needs a partition key: add `#[dynamo(pk = \"PK\")]`");
    }
    let krate = entries.take(attr::CRATE, diagnostics).and_then(|entry| entry.path(diagnostics));
    let mut indexes: Vec<_> = entries.take_all(attr::GSI).iter().filter_map(|entry| gsi(entry, diagnostics)).collect();
    for entry in entries.take_all(attr::LSI) {
        if sort_key.is_none() {
            diagnostics.at(&entry.name, "a local index needs a table with a sort key: add `sk = \"SK\"` to the table");
        }
        let partition = partition_key.iter().map(|text| text.value()).collect();
        indexes.extend(lsi(&entry, partition, diagnostics));
    }
    let entities = entries
        .take_all(attr::ENTITIES)
        .iter()
        .flat_map(|entry| entry.list(diagnostics))
        .map(|entry| entry.name)
        .collect();
    entries.finish(VALID, diagnostics);
    limits(&input.ident, &indexes, diagnostics);
    Some(Table {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        krate: krate.unwrap_or_else(|| parse_quote!(::dynamodel)),
        partition_key: partition_key?.value(),
        sort_key: sort_key.map(|text| text.value()),
        type_attribute: type_attribute.map_or_else(|| "_type".to_owned(), |text| text.value()),
        indexes,
        entities,
    })
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
        if indexes.iter().take(at).any(|known| known.name == index.name) {
            diagnostics.at(&index.marker, format!("`{}` is the name of another index: each has its own", index.name));
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
    let mut entries = Entries::nested(entry.list(diagnostics));
    let marker = marker(entry, &mut entries, "gsi(Gsi1, pk = \"GSI1PK\", sk = \"GSI1SK\")", diagnostics)?;
    let mut names =
        |key| entries.take(key, diagnostics).map(|entry| names_of(&entry, 4, diagnostics)).unwrap_or_default();
    let partition_key = names(attr::PK);
    let sort_key = names(attr::SK);
    let name = index_name(&mut entries, &marker, diagnostics);
    entries.finish(&[attr::PK, attr::SK, attr::NAME], diagnostics);
    if partition_key.is_empty() {
        diagnostics.at(&marker, format!("the index `{marker}` needs a partition key: add `pk = \"..\"`"));
    }
    Some(TableIndex { marker, name, local: false, partition_key, sort_key })
}

fn lsi(entry: &Entry, partition_key: Vec<String>, diagnostics: &mut Diagnostics) -> Option<TableIndex> {
    let mut entries = Entries::nested(entry.list(diagnostics));
    let marker = marker(entry, &mut entries, "lsi(Lsi1, sk = \"LSI1SK\")", diagnostics)?;
    let sort_key =
        entries.take(attr::SK, diagnostics).map(|entry| names_of(&entry, 1, diagnostics)).unwrap_or_default();
    let name = index_name(&mut entries, &marker, diagnostics);
    entries.finish(&[attr::SK, attr::NAME], diagnostics);
    if sort_key.is_empty() {
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
        diagnostics.at(
            &entry.name,
            format!("a key of an index has 1 to {most} attribute(s), and here stand {}", values.len()),
        );
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
