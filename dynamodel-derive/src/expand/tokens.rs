//! Small pieces of generated code that several files write: options, formats, what a type or a table says of itself.

use super::place::at;
use crate::attr::Flags;
use crate::model::Entity;
use proc_macro2::TokenStream;
use quote::quote;

/// `Some("..")` or `None`, whatever the user's prelude says.
pub(super) fn option(krate: &syn::Path, text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(#krate::__private::core::option::Option::Some(#text)),
        None => quote!(#krate::__private::core::option::Option::None),
    }
}

/// A field's flags as the runtime's `Spec`.
pub(super) fn spec(krate: &syn::Path, flags: Flags) -> TokenStream {
    let Flags { descending, raw, .. } = flags;
    let width = match flags.width {
        Some(width) => quote!(#krate::__private::core::option::Option::Some(#width)),
        None => quote!(#krate::__private::core::option::Option::None),
    };
    quote!(#krate::__private::Spec { width: #width, descending: #descending, raw: #raw })
}

/// What a type is in keys, asked of it under the type as the user wrote it. Wherever it is asked, it is asked in these
/// very tokens: the compiler then complains once.
pub(super) fn form(krate: &syn::Path, ty: &syn::Type) -> TokenStream {
    at(&ty, quote!(<#ty as #krate::__private::KeySegment>::FORM))
}

/// What the table says of an index, asked under the index's name.
pub(super) fn index_schema(entity: &Entity, marker: &syn::Path) -> TokenStream {
    let Entity { krate, table, .. } = entity;
    at(&marker, quote!(<#table as #krate::__private::HasIndex<#marker>>::INDEX))
}
