//! A marker type per field, and the struct of paths that `fields()` gives.

use crate::model::{Entity, Field, Role};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Visibility};

/// `SessionFields`.
pub(super) fn ident(entity: &Entity) -> Ident {
    format_ident!("{}Fields", entity.ident)
}

/// The module of the markers: its name stands before a field's in messages where two entities have the field.
fn module(entity: &Entity) -> Ident {
    let mut name = String::new();
    for c in entity.ident.to_string().chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(c.to_lowercase());
    }
    format_ident!("{name}_fields")
}

/// Markers, their traits, the struct of paths.
pub(super) fn markers(entity: &Entity) -> TokenStream {
    let Entity { ident: owner, krate, vis, .. } = entity;
    let fields: Vec<_> = entity.fields.iter().filter(|field| field.has_path()).collect();
    let module = module(entity);
    let structs = fields.iter().map(|field| {
        let (name, vis) = (&field.ident, inside(&field.vis));
        quote!(#vis struct #name;)
    });
    let impls = fields.iter().map(|field| marker_impl(entity, field, &module));
    let paths = ident(entity);
    let members = fields.iter().map(|field| {
        let (name, vis, docs) = (&field.ident, &field.vis, &field.docs);
        quote!(#(#docs)* #vis #name: #krate::__private::Path<#owner, #module::#name>,)
    });
    let values = fields.iter().map(|field| {
        let name = &field.ident;
        quote!(#name: #krate::__private::Path::new(),)
    });
    quote! {
        mod #module {
            #(#structs)*
        }
        #(#impls)*
        #vis struct #paths {
            #(#members)*
        }
        impl #paths {
            const NEW: Self = Self { #(#values)* };
        }
        #[automatically_derived]
        impl #krate::__private::core::clone::Clone for #paths {
            fn clone(&self) -> Self {
                *self
            }
        }
        #[automatically_derived]
        impl #krate::__private::core::marker::Copy for #paths {}
    }
}

fn marker_impl(entity: &Entity, field: &Field, module: &Ident) -> TokenStream {
    let krate = &entity.krate;
    let Field { ident, ty, stored, .. } = field;
    let role = match role(entity, field) {
        Role::Plain => quote!(Plain),
        Role::KeyField => quote!(KeyField),
        Role::IndexPart => quote!(IndexPart),
        Role::Version => quote!(Version),
    };
    // A field with a codec of its own is its own codec: the marker is as good a type for it as any.
    let (codec, codec_impl) = match &field.with {
        None => (quote!(#krate::__private::Serde), TokenStream::new()),
        Some(with) => (
            quote!(Self),
            quote! {
                #[automatically_derived]
                impl #krate::__private::Codec<#ty> for #module::#ident {
                    fn encode<S: #krate::__private::serde::Serializer>(
                        value: &#ty,
                        serializer: S,
                    ) -> #krate::__private::core::result::Result<S::Ok, S::Error> {
                        #with::serialize(value, serializer)
                    }
                }
            },
        ),
    };
    quote! {
        #[automatically_derived]
        impl #krate::__private::Field for #module::#ident {
            type Value = #ty;
            type Role = #krate::__private::#role;
            type Codec = #codec;
            const NAME: &'static str = #stored;
        }
        #codec_impl
    }
}

/// What a field is for. The primary key comes first: what is in it never changes.
fn role(entity: &Entity, field: &Field) -> Role {
    let name = field.name();
    let names_it = |key: &crate::model::Key| key.fields().contains(&name);
    if entity.primary().any(names_it) {
        Role::KeyField
    } else if field.version.is_some() {
        Role::Version
    } else if entity.keys().any(names_it) {
        Role::IndexPart
    } else {
        Role::Plain
    }
}

/// A field's visibility, as it is written one module further in. A marker must be seen exactly where its field is:
/// a more visible one would expose the field's type.
fn inside(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            if path.is_ident("self") {
                quote!(pub(super))
            } else if path.segments.first().is_some_and(|segment| segment.ident == "super") {
                quote!(pub(in super::#path))
            } else {
                quote!(#vis)
            }
        }
        Visibility::Public(_) => quote!(pub),
    }
}
