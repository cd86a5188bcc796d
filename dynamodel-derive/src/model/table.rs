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
    pub(crate) indexes: Vec<Gsi>,
    pub(crate) entities: Vec<Path>,
}

/// A global secondary index.
pub(crate) struct Gsi {
    pub(crate) marker: Ident,
    pub(crate) name: String,
    pub(crate) partition_key: String,
    pub(crate) sort_key: Option<String>,
}

const VALID: &[&str] = &[attr::PK, attr::SK, attr::GSI, attr::ENTITIES, attr::TYPE_ATTRIBUTE, attr::CRATE];

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
    let indexes = entries.take_all(attr::GSI).iter().filter_map(|entry| gsi(entry, diagnostics)).collect();
    let entities = entries
        .take_all(attr::ENTITIES)
        .iter()
        .flat_map(|entry| entry.list(diagnostics))
        .map(|entry| entry.name)
        .collect();
    entries.finish(VALID, diagnostics);
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

/// The name of an attribute, which DynamoDB lets be 1 to 255 bytes long.
fn name_of(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let text = entry.text(diagnostics)?;
    if !(1..=255).contains(&text.value().len()) {
        diagnostics.at(&text, "the name of a key attribute is 1 to 255 bytes long in DynamoDB");
    }
    Some(text)
}

fn gsi(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Gsi> {
    let mut entries = Entries::nested(entry.list(diagnostics));
    let marker = entries.take_first(|entry| matches!(entry.value, Value::Flag) && entry.name.get_ident().is_some());
    let Some(marker) = marker.and_then(|entry| entry.name.get_ident().cloned()) else {
        diagnostics.at(&entry.name, "an index needs a name first: write `gsi(Gsi1, pk = \"GSI1PK\", sk = \"GSI1SK\")`");
        return None;
    };
    let mut text = |key| entries.take(key, diagnostics).and_then(|entry| name_of(&entry, diagnostics));
    let partition_key = text(attr::PK);
    let sort_key = text(attr::SK);
    let name = text(attr::NAME).map_or_else(|| marker.to_string(), |text| text.value());
    entries.finish(&[attr::PK, attr::SK, attr::NAME], diagnostics);
    let fits = (3..=255).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    if !fits {
        diagnostics.at(
            &marker,
            format!("`{name}` cannot be the name of an index: DynamoDB takes 3 to 255 letters, digits, `_`, `-` and `.`; set it with `name = \"..\"`"),
        );
    }
    let Some(partition_key) = partition_key else {
        diagnostics.at(&marker, format!("the index `{marker}` needs a partition key: add `pk = \"..\"`"));
        return None;
    };
    Some(Gsi { marker, name, partition_key: partition_key.value(), sort_key: sort_key.map(|text| text.value()) })
}
