//! What `#[derive(KeySegment)]` was told.

use super::serde_attrs;
use crate::attr::{self, Entries};
use crate::diagnostics::Diagnostics;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Ident, Path, Type, parse_quote};

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

fn form(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Form> {
    const RULE: &str = "a type in keys is a newtype (`struct UserId(String);`) or an enum of unit variants";
    let container = serde_attrs::leaf(&input.attrs, diagnostics);
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|field| Form::Newtype(Box::new(field.ty.clone())))
            }
            _ => {
                diagnostics.at(&input.ident, RULE);
                None
            }
        },
        Data::Enum(data) => {
            let mut variants = Vec::new();
            for variant in &data.variants {
                if !matches!(variant.fields, Fields::Unit) {
                    diagnostics.at(variant, RULE);
                }
                let renamed = serde_attrs::field(&variant.attrs, diagnostics).rename;
                let name = variant.ident.unraw().to_string();
                let text = renamed.map_or_else(|| container.rename_variant(&name), |text| text.value());
                variants.push((variant.ident.clone(), text));
            }
            Some(Form::Variants(variants))
        }
        Data::Union(_) => {
            diagnostics.at(&input.ident, RULE);
            None
        }
    }
}
