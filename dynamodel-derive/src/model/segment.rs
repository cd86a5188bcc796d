//! What `#[derive(KeySegment)]` was given.

use super::serde_attrs::{self, Container};
use crate::attr::{self, Entries};
use crate::diagnostics::Diagnostics;
use syn::ext::IdentExt;
use syn::{Data, DataEnum, DeriveInput, Fields, Ident, Path, Type, parse_quote};

/// A type that may stand in keys.
pub(crate) struct Segment {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) form: Form,
}

/// What it is made of.
pub(crate) enum Form {
    /// A newtype around this.
    Newtype(Box<Type>),
    /// Unit variants, with the texts that serde stores for them.
    Variants(Vec<(Ident, String)>),
}

/// Reads a type.
pub(crate) fn segment(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Segment> {
    let mut entries = Entries::read(&input.attrs, attr::DYNAMO, diagnostics);
    let krate = entries.take(attr::CRATE, diagnostics).and_then(|entry| entry.path(diagnostics));
    entries.finish(&[attr::CRATE], diagnostics);
    if let Some(parameter) = input.generics.params.first() {
        diagnostics.at(parameter, "a type in keys has no parameters: its text must be known to the schema");
    }
    Some(Segment {
        ident: input.ident.clone(),
        krate: krate.unwrap_or_else(|| parse_quote!(::dynamodel)),
        form: form(input, diagnostics)?,
    })
}

const RULE: &str = "a type in keys is a newtype (`struct UserId(String);`) or an enum of unit variants";

fn form(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Form> {
    let container = serde_attrs::leaf(&input.attrs, diagnostics);
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|field| newtype(field, diagnostics))
            }
            _ => {
                diagnostics.at(&input.ident, RULE);
                None
            }
        },
        Data::Enum(data) => Some(Form::Variants(variants(input, data, &container, diagnostics))),
        Data::Union(_) => {
            diagnostics.at(&input.ident, RULE);
            None
        }
    }
}

fn newtype(field: &syn::Field, diagnostics: &mut Diagnostics) -> Form {
    let serde = serde_attrs::field(&field.attrs, diagnostics);
    if let Some(token) = serde.with.as_ref().or(serde.skip.as_ref()) {
        diagnostics.at(
            token,
            "a newtype in keys is stored as the type inside it: take the attribute off, or implement `KeySegment` by hand",
        );
    }
    Form::Newtype(Box::new(field.ty.clone()))
}

/// The variants with their texts: unit variants, each with a text of its own.
fn variants(
    input: &DeriveInput,
    data: &DataEnum,
    container: &Container,
    diagnostics: &mut Diagnostics,
) -> Vec<(Ident, String)> {
    let mut variants: Vec<(Ident, String)> = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            diagnostics.at(ident, RULE);
        }
        let serde = serde_attrs::field(&variant.attrs, diagnostics);
        if let Some(token) = &serde.skip {
            diagnostics.at(token, format!("`{ident}` is skipped, so no item could hold it: take the `skip` off"));
        }
        let name = ident.unraw().to_string();
        let text = serde.rename.map_or_else(|| container.rename_variant(&name), |text| text.value());
        if let Some((first, _)) = variants.iter().find(|(_, known)| *known == text) {
            diagnostics.at(
                ident,
                format!("`{first}` and `{ident}` are both stored as `{text}`: give one of them another name"),
            );
        }
        variants.push((ident.clone(), text));
    }
    if variants.is_empty() {
        diagnostics.at(&input.ident, "an enum in keys has variants: without any there is no value to write");
    }
    variants
}
