//! The code of `#[derive(Collection)]`.

use super::place::at;
use crate::model::Collection;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

/// Everything for a collection.
pub(crate) fn collection(collection: &Collection) -> TokenStream {
    let Collection { ident, krate, table, fields, ignored, .. } = collection;
    let name = ident.to_string();
    let described = fields.iter().map(|(field, ty)| {
        let text = field.unraw().to_string();
        at(&ty, quote!(#krate::__private::CollectionField::of::<#ty, #table>(#text)))
    });
    let taken = fields.iter().enumerate().map(|(place, (field, ty))| {
        let take = at(&ty, quote!(#krate::__private::Gathering::take::<#ty, #table>));
        quote!(#field: #take(items, #place)?,)
    });
    let entities: Vec<_> =
        fields.iter().map(|(_, ty)| at(&ty, quote!(<#ty as #krate::__private::Slot<#table>>::Entity))).collect();
    let list = entities.iter().rev().fold(quote!(()), |rest, entity| quote!((#entity, #rest)));
    let members = fields
        .iter()
        .zip(&entities)
        .map(|((_, ty), entity)| at(&ty, quote!(<#entity as #krate::__private::EntityOf<#table>>::DESCRIPTION)));
    let ignored: Vec<_> = ignored
        .iter()
        .map(|entity| at(&entity, quote!(<#entity as #krate::__private::EntityOf<#table>>::DESCRIPTION)))
        .collect();
    let check = at(ident, quote!(#krate::__private::check_collection));
    let checked = quote_spanned! { ident.span() =>
        const _: () = #check(
            <#table as #krate::__private::Table>::SCHEMA,
            #name,
            &[#(#members),*],
            &[#(#ignored),*],
        );
    };
    let holds = quote!(<Self as #krate::__private::Collection>::Members: #krate::__private::Holds<__R::Item, __At>,);
    let of = range(collection, &quote!(#krate::__private::Gathered::range(range)), &holds);
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #krate::__private::Collection for #ident {
                type Table = #table;
                type Members = #list;
                const NAME: &'static str = #name;
                const FIELDS: &'static [#krate::__private::CollectionField] = &[#(#described),*];
                const IGNORED: &'static [&'static #krate::__private::EntitySchema] = &[#(#ignored),*];
                fn gather(items: &mut #krate::__private::Gathering) -> #krate::__private::Result<Self> {
                    #krate::__private::core::result::Result::Ok(Self { #(#taken)* })
                }
            }
            #checked
        };
        #of
    }
}

/// The errors, and a collection of nothing.
pub(crate) fn broken_collection(collection: &Collection, errors: &TokenStream) -> TokenStream {
    let Collection { ident, krate, table, .. } = collection;
    let name = ident.to_string();
    let of = range(collection, &quote!(loop {}), &TokenStream::new());
    quote! {
        #errors
        #[allow(warnings)]
        const _: () = {
            #[automatically_derived]
            impl #krate::__private::Collection for #ident {
                type Table = #table;
                type Members = ();
                const NAME: &'static str = #name;
                const FIELDS: &'static [#krate::__private::CollectionField] = &[];
                const IGNORED: &'static [&'static #krate::__private::EntitySchema] = &[];
                fn gather(_: &mut #krate::__private::Gathering) -> #krate::__private::Result<Self> {
                    loop {}
                }
            }
        };
        #of
    }
}

fn range(collection: &Collection, body: &TokenStream, holds: &TokenStream) -> TokenStream {
    let at = (!holds.is_empty()).then(|| quote!(, __At));
    let Collection { ident, krate, vis, .. } = collection;
    let doc = format!("The items of a `{ident}`, in the partition of an access pattern of one of its entities.");
    quote! {
        #[allow(dead_code, unused_qualifications)]
        #[automatically_derived]
        impl #ident {
            #[doc = #doc]
            #vis fn of<__R #at>(range: __R) -> #krate::__private::KeyRange<#krate::__private::Gathered<Self>, __R::Index>
            where
                __R: #krate::__private::IntoKeyRange,
                #holds
            {
                #body
            }
        }
    }
}
