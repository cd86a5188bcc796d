//! The code of `#[derive(Table)]`.

use super::place::at;
use super::tokens::option;
use crate::model::{Table, TableIndex};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// Everything for a table.
pub(crate) fn table(table: &Table) -> TokenStream {
    let Table { ident, vis, krate, partition_key, type_attribute, entities, .. } = table;
    let sort_key = option(krate, table.sort_key.as_deref());
    let indexes = table.indexes.iter().map(|index| index_schema(krate, index));
    let has_indexes = table.indexes.iter().map(|index| has_index(table, index));
    let markers = table.indexes.iter().map(|index| marker(table, index));
    let managed = managed(table);
    let managed_bits = managed.iter().map(|name| bit(name));
    let members = entities.iter().map(|entity| {
        quote_spanned! { entity.span() =>
            #[automatically_derived]
            impl #krate::__private::Member<#ident> for #entity {}
        }
    });
    let schemas = entities.iter().map(|entity| schema(table, entity));
    let pairs = pairs(table);
    let items = super::items::items(table);
    let settings = super::settings::settings(table);
    let name = ident.to_string();
    let connect_doc =
        format!("A client for the table `{name}`, physically called `table_name`, through the SDK client `sdk`.");
    quote! {
        #[allow(unused_qualifications, clippy::all, clippy::pedantic)]
        const _: () = {
            #[automatically_derived]
            impl #krate::__private::Table for #ident {
                const SCHEMA: &'static #krate::__private::TableSchema = &#krate::__private::TableSchema {
                    name: #name,
                    partition_key: #partition_key,
                    sort_key: #sort_key,
                    type_attribute: #type_attribute,
                    indexes: &[#(#indexes),*],
                    entities: &[#(#schemas),*],
                };
                const PARTITION_KEY: &'static str = #partition_key;
                const SORT_KEY: #krate::__private::core::option::Option<&'static str> = #sort_key;
                const TYPE_ATTRIBUTE: &'static str = #type_attribute;
                const MANAGED: &'static [(&'static str, u128)] = &[#((#managed, #managed_bits)),*];
            }
            #(#has_indexes)*
            #(#members)*
            #pairs
            const _: () = #krate::__private::check_projections(<#ident as #krate::__private::Table>::SCHEMA);
        };
        #(#markers)*
        #[automatically_derived]
        impl #ident {
            #[doc = #connect_doc]
            #vis fn connect(
                sdk: &#krate::__private::SdkClient,
                table_name: &str,
            ) -> #krate::__private::Client<Self> {
                #krate::__private::Client::new(sdk, table_name)
            }
        }
        #krate::__table_constructors!(#ident, [#(#settings),*]);
        #items
    }
}

fn index_schema(krate: &syn::Path, index: &TableIndex) -> TokenStream {
    let TableIndex { name, partition_key, sort_key, .. } = index;
    let kind = if index.local { quote!(Local) } else { quote!(Global) };
    quote! {
        #krate::__private::IndexSchema {
            name: #name,
            kind: #krate::__private::IndexKind::#kind,
            partition_key: &[#(#partition_key),*],
            sort_key: &[#(#sort_key),*],
        }
    }
}

fn has_index(table: &Table, index: &TableIndex) -> TokenStream {
    let Table { ident, krate, .. } = table;
    let marker = &index.marker;
    let schema = index_schema(krate, index);
    let name = option(krate, Some(&index.name));
    let consistent = index.local.then(|| {
        quote! {
            #[automatically_derived]
            impl #krate::__private::Consistent for #marker {}
        }
    });
    quote! {
        #consistent
        #[automatically_derived]
        impl #krate::__private::HasIndex<#marker> for #ident {
            const INDEX: #krate::__private::IndexSchema = #schema;
        }
        #[automatically_derived]
        impl #krate::__private::Index for #marker {
            const NAME: #krate::__private::core::option::Option<&'static str> = #name;
        }
    }
}

/// The index as a type, beside the table: entities in other modules import it.
pub(super) fn marker(table: &Table, index: &TableIndex) -> TokenStream {
    let vis = &table.vis;
    let krate = &table.krate;
    let marker = &index.marker;
    let kind = if index.local { "local" } else { "global" };
    let doc = format!("The {kind} secondary index `{}` of the table `{}`.", index.name, table.ident);
    quote! {
        #[doc = #doc]
        #[derive(
            #krate::__private::core::fmt::Debug,
            #krate::__private::core::clone::Clone,
            #krate::__private::core::marker::Copy,
        )]
        #vis struct #marker;
    }
}

/// Every attribute that is a key somewhere, and the type attribute.
fn managed(table: &Table) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    let own = [Some(table.partition_key.as_str()), table.sort_key.as_deref(), Some(table.type_attribute.as_str())];
    let of_indexes = table.indexes.iter().flat_map(|index| index.partition_key.iter().chain(&index.sort_key));
    for name in own.into_iter().flatten().chain(of_indexes.map(String::as_str)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A bit that stands for a name: a set of names is their bits together, and a name whose bit is missing is not in it.
pub(super) fn bit(name: &str) -> u128 {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    1 << (hash % 128)
}

/// What an entity says of itself, asked under its name in the list.
fn schema(table: &Table, entity: &syn::Path) -> TokenStream {
    let Table { ident, krate, .. } = table;
    at(&entity, quote!(<#entity as #krate::__private::EntityOf<#ident>>::DESCRIPTION))
}

/// One constant per entity, so that more clashes than the first are shown.
fn pairs(table: &Table) -> TokenStream {
    let Table { ident, krate, entities, .. } = table;
    let count = entities.len();
    let schema = quote!(<#ident as #krate::__private::Table>::SCHEMA);
    let checks = entities.iter().enumerate().skip(1).map(|(place, entity)| {
        let check = at(&entity, quote!(#krate::__private::check_among));
        quote_spanned!(entity.span() => const _: () = #check(#schema, &__MARKS, #place);)
    });
    quote! {
        const __MARKS: [#krate::__private::Mark; #count] = #krate::__private::marks(#schema);
        #(#checks)*
    }
}
