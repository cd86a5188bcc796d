//! What stands in for a derive that found mistakes: its errors, and implementations that let the rest of the user's
//! code be checked as if there were none. One mistake is one message.

use super::{fields, groups};
use crate::model::Entity;
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// The errors, and a table without anything in it.
pub(crate) fn broken_table(input: &DeriveInput, errors: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    if !input.generics.params.is_empty() {
        return errors.clone();
    }
    quote! {
        #errors
        const _: () = {
            #[automatically_derived]
            impl ::dynamodel::__private::Table for #ident {
                const SCHEMA: &'static ::dynamodel::__private::TableSchema = &::dynamodel::__private::TableSchema {
                    name: "",
                    partition_key: "",
                    sort_key: ::core::option::Option::None,
                    type_attribute: "",
                    indexes: &[],
                    entities: &[],
                };
                const PARTITION_KEY: &'static str = "";
                const SORT_KEY: ::core::option::Option<&'static str> = ::core::option::Option::None;
                const TYPE_ATTRIBUTE: &'static str = "";
                const MANAGED: &'static [&'static str] = &[];
            }
        };
    }
}

/// The errors, and an entity without keys.
pub(crate) fn broken_entity(input: &DeriveInput, model: Option<&Entity>, errors: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let Some(entity) = model else { return errors.clone() };
    let Entity { krate, table, .. } = entity;
    let markers = fields::markers(entity);
    let paths = fields::ident(entity);
    let groups = groups::of(entity).beside;
    quote! {
        #errors
        #groups
        #[allow(warnings)]
        const _: () = {
            #markers
            #[automatically_derived]
            impl #krate::__private::Entity for #ident {
                type Table = #table;
                type Version = #krate::__private::NoVersion;
                type Fields = #paths;
                const SCHEMA: &'static #krate::__private::EntitySchema = &#krate::__private::EntitySchema {
                    name: "",
                    type_name: "",
                    keys: &[],
                    attributes: &[],
                    version: #krate::__private::core::option::Option::None,
                    ttl: #krate::__private::core::option::Option::None,
                };
                const HIDDEN: &'static [&'static str] = &[];
                fn fields() -> Self::Fields {
                    #paths::__new()
                }
                fn visit_keys(
                    &self,
                    _: #krate::__private::KeyVisitor<'_>,
                ) -> #krate::__private::Result<()> {
                    #krate::__private::core::result::Result::Ok(())
                }
                fn key_parts(
                    _: &#krate::__private::Key<Self>,
                    _: #krate::__private::KeyPartsVisitor<'_>,
                ) -> #krate::__private::Result<()> {
                    #krate::__private::core::result::Result::Ok(())
                }
                fn version(&self) -> &Self::Version {
                    &#krate::__private::NoVersion
                }
                fn set_version(&mut self, _: Self::Version) {}
                fn expiry(&self) -> #krate::__private::core::option::Option<#krate::__private::Expiry> {
                    #krate::__private::core::option::Option::None
                }
            }
            #[automatically_derived]
            impl #krate::__private::Projection for #ident {
                type Entity = Self;
                const ATTRIBUTES: #krate::__private::core::option::Option<&'static [&'static str]> =
                    #krate::__private::core::option::Option::None;
            }
            #[automatically_derived]
            impl #krate::__private::EntityOf<#table> for #ident {}
        };
    }
}
