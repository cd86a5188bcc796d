//! Named access patterns: what the schema says of them, and by what their items can be filtered.

use super::fields::{self, module};
use super::ranges::read_on;
use super::tokens::index_schema;
use crate::model::{Entity, Field, Holds, Key, Pattern};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// `AccessPattern { .. }, ..`
pub(super) fn schemas(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let patterns = entity.patterns();
    let patterns = patterns.iter().map(|pattern| {
        let (name, mixed) = (pattern.name.to_string(), pattern.mixed);
        let index = match pattern.index {
            None => quote!(#krate::__private::core::option::Option::None),
            Some(index) => {
                let schema = index_schema(entity, &index.marker);
                quote!(#krate::__private::core::option::Option::Some(#schema.name))
            }
        };
        let projection = match pattern.index.map(|index| &index.holds) {
            None | Some(Holds::All) => quote!(All),
            Some(Holds::KeysOnly) => quote!(KeysOnly),
            Some(Holds::Include(names)) => {
                let stored = included(entity, names).into_iter().map(|field| &field.stored);
                quote!(Include(&[#(#stored),*]))
            }
        };
        quote! {
            #krate::__private::AccessPattern {
                name: #name,
                index: #index,
                projection: #krate::__private::ProjectionSchema::#projection,
                mixed: #mixed,
            }
        }
    });
    quote!(#(#patterns),*)
}

/// The fields that an index holds beside its keys.
pub(super) fn included<'e>(entity: &'e Entity, names: &[Ident]) -> Vec<&'e Field> {
    names.iter().filter_map(|name| entity.fields.iter().find(|field| field.ident == *name)).collect()
}

/// `impl FilterOn<Gsi1> for Session { .. }`
pub(super) fn filters(entity: &Entity) -> TokenStream {
    let patterns = entity.patterns();
    patterns.iter().map(|pattern| filter(entity, pattern)).collect()
}

fn filter(entity: &Entity, pattern: &Pattern<'_>) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let (_, index) = read_on(entity, pattern);
    let own: Vec<&Ident> = pattern
        .partition
        .iter()
        .chain(pattern.sort)
        .filter_map(|key| match key {
            Key::Field(field) => Some(field),
            Key::Template(_) => None,
        })
        .collect();
    let held: Option<Vec<_>> = match pattern.index.map(|index| &index.holds) {
        None | Some(Holds::All) => None,
        Some(Holds::KeysOnly) => Some(Vec::new()),
        Some(Holds::Include(names)) => Some(included(entity, names)),
    };
    if own.is_empty() && held.is_none() {
        return quote! {
            #[automatically_derived]
            impl #krate::__private::FilterOn<#index> for #ident {
                type Fields = <Self as #krate::__private::Entity>::Fields;
                fn filter_fields() -> Self::Fields {
                    <Self as #krate::__private::Entity>::fields()
                }
            }
        };
    }
    // Other fields than the entity's: without what the index does not hold, and with its own keys marked.
    let paths = format_ident!("{}Filter", pattern.type_name());
    let visible = entity.fields.iter().filter(|field| {
        let held = held.as_ref().is_none_or(|held| held.iter().any(|known| known.ident == field.ident));
        field.has_path() && (held || own.contains(&&field.ident))
    });
    let root = quote!(#krate::__private::Root);
    let module = module(ident);
    let (members, values): (Vec<_>, Vec<_>) = visible
        .map(|field| {
            let (name, vis, docs) = (&field.ident, &field.vis, &field.docs);
            let ty = if own.contains(&name) {
                let constant = own_constant(entity, pattern, field);
                quote!(#krate::__private::Path<#ident, #krate::__private::KeyOfQuery<#module::#name, { #constant }>, #root>)
            } else {
                fields::path_type(krate, field, &quote!(#ident), &module, &root)
            };
            (quote!(#(#docs)* #vis #name: #ty,), fields::path_value(krate, field, &root))
        })
        .unzip();
    let vis = &entity.vis;
    quote! {
        #[allow(dead_code)]
        #vis struct #paths {
            #(#members)*
        }
        #[automatically_derived]
        impl #krate::__private::FilterOn<#index> for #ident {
            type Fields = #paths;
            fn filter_fields() -> Self::Fields {
                #paths { #(#values)* }
            }
        }
    }
}

/// Whether the field is the key attribute itself: else its value is written there too, and the field can be filtered by.
fn own_constant(entity: &Entity, pattern: &Pattern<'_>, field: &Field) -> TokenStream {
    let krate = &entity.krate;
    let keys = super::keys::all(entity);
    let key = keys.iter().position(|key| key.is_native(field, pattern.index.map(|index| &index.name)));
    // On a local index the partition key is the table's.
    let key = key.or_else(|| keys.iter().position(|key| key.is_native(field, None)));
    match key {
        Some(place) => {
            let Entity { ident, table, .. } = entity;
            quote!(#krate::__private::is_own(<#ident as #krate::__private::EntityOf<#table>>::DESCRIPTION, #place))
        }
        None => quote!(true),
    }
}
