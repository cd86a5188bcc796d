//! What `#[derive(Nested)]` and `#[derive(Projection)]` were given.

use super::Field;
use super::serde_attrs;
use crate::attr::{self, Entries};
use crate::diagnostics::Diagnostics;
use syn::{Data, DeriveInput, Fields, Ident, Path, Visibility, parse_quote};

/// A struct inside an entity.
pub(crate) struct Nested {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: Path,
    pub(crate) fields: Vec<Field>,
}

/// A struct with some of an entity's fields.
pub(crate) struct Part {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) entity: Path,
    pub(crate) fields: Vec<Field>,
}

/// Reads a nested struct.
pub(crate) fn nested(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Nested> {
    let mut entries = Entries::read(&input.attrs, attr::DYNAMO, diagnostics);
    let krate = krate(&mut entries, diagnostics);
    entries.finish(&[attr::CRATE], diagnostics);
    let fields = fields(input, "a nested type", diagnostics)?;
    for field in &fields {
        for (token, what) in [
            (&field.version, "version"),
            (&field.ttl, "ttl"),
            (&field.created_at, "created_at"),
            (&field.updated_at, "updated_at"),
            (&field.key_only, "key_only"),
            (&field.immutable, "immutable"),
        ] {
            if let Some(token) = token {
                diagnostics.at(token, format!("`{what}` is for fields of the entity itself: take it off here"));
            }
        }
    }
    Some(Nested { ident: input.ident.clone(), vis: input.vis.clone(), krate, fields })
}

/// Reads a part.
pub(crate) fn part(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Part> {
    let mut entries = Entries::read(&input.attrs, attr::DYNAMO, diagnostics);
    let krate = krate(&mut entries, diagnostics);
    let entity = entries.take(attr::OF, diagnostics).and_then(|entry| entry.path(diagnostics));
    entries.finish(&[attr::OF, attr::CRATE], diagnostics);
    if entity.is_none() {
        diagnostics.at(&input.ident, "a part says which entity it is of: add `#[dynamo(of = ..)]`");
    }
    let fields = fields(input, "a part", diagnostics)?;
    if fields.is_empty() {
        diagnostics.at(&input.ident, "a part has one field at least: there is nothing to read");
    }
    for field in &fields {
        if let Some(flatten) = &field.flattened {
            diagnostics.at(flatten, "`serde(flatten)` hides which attributes are to be read: name them one by one");
        }
    }
    Some(Part { ident: input.ident.clone(), krate, entity: entity?, fields })
}

fn krate(entries: &mut Entries, diagnostics: &mut Diagnostics) -> Path {
    let krate = entries.take(attr::CRATE, diagnostics).and_then(|entry| entry.path(diagnostics));
    krate.unwrap_or_else(|| parse_quote!(::dynamodel))
}

fn fields(input: &DeriveInput, what: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Field>> {
    let container = serde_attrs::container(&input.attrs, diagnostics);
    if let Some(parameter) = input.generics.params.first() {
        diagnostics.at(parameter, format!("{what} has no parameters: its attributes are known to the schema"));
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => {
                return Some(
                    named.named.iter().filter_map(|field| Field::read(field, &container, diagnostics)).collect(),
                );
            }
            _ => diagnostics.at(&input.ident, format!("{what} is a struct with named fields")),
        },
        _ => diagnostics.at(&input.ident, format!("{what} is a struct with named fields")),
    }
    None
}
