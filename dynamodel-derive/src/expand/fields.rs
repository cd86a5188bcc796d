//! A marker type per field, and the struct of paths that `fields()` gives.

use crate::model::{Entity, Field, Role, StoredAs, groups, role};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Path, Visibility};

/// `SessionFields`.
pub(super) fn ident(entity: &Entity) -> Ident {
    format_ident!("{}Fields", entity.ident)
}

/// The module of the markers: its name stands before a field's in messages where two entities have the field.
pub(super) fn module(owner: &Ident) -> Ident {
    let mut name = String::new();
    for c in owner.to_string().chars() {
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
    let module = module(owner);
    let structs = marker_structs(&fields);
    let groups = groups(entity);
    let impls = fields.iter().map(|field| {
        let role = role_type(krate, &role(entity, field, &groups));
        marker_impl(krate, field, &module, &role)
    });
    let paths = ident(entity);
    let members = fields.iter().map(|field| {
        let (name, vis, docs) = (&field.ident, &field.vis, &field.docs);
        let ty = path_type(krate, field, &quote!(#owner), &module, &quote!(#krate::__private::Root));
        quote!(#(#docs)* #vis #name: #ty,)
    });
    let values = fields.iter().map(|field| path_value(krate, field, &quote!(#krate::__private::Root)));
    quote! {
        mod #module {
            #structs
        }
        #(#impls)*
        #[allow(dead_code)]
        #vis struct #paths {
            #(#members)*
        }
        impl #paths {
            fn __new() -> Self {
                Self { #(#values)* }
            }
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

/// The marker types.
pub(super) fn marker_structs(fields: &[&Field]) -> TokenStream {
    let structs = fields.iter().map(|field| {
        let (name, vis) = (&field.ident, inside(&field.vis));
        quote!(#vis struct #name;)
    });
    structs.collect()
}

/// The type of a path to a field that lies at `location`.
pub(super) fn path_type(
    krate: &Path,
    field: &Field,
    owner: &TokenStream,
    module: &Ident,
    location: &TokenStream,
) -> TokenStream {
    let name = &field.ident;
    let kind = if field.nested.is_some() { quote!(NestedPaths) } else { quote!(Path) };
    quote!(#krate::__private::#kind<#owner, #module::#name, #location>)
}

/// `name: Path::at(location),`
pub(super) fn path_value(krate: &Path, field: &Field, location: &TokenStream) -> TokenStream {
    let name = &field.ident;
    let kind = if field.nested.is_some() { quote!(NestedPaths) } else { quote!(Path) };
    quote!(#name: #krate::__private::#kind::at(#location),)
}

/// What is known of a field.
pub(super) fn marker_impl(krate: &Path, field: &Field, module: &Ident, role: &TokenStream) -> TokenStream {
    let Field { ident, ty, stored, .. } = field;
    let name = field.name();
    let name = (name != *stored).then(|| quote!(const IDENT: &'static str = #name;));
    let absence = if field.default.is_some() { quote!(#krate::__private::Defaulted) } else { quote!(#ty) };
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
    let declared = if field.with.is_some() { declared(krate, field, module) } else { TokenStream::new() };
    quote! {
        #[automatically_derived]
        impl #krate::__private::Field for #module::#ident {
            type Value = #ty;
            type Role = #role;
            type Codec = #codec;
            type Absence = #absence;
            const NAME: &'static str = #stored;
            #name
        }
        #codec_impl
        #declared
    }
}

/// What the user says of a stored form that only the codec knows.
fn declared(krate: &Path, field: &Field, module: &Ident) -> TokenStream {
    let Field { ident, ty, .. } = field;
    let codec = quote!(#module::#ident);
    let capability = |name: TokenStream, items: TokenStream| {
        quote! {
            #[automatically_derived]
            impl #krate::__private::#name<#codec> for #ty {
                #items
            }
        }
    };
    let mut out = TokenStream::new();
    if field.ordered.is_some() {
        out.extend(capability(quote!(Ordered), TokenStream::new()));
    }
    match field.stored_as {
        Some(StoredAs::S) => {
            for name in [quote!(Textual), quote!(Containing)] {
                out.extend(capability(
                    name,
                    quote!(
                        type Part = str;
                    ),
                ));
            }
            out.extend(capability(quote!(Measured), TokenStream::new()));
        }
        Some(StoredAs::N) => out.extend(capability(quote!(Numeric), TokenStream::new())),
        Some(StoredAs::B) => out.extend(capability(quote!(Measured), TokenStream::new())),
        None => {}
    }
    out
}

fn role_type(krate: &Path, role: &Role) -> TokenStream {
    let name = match role {
        Role::Plain => quote!(Plain),
        Role::KeyField => quote!(KeyField),
        Role::KeyOnly => quote!(KeyOnly),
        Role::Alone => quote!(Alone),
        Role::Shared(group) => quote!(Shared<#group>),
        Role::NativeIndex => quote!(NativeIndex),
        Role::InSentinels => quote!(InSentinels),
        Role::Immutable => quote!(Immutable),
        Role::Version => quote!(Version),
        Role::CreatedAt => quote!(CreatedAt),
        Role::UpdatedAt => quote!(UpdatedAt),
    };
    quote!(#krate::__private::#name)
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
