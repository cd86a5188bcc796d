//! What `#[derive(Collection)]` was given.

use crate::attr::{self, Entries};
use crate::diagnostics::Diagnostics;
use syn::{Data, DeriveInput, Fields, Ident, Path, Type, Visibility, parse_quote};

/// A struct of several entities.
pub(crate) struct Collection {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) krate: Path,
    pub(crate) table: Path,
    pub(crate) fields: Vec<(Ident, Type)>,
    /// The entities that are read past.
    pub(crate) ignored: Vec<Path>,
}

/// Reads a collection.
pub(crate) fn collection(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Collection> {
    let mut entries = Entries::read(&input.attrs, attr::DYNAMO, diagnostics);
    let says_table = entries.may_have(attr::OF);
    let table = entries.take(attr::OF, diagnostics).and_then(|entry| entry.path(diagnostics));
    let krate = entries.take(attr::CRATE, diagnostics).and_then(|entry| entry.path(diagnostics));
    let ignored = entries.take(attr::IGNORE, diagnostics).map(|entry| entry.list(diagnostics)).unwrap_or_default();
    entries.finish(&[attr::OF, attr::IGNORE, attr::CRATE], diagnostics);
    if !says_table {
        diagnostics.at(&input.ident, "a collection says whose items it gathers: add `#[dynamo(of = ..)]`, the table");
    }
    if let Some(parameter) = input.generics.params.first() {
        diagnostics.at(parameter, "a collection has no parameters: its entities are known to the schema");
        return None;
    }
    let fields = fields(input, diagnostics);
    let krate = krate.unwrap_or_else(|| parse_quote!(::dynamodel));
    Some(Collection {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        table: table.unwrap_or_else(|| parse_quote!(#krate::__private::NoTable)),
        krate,
        fields,
        ignored: ignored.into_iter().map(|entry| entry.name).collect(),
    })
}

fn fields(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Vec<(Ident, Type)> {
    if let Data::Struct(data) = &input.data
        && let Fields::Named(named) = &data.fields
    {
        if named.named.is_empty() {
            diagnostics.at(&input.ident, "a collection has one field at least: there is nothing to gather");
        }
        let named = named.named.iter();
        return named.filter_map(|field| Some((field.ident.clone()?, field.ty.clone()))).collect();
    }
    diagnostics.at(
        &input.ident,
        "a collection is a struct with named fields, one for each entity: `T`, `Option<T>` or `Vec<T>`",
    );
    Vec::new()
}
