//! Named access patterns: what the schema says of them, and by what their items can be filtered.

use super::promises::index_schema;
use crate::model::Entity;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `AccessPattern { .. }, ..`
pub(super) fn schemas(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let none = quote!(#krate::__private::core::option::Option::None);
    let primary = entity.query.iter().map(|name| (name, none.clone()));
    let indexes = entity.indexes.iter().map(|index| {
        let schema = index_schema(entity, &index.marker);
        (&index.name, quote!(#krate::__private::core::option::Option::Some(#schema.name)))
    });
    let patterns = primary.chain(indexes).map(|(name, index)| {
        let name = name.to_string();
        quote! {
            #krate::__private::AccessPattern {
                name: #name,
                index: #index,
                projection: #krate::__private::ProjectionSchema::All,
                mixed: false,
            }
        }
    });
    quote!(#(#patterns),*)
}

/// `impl FilterOn<Gsi1> for Session { .. }`
pub(super) fn filters(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let primary = entity.query.iter().map(|_| quote!(#krate::__private::Primary));
    let indexes = entity.indexes.iter().map(|index| index.marker.to_token_stream());
    let impls = primary.chain(indexes).map(|index| {
        quote! {
            #[automatically_derived]
            impl #krate::__private::FilterOn<#index> for #ident {
                type Fields = <Self as #krate::__private::Entity>::Fields;
                fn filter_fields() -> Self::Fields {
                    <Self as #krate::__private::Entity>::fields()
                }
            }
        }
    });
    quote!(#(#impls)*)
}
