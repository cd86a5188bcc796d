//! Key attributes as constants, and the functions that make keys from fields.

use super::place::at;
use super::ranges;
use super::tokens::{form, index_schema, option, spec};
use crate::attr::Piece;
use crate::model::{Entity, Field, Index, Key, Pattern};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Ident;
use syn::ext::IdentExt;

/// One key attribute of the entity.
pub(super) struct KeyAttribute<'e> {
    key: &'e Key,
    place: Place<'e>,
}

/// Which key attribute.
enum Place<'e> {
    Partition,
    Sort,
    /// The attribute of an index's partition key that stands at a place.
    OfPartition(&'e Index, usize),
    /// The same of its sort key.
    OfSort(&'e Index, usize),
}

/// All of them: the primary key's first.
pub(super) fn all(entity: &Entity) -> Vec<KeyAttribute<'_>> {
    let mut out = Vec::new();
    let mut push = |key, place| out.push(KeyAttribute { key, place });
    push(&entity.partition, Place::Partition);
    if let Some(key) = &entity.sort {
        push(key, Place::Sort);
    }
    for index in &entity.indexes {
        for (at, key) in index.partition.iter().flatten().enumerate() {
            push(key, Place::OfPartition(index, at));
        }
        for (at, key) in index.sort.iter().enumerate() {
            push(key, Place::OfSort(index, at));
        }
    }
    out
}

impl KeyAttribute<'_> {
    /// `KeyAttribute { .. }`
    pub(super) fn schema(&self, entity: &Entity) -> TokenStream {
        let Entity { krate, table, .. } = entity;
        let of_index = |index: &Index, part: TokenStream, at: usize| {
            let schema = index_schema(entity, &index.marker);
            (
                quote!(#krate::__private::index_attribute(#schema.#part, #at)),
                quote!(#krate::__private::core::option::Option::Some(#schema.name)),
            )
        };
        let ((attribute, index), position) = match self.place {
            Place::Partition => {
                ((quote!(<#table as #krate::__private::Table>::PARTITION_KEY), option(krate, None)), quote!(Partition))
            }
            Place::Sort => {
                let name = quote!(#krate::__private::sort_key(<#table as #krate::__private::Table>::SORT_KEY));
                ((name, option(krate, None)), quote!(Sort))
            }
            Place::OfPartition(index, at) => (of_index(index, quote!(partition_key), at), quote!(Partition)),
            Place::OfSort(index, at) => (of_index(index, quote!(sort_key), at), quote!(Sort)),
        };
        let pattern = pattern(entity, self.key);
        quote! {
            #krate::__private::KeyAttribute {
                attribute: #attribute,
                index: #index,
                position: #krate::__private::Position::#position,
                pattern: #pattern,
            }
        }
    }

    /// Whether it is the field itself, on the access pattern's index or, without one, in the primary key.
    pub(super) fn is_native(&self, field: &Field, pattern: Option<&Ident>) -> bool {
        let index = match self.place {
            Place::Partition | Place::Sort => None,
            Place::OfPartition(index, _) | Place::OfSort(index, _) => Some(&index.name),
        };
        index == pattern && matches!(self.key, Key::Field(name) if *name == field.ident)
    }

    /// The name of the field that is the key attribute by itself.
    pub(super) fn stored<'a>(&self, entity: &'a Entity) -> Option<&'a str> {
        match self.key {
            Key::Field(ident) => entity.field(&ident.unraw().to_string()).map(|field| field.stored.as_str()),
            Key::Template(_) => None,
        }
    }

    /// `&[&self.user_id]`
    pub(super) fn parts(&self, entity: &Entity) -> TokenStream {
        let fields = fields(entity, self.key);
        let krate = &entity.krate;
        let parts = fields.iter().map(|field| {
            let (ident, ty) = (&field.ident, &field.ty);
            let part = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::part));
            quote!(#part(&self.#ident))
        });
        quote!(&[#(#parts),*])
    }
}

/// The fields of a key, in the template's order.
pub(super) fn fields<'e>(entity: &'e Entity, key: &Key) -> Vec<&'e Field> {
    key.fields().iter().filter_map(|name| entity.field(name)).collect()
}

fn pattern(entity: &Entity, key: &Key) -> TokenStream {
    let krate = &entity.krate;
    match key {
        Key::Template(template) => {
            let pieces = template.pieces.iter().map(|piece| match piece {
                Piece::Literal(text) => quote!(#krate::__private::Piece::Literal(#text)),
                Piece::Field { name, flags } => {
                    let form = entity.field(name).map(|field| form(krate, &field.ty));
                    let spec = spec(krate, *flags);
                    quote! {
                        #krate::__private::Piece::Field {
                            name: #name,
                            spec: #spec,
                            form: #form,
                        }
                    }
                }
            });
            quote!(#krate::__private::Pattern::Template(&[#(#pieces),*]))
        }
        Key::Field(ident) => {
            let name = ident.unraw().to_string();
            let field = entity.field(&name);
            let form = field.map(|field| form(krate, &field.ty));
            let stored = field.map(|field| field.stored.as_str()).unwrap_or_default();
            quote! {
                #krate::__private::Pattern::Native {
                    name: #name,
                    stored: #stored,
                    form: #form,
                }
            }
        }
    }
}

/// `key(..)`, `parse_key(..)` and the access patterns, on the struct itself.
pub(super) fn functions(entity: &Entity) -> TokenStream {
    let ident = &entity.ident;
    let key = key_function(entity);
    let parse = parse_function(entity);
    let patterns = entity.patterns();
    let patterns = patterns.iter().map(|pattern| pattern_function(entity, pattern));
    quote! {
        // Not every entity is read by its key, nor every key taken apart.
        #[allow(dead_code, unused_qualifications)]
        #[automatically_derived]
        impl #ident {
            #key
            #parse
            #(#patterns)*
        }
    }
}

/// A parameter list that takes the fields' values in their borrowed form, each field once.
fn parameters(entity: &Entity, fields: &[&Field]) -> TokenStream {
    let krate = &entity.krate;
    let parameters = fields.iter().map(|field| {
        let (name, ty) = (&field.ident, &field.ty);
        let borrowed = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::Borrowed<'_>));
        quote!(#name: #borrowed)
    });
    quote!(#(#parameters),*)
}

fn key_fields(entity: &Entity) -> Vec<&Field> {
    distinct(entity.primary().flat_map(|key| fields(entity, key)))
}

/// Each field once, where it first stands.
pub(super) fn distinct<'e>(fields: impl Iterator<Item = &'e Field>) -> Vec<&'e Field> {
    let mut out: Vec<&Field> = Vec::new();
    for field in fields {
        if !out.iter().any(|known| known.ident == field.ident) {
            out.push(field);
        }
    }
    out
}

fn key_function(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, vis, .. } = entity;
    let parameters = parameters(entity, &key_fields(entity));
    let doc = format!("The primary key of an item of `{ident}`, from the values of its fields.");
    let part = |at: usize, key: &Key| {
        let idents = fields(entity, key).into_iter().map(|field| &field.ident);
        quote!((#at, &[#(&#idents),*]))
    };
    let parts = entity.primary().enumerate().map(|(at, key)| part(at, key));
    quote! {
        #[doc = #doc]
        #vis fn key(#parameters) -> #krate::__private::Key<Self> {
            #krate::__private::Key::render(&[#(#parts),*])
        }
    }
}

/// `KeyFields::field(&fields, "user_id", <String as KeySegment>::of_key)`
fn value_of(krate: &syn::Path, field: &Field) -> TokenStream {
    let (name, ty) = (field.name(), &field.ty);
    let read = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::of_key));
    quote!(#krate::__private::KeyFields::field(&fields, #name, #read))
}

fn parse_function(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, vis, .. } = entity;
    let fields = key_fields(entity);
    if fields.is_empty() {
        return TokenStream::new();
    }
    let doc = format!(
        "The values of the fields in a primary key of `{ident}`: {}.\n\n# Errors\n`ErrorKind::InvalidKey` when the key does not have the form of the templates.",
        fields.iter().map(|field| format!("`{}`", field.name())).collect::<Vec<_>>().join(", ")
    );
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let values = fields.iter().map(|field| value_of(krate, field));
    quote! {
        #[doc = #doc]
        #vis fn parse_key(
            key: &#krate::__private::Key<Self>,
        ) -> #krate::__private::Result<(#(#types,)*)> {
            let fields = key.parse()?;
            #krate::__private::core::result::Result::Ok((#(#values?,)*))
        }
    }
}

fn pattern_function(entity: &Entity, pattern: &Pattern<'_>) -> TokenStream {
    let Entity { ident, krate, vis, .. } = entity;
    let name = pattern.name;
    let doc = match pattern.index {
        None => format!("All items of `{ident}` in one partition, in the order of their sort keys."),
        Some(index) => {
            format!("The items of `{ident}` with one partition key on the index `{}`.", index.marker.to_token_stream())
        }
    };
    let all = distinct(pattern.partition.iter().flat_map(|key| fields(entity, key)));
    let parameters = parameters(entity, &all);
    let parts = pattern.partition.iter().map(|key| {
        let idents = fields(entity, key).into_iter().map(|field| &field.ident);
        quote!(&[#(&#idents),*])
    });
    let (range, from_prefix) = ranges::result(entity, pattern);
    let made = from_prefix(quote!(#krate::__private::KeyPrefix::of(&[#(#parts),*])));
    quote! {
        #[doc = #doc]
        #vis fn #name(#parameters) -> #range {
            #made
        }
    }
}

/// What is kept in the key alone: left out when writing, taken from the key when reading.
pub(super) fn key_only(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let fields: Vec<_> = entity.fields.iter().filter(|field| field.key_only.is_some()).collect();
    if fields.is_empty() {
        return TokenStream::new();
    }
    let stored: Vec<_> = fields.iter().map(|field| &field.stored).collect();
    let values = fields.iter().map(|field| value_of(krate, field));
    quote! {
        const KEY_ONLY: &'static [&'static str] = &[#(#stored),*];
        fn from_key(
            key: &#krate::__private::Key<Self>,
            show: #krate::__private::KeyOnlyFields<'_>,
        ) -> #krate::__private::Result<()> {
            let fields = key.parse()?;
            #(show(#stored, &#values?)?;)*
            #krate::__private::core::result::Result::Ok(())
        }
    }
}

/// The fields of a primary key with their values, for index keys that are rendered from them too.
pub(super) fn key_parts(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let fields = key_fields(entity);
    let show = if fields.is_empty() {
        TokenStream::new()
    } else {
        let shown = fields.iter().enumerate().map(|(place, field)| {
            let (place, name, ty) = (syn::Index::from(place), field.name(), &field.ty);
            let boxed = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::boxed));
            quote!(show(#name, #boxed(fields.#place));)
        });
        quote! {
            let fields = Self::parse_key(key)?;
            #(#shown)*
        }
    };
    quote! {
        #[allow(unused_variables)]
        fn key_parts(
            key: &#krate::__private::Key<Self>,
            show: #krate::__private::KeyPartsVisitor<'_>,
        ) -> #krate::__private::Result<()> {
            #show
            #krate::__private::core::result::Result::Ok(())
        }
    }
}
