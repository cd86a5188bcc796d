//! Key attributes as constants, and the functions that make keys from fields.

use crate::attr::{Flags, Piece};
use crate::expand::table::option;
use crate::model::{Entity, Field, Index, Key};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

/// One key attribute of the entity.
pub(super) struct KeyConstant<'e> {
    /// The constant's name.
    pub(super) name: Ident,
    key: &'e Key,
    index: Option<&'e Index>,
    partition: bool,
}

/// All of them: the primary key's first.
pub(super) fn all(entity: &Entity) -> Vec<KeyConstant<'_>> {
    let mut out = Vec::new();
    let mut push = |key, index, partition| {
        out.push(KeyConstant { name: format_ident!("__KEY_{}", out.len()), key, index, partition });
    };
    push(&entity.partition, None, true);
    if let Some(key) = &entity.sort {
        push(key, None, false);
    }
    for index in &entity.indexes {
        push(&index.partition, Some(index), true);
        if let Some(key) = &index.sort {
            push(key, Some(index), false);
        }
    }
    out
}

impl KeyConstant<'_> {
    /// `const __KEY_0: KeyAttribute = ..;`
    pub(super) fn constant(&self, entity: &Entity) -> TokenStream {
        let Entity { krate, table, ident, .. } = entity;
        let name = &self.name;
        let owner = ident.to_string();
        let (attribute, index) = match self.index {
            None if self.partition => {
                (quote!(<#table as #krate::__private::Table>::PARTITION_KEY), option(krate, None))
            }
            None => (
                quote!(#krate::__private::sort_key(<#table as #krate::__private::Table>::SORT_KEY)),
                option(krate, None),
            ),
            Some(index) => {
                let marker = &index.marker;
                let schema = quote!(<#table as #krate::__private::HasIndex<#marker>>::INDEX);
                let attribute = if self.partition {
                    quote!(#schema.partition_key)
                } else {
                    quote!(#krate::__private::index_sort_key(&#schema, #owner))
                };
                (attribute, quote!(#krate::__private::core::option::Option::Some(#schema.name)))
            }
        };
        let position = if self.partition { quote!(Partition) } else { quote!(Sort) };
        let pattern = pattern(entity, self.key);
        quote! {
            const #name: #krate::__private::KeyAttribute = #krate::__private::KeyAttribute {
                attribute: #attribute,
                index: #index,
                position: #krate::__private::Position::#position,
                pattern: #pattern,
            };
        }
    }

    /// `visit(&__KEY_0, &[&self.user_id])?;`
    pub(super) fn visit(&self, entity: &Entity) -> TokenStream {
        let name = &self.name;
        let fields = fields(entity, self.key);
        let idents = fields.iter().map(|field| &field.ident);
        quote!(visit(&#name, &[#(&self.#idents),*])?;)
    }
}

/// The fields of a key, in the template's order.
pub(super) fn fields<'e>(entity: &'e Entity, key: &Key) -> Vec<&'e Field> {
    key.fields().iter().filter_map(|name| find(entity, name)).collect()
}

fn find<'e>(entity: &'e Entity, name: &str) -> Option<&'e Field> {
    entity.fields.iter().find(|field| field.name() == name || field.ident == name)
}

fn pattern(entity: &Entity, key: &Key) -> TokenStream {
    let krate = &entity.krate;
    match key {
        Key::Template(template) => {
            let pieces = template.pieces.iter().map(|piece| match piece {
                Piece::Literal(text) => quote!(#krate::__private::Piece::Literal(#text)),
                Piece::Field { name, flags } => {
                    let ty = find(entity, name).map(|field| field.ty.to_token_stream());
                    let spec = spec(krate, *flags);
                    quote! {
                        #krate::__private::Piece::Field {
                            name: #name,
                            spec: #spec,
                            form: <#ty as #krate::__private::KeySegment>::FORM,
                        }
                    }
                }
            });
            quote!(#krate::__private::Pattern::Template(&[#(#pieces),*]))
        }
        Key::Field(ident) => {
            let name = ident.to_string();
            let field = find(entity, &name);
            let ty = field.map(|field| field.ty.to_token_stream());
            let stored = field.map(|field| field.stored.as_str()).unwrap_or_default();
            quote! {
                #krate::__private::Pattern::Native {
                    name: #name,
                    stored: #stored,
                    form: <#ty as #krate::__private::KeySegment>::FORM,
                }
            }
        }
    }
}

/// A field's flags as the runtime's `Spec`.
pub(super) fn spec(krate: &syn::Path, flags: Flags) -> TokenStream {
    let descending = flags.descending;
    let width = match flags.width {
        Some(width) => quote!(#krate::__private::core::option::Option::Some(#width)),
        None => quote!(#krate::__private::core::option::Option::None),
    };
    quote!(#krate::__private::Spec { width: #width, descending: #descending })
}

/// `key(..)`, `parse_key(..)` and the access patterns, on the struct itself.
pub(super) fn functions(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let key = key_function(entity);
    let parse = parse_function(entity);
    let primary = entity.query.iter().map(|name| {
        let doc = format!("All items of `{ident}` in one partition, in the order of their sort keys.");
        pattern_function(entity, name, &entity.partition, &quote!(#krate::__private::Primary), &doc)
    });
    let indexes = entity.indexes.iter().map(|index| {
        let marker = &index.marker;
        let doc = format!("The items of `{ident}` with one partition key on the index `{}`.", marker.to_token_stream());
        pattern_function(entity, &index.name, &index.partition, &marker.to_token_stream(), &doc)
    });
    quote! {
        #[automatically_derived]
        impl #ident {
            #key
            #parse
            #(#primary)*
            #(#indexes)*
        }
    }
}

/// A parameter list that takes the fields' values in their borrowed form, each field once.
fn parameters(entity: &Entity, fields: &[&Field]) -> TokenStream {
    let krate = &entity.krate;
    let parameters = fields.iter().map(|field| {
        let (name, ty) = (&field.ident, &field.ty);
        quote!(#name: <#ty as #krate::__private::KeySegment>::Borrowed<'_>)
    });
    quote!(#(#parameters),*)
}

fn key_fields(entity: &Entity) -> Vec<&Field> {
    let mut out: Vec<&Field> = Vec::new();
    for key in std::iter::once(&entity.partition).chain(&entity.sort) {
        for field in fields(entity, key) {
            if !out.iter().any(|known| known.ident == field.ident) {
                out.push(field);
            }
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
    let parts = std::iter::once(&entity.partition).chain(&entity.sort).enumerate().map(|(at, key)| part(at, key));
    quote! {
        #[doc = #doc]
        #vis fn key(#parameters) -> #krate::__private::Key<Self> {
            #krate::__private::Key::render(&[#(#parts),*])
        }
    }
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
    let values = fields.iter().map(|field| {
        let (name, ty) = (field.name(), &field.ty);
        quote!(fields.field::<#ty>(#name)?)
    });
    quote! {
        #[doc = #doc]
        #vis fn parse_key(
            key: &#krate::__private::Key<Self>,
        ) -> #krate::__private::Result<(#(#types,)*)> {
            let fields = key.parse()?;
            #krate::__private::core::result::Result::Ok((#(#values,)*))
        }
    }
}

fn pattern_function(entity: &Entity, name: &Ident, partition: &Key, index: &TokenStream, doc: &str) -> TokenStream {
    let Entity { krate, vis, .. } = entity;
    let fields = fields(entity, partition);
    let parameters = parameters(entity, &fields);
    let idents = fields.iter().map(|field| &field.ident);
    quote! {
        #[doc = #doc]
        #vis fn #name(#parameters) -> #krate::__private::KeyRange<Self, #index> {
            #krate::__private::KeyRange::of(&[#(&#idents),*])
        }
    }
}
