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
        let slot = at(&ty, quote!(<#ty as #krate::__private::Slot<#table>>));
        quote!(#krate::__private::CollectionField { name: #text, entity: #slot::SCHEMA, read: #slot::read })
    });
    let taken = fields.iter().enumerate().map(|(place, (field, ty))| {
        let take = at(&ty, quote!(<#ty as #krate::__private::Slot<#table>>::take));
        quote!(#field: #take(items, #place)?,)
    });
    let list = fields.iter().rev().fold(quote!(()), |rest, (_, ty)| quote!((#ty, #rest)));
    let members = fields.iter().map(|(_, ty)| at(&ty, quote!(<#ty as #krate::__private::Slot<#table>>::SCHEMA)));
    let ignored: Vec<_> = ignored
        .iter()
        .map(|entity| at(&entity, quote!(<#entity as #krate::__private::EntityOf<#table>>::DESCRIPTION)))
        .collect();
    let check = at(ident, quote!(#krate::__private::check_collection));
    let checked = quote_spanned! { ident.span() =>
        const _: () = #check(
            <<#ident as #krate::__private::Collection>::Table as #krate::__private::Table>::SCHEMA,
            #name,
            &[#(#members),*],
            &[#(#ignored),*],
        );
    };
    let of = range(collection, &quote!(#krate::__private::Gathered::range(range)), Bound::Member);
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
pub(crate) fn fallback_collection(collection: &Collection, errors: &TokenStream) -> TokenStream {
    let Collection { ident, krate, table, .. } = collection;
    let name = ident.to_string();
    let of = range(collection, &quote!(loop {}), Bound::Any);
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

/// Which access patterns `of` takes: of its members, or any where the collection has mistakes.
#[derive(Clone, Copy)]
enum Bound {
    Member,
    Any,
}

fn range(collection: &Collection, body: &TokenStream, bound: Bound) -> TokenStream {
    let Collection { ident, krate, vis, .. } = collection;
    let doc = format!("The items of a `{ident}`, in the partition of an access pattern of one of its entities.");
    let (bound, at) = match bound {
        Bound::Member => (quote!(#krate::__private::RangeOf<Self, __I, __At>), quote!(, __At)),
        Bound::Any => (quote!(#krate::__private::IntoKeyRange<Index = __I>), TokenStream::new()),
    };
    quote! {
        #[allow(dead_code, unused_qualifications)]
        #[automatically_derived]
        impl #ident {
            #[doc = #doc]
            #vis fn of<__R: #bound, __I: #krate::__private::Index #at>(
                range: __R,
            ) -> #krate::__private::KeyRange<#krate::__private::Gathered<Self>, __I> {
                #body
            }
        }
    }
}
