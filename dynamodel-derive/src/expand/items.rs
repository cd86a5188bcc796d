//! The enum of a table's entities.

use super::place::at;
use crate::model::Table;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

/// `ShopItem`, with all that it can do, and `Shop::partition(..)`. A table without entities has none.
pub(super) fn items(table: &Table) -> TokenStream {
    let Table { ident, vis, krate, entities, .. } = table;
    let variants = variants(table);
    if variants.is_empty() {
        return TokenStream::new();
    }
    let name = format_ident!("{ident}Item");
    let text = name.to_string();
    let core = quote!(#krate::__private::core);
    let of_table: Vec<_> =
        entities.iter().map(|entity| at(&entity, quote!(<#entity as #krate::__private::EntityOf<#ident>>))).collect();
    let places = 0..variants.len();
    let doc = format!("An item of the table `{ident}`: one of its entities.");
    let variant_docs = variants.iter().map(|variant| format!("An item of `{variant}`."));
    let partition_doc = format!(
        "All items of one partition, whatever they are: that of an access pattern of any entity of `{ident}`, on the table or on its index."
    );
    let standard = standard(table, &name, &variants);
    let changes = changes(table, &variants);
    quote! {
        #changes
        #[doc = #doc]
        #[allow(private_interfaces, clippy::large_enum_variant, clippy::derive_partial_eq_without_eq)]
        #vis enum #name {
            #(#[doc = #variant_docs] #variants(#entities),)*
        }
        #[allow(private_interfaces, unused_qualifications, clippy::all, clippy::pedantic, clippy::nursery)]
        const _: () = {
            #[automatically_derived]
            impl #krate::__private::Item for #name {
                type Table = #ident;
                const ATTRIBUTES: #core::option::Option<&'static [&'static str]> = #core::option::Option::None;
                const NAME: &'static str = #text;
                fn ttl() -> #core::option::Option<&'static str> {
                    #krate::__private::TableSchema::ttl(<#ident as #krate::__private::Table>::SCHEMA)
                }
                fn read(item: &mut #krate::__private::Incoming<'_, '_>) -> #krate::__private::Result<Self> {
                    match #krate::__private::Incoming::entity_of::<#ident>(item) {
                        #(
                            #core::option::Option::Some(#places) => {
                                #core::result::Result::map(#of_table::read_item(item), Self::#variants)
                            }
                        )*
                        _ => #core::result::Result::Err(#krate::__private::Incoming::unknown::<#ident>(item)),
                    }
                }
                fn expires(&self) -> #core::option::Option<#krate::__private::Expiry> {
                    match self {
                        #(Self::#variants(item) => #of_table::item_expiry(item),)*
                    }
                }
            }
            #[automatically_derived]
            impl #krate::__private::Collected for #name {}
            #(
                #[automatically_derived]
                impl #core::convert::From<#entities> for #name {
                    fn from(item: #entities) -> Self {
                        Self::#variants(item)
                    }
                }
            )*
            #standard
        };
        #[allow(dead_code)]
        #[automatically_derived]
        impl #ident {
            #[doc = #partition_doc]
            #vis fn partition<__R: #krate::__private::PartitionOf<Self, __I>, __I: #krate::__private::Index>(
                range: __R,
            ) -> #krate::__private::KeyRange<#name, __I> {
                #krate::__private::KeyRange::whole_partition(#krate::__private::IntoKeyRange::into_key_range(range))
            }
        }
    }
}

/// `ShopChange`: the same entities as changes of a stream, if the library has them. The derive cannot see its features.
fn changes(table: &Table, variants: &[Ident]) -> TokenStream {
    let Table { ident, vis, krate, entities, .. } = table;
    let (name, alias) = (format_ident!("{ident}ChangeOf"), format_ident!("{ident}Change"));
    let doc = format!("A change of an item of the table `{ident}`, read from its stream.");
    let docs = variants.iter().map(|variant| format!("A change of an item of `{variant}`."));
    let places = 0..variants.len();
    let of_table: Vec<_> =
        entities.iter().map(|entity| at(&entity, quote!(<#entity as #krate::__private::EntityOf<#ident>>))).collect();
    quote! {
        #krate::__table_changes! {
            #[doc = #doc]
            #vis enum #name, #alias of #ident {
                #(#places #[doc = #docs] #variants(#entities) = (#of_table::DESCRIPTION, #of_table::read_item),)*
            }
        }
    }
}

/// `Debug`, `Clone` and `PartialEq`, as far as the entities have them.
fn standard(table: &Table, name: &Ident, variants: &[Ident]) -> TokenStream {
    let Table { krate, entities, .. } = table;
    let core = quote!(#krate::__private::core);
    quote! {
            #[automatically_derived]
            impl #core::fmt::Debug for #name
            where
                #(for<'__a> #entities: #core::fmt::Debug,)*
            {
                fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                    match self {
                        #(Self::#variants(item) => #core::fmt::Debug::fmt(item, f),)*
                    }
                }
            }
            #[automatically_derived]
            impl #core::clone::Clone for #name
            where
                #(for<'__a> #entities: #core::clone::Clone,)*
            {
                fn clone(&self) -> Self {
                    match self {
                        #(Self::#variants(item) => Self::#variants(#core::clone::Clone::clone(item)),)*
                    }
                }
            }
            #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
            #[automatically_derived]
            impl #core::cmp::PartialEq for #name
            where
                #(for<'__a> #entities: #core::cmp::PartialEq,)*
            {
                fn eq(&self, other: &Self) -> bool {
                    match (self, other) {
                        #((Self::#variants(item), Self::#variants(other)) => item == other,)*
                        #[allow(unreachable_patterns)]
                        _ => false,
                    }
                }
            }
    }
}

/// The entities' own names: the last of their paths.
fn variants(table: &Table) -> Vec<Ident> {
    table.entities.iter().filter_map(|entity| entity.segments.last().map(|segment| segment.ident.clone())).collect()
}
