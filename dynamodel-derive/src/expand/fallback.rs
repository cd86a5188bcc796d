//! What stands in for a derive that found mistakes: its errors, and implementations that let the rest of the user's
//! code be checked as if there were none. One mistake is one message.

use super::table::marker;
use super::{fields, groups, index_projection, ranges};
use crate::model::{Entity, Key, Table};
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// The errors, and a table without anything in it.
pub(crate) fn fallback_table(input: &DeriveInput, model: Option<&Table>, errors: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let Some(table) = model else { return errors.clone() };
    if !input.generics.params.is_empty() {
        return errors.clone();
    }
    let krate = &table.krate;
    let items = super::items::items(&table.distinct());
    let indexes = distinct(table.indexes.iter(), |index| index.marker.to_string()).into_iter().map(|index| {
        let marker = marker(table, index);
        let name = &index.marker;
        quote! {
            #marker
            #[automatically_derived]
            impl #krate::__private::Index for #name {
                const NAME: #krate::__private::core::option::Option<&'static str> =
                    #krate::__private::core::option::Option::None;
            }
        }
    });
    quote! {
        #errors
        #(#indexes)*
        const _: () = {
            #[automatically_derived]
            impl #krate::__private::Broken for #ident {}
            #[automatically_derived]
            impl #krate::__private::Table for #ident {
                const SCHEMA: &'static #krate::__private::TableSchema = &#krate::__private::TableSchema::BROKEN;
                const PARTITION_KEY: &'static str = "";
                const SORT_KEY: #krate::__private::core::option::Option<&'static str> =
                    #krate::__private::core::option::Option::None;
                const TYPE_ATTRIBUTE: &'static str = "";
                const MANAGED: &'static [(&'static str, u128)] = &[];
            }
        };
        #[automatically_derived]
        impl #ident {
            #[allow(missing_docs)]
            pub fn connect(_: &#krate::__private::SdkClient, _: &str) -> #krate::__private::Client<Self> {
                loop {}
            }
        }
        #krate::__table_constructors!(#ident, []);
        #items
    }
}

/// The first of those with the same name.
fn distinct<T>(all: impl Iterator<Item = T>, name: impl Fn(&T) -> String) -> Vec<T> {
    let mut seen = Vec::new();
    all.filter(|item| {
        let name = name(item);
        let new = !seen.contains(&name);
        seen.push(name);
        new
    })
    .collect()
}

/// The errors, and an entity without keys.
pub(crate) fn fallback_entity(input: &DeriveInput, model: Option<&Entity>, errors: &TokenStream) -> TokenStream {
    let ident = &input.ident;
    let Some(entity) = model else { return errors.clone() };
    let Entity { krate, table, .. } = entity;
    let markers = fields::markers(entity);
    let paths = fields::ident(entity);
    let groups = groups::of(entity).beside;
    let functions = functions(entity);
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
                const SCHEMA: &'static #krate::__private::EntitySchema = &#krate::__private::EntitySchema::BROKEN;
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
            impl #krate::__private::Broken for #ident {}
        };
        #functions
    }
}

/// The generated functions, taking anything: what they take in truth may be what is wrong.
fn functions(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, vis, .. } = entity;
    let anything = |keys: &mut dyn Iterator<Item = &Key>| {
        let names = distinct(keys.flat_map(Key::fields), String::clone);
        let parameters = names.iter().map(|_| quote!(_: impl #krate::__private::core::marker::Sized));
        quote!(#(#parameters),*)
    };
    // What the key takes is not known where it could not be read at all.
    if matches!(&entity.partition, Key::Template(template) if template.pieces.is_empty()) {
        return TokenStream::new();
    }
    let key = anything(&mut entity.primary());
    let patterns = entity.patterns();
    let mut patterns = distinct(patterns.iter(), |pattern| pattern.name.to_string());
    patterns.retain(|pattern| *pattern.name != "key");
    let patterns = patterns.into_iter().map(|pattern| {
        let (name, parameters) = (pattern.name, anything(&mut pattern.partition.iter()));
        let (range, _) = ranges::result(entity, pattern);
        quote! {
            #vis fn #name(#parameters) -> #range {
                loop {}
            }
        }
    });
    let ranges = ranges::ranges(entity, ranges::Mode::Fallback);
    let held = index_projection::fallbacks(entity);
    quote! {
        #[allow(warnings)]
        #[automatically_derived]
        impl #ident {
            #vis fn key(#key) -> #krate::__private::Key<Self> {
                loop {}
            }
            #(#patterns)*
        }
        #held
        #ranges
    }
}
