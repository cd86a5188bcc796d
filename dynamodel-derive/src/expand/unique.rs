//! What an entity's schema says of its unique fields.

use super::place::at;
use crate::model::Entity;
use proc_macro2::TokenStream;
use quote::quote;

/// The entries of `EntitySchema::unique`.
pub(super) fn schemas(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let schema = |unique: crate::model::Unique| {
        let attributes = unique.fields.iter().filter_map(|name| entity.field(&name.to_string()));
        let attributes: Vec<_> = attributes.map(|field| &field.stored).collect();
        let name = attributes.iter().map(|name| name.as_str()).collect::<Vec<_>>().join("+");
        quote!(#krate::__private::UniqueSchema { name: #name, attributes: &[#(#attributes),*] },)
    };
    entity.unique().into_iter().map(schema).collect()
}

/// Whether it has unique fields, as a type; and that their types are such that it is known when two values are the same.
pub(super) fn assertions(entity: &Entity) -> TokenStream {
    let crate::model::Entity { ident, krate, .. } = entity;
    let unique = entity.unique();
    if unique.is_empty() {
        return quote! {
            #[automatically_derived]
            impl #krate::__private::WithoutUnique for #ident {}
        };
    }
    let mut fields: Vec<_> = Vec::new();
    for name in unique.iter().flat_map(|unique| &unique.fields) {
        if !fields.contains(&name) {
            fields.push(name);
        }
    }
    let fields = fields.into_iter().filter_map(|name| entity.field(&name.to_string()));
    let checks = fields.map(|field| {
        let ty = &field.ty;
        let check = at(&ty, quote!(#krate::__private::comparable::<#ty>));
        quote!(const _: () = #check();)
    });
    checks.collect()
}
