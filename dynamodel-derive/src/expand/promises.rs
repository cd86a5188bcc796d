//! Constants that the compiler must accept: what types decide, asked of the type checker under the user's own tokens.

use super::keys::spec;
use crate::attr::Piece;
use crate::model::{Entity, Key};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// Every promise of an entity.
pub(super) fn promises(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, table, .. } = entity;
    let segments = segments(entity);
    let roles = roles(entity);
    let listed = quote_spanned! { table.span() =>
        const _: () = #krate::__private::listed::<#ident, #table>();
    };
    let attributes = quote_spanned! { ident.span() =>
        const _: () = #krate::__private::check_attributes(
            <#ident as #krate::__private::Entity>::SCHEMA,
            <#table as #krate::__private::Table>::SCHEMA,
        );
    };
    let indexes = indexes(entity);
    let absences = absences(entity);
    quote!(#segments #roles #indexes #absences #listed #attributes)
}

/// Fields in templates are of types that may stand there, written as the template says.
fn segments(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let owner = ident.to_string();
    let mut out = TokenStream::new();
    let primary = entity.primary().map(|key| (key, true));
    let indexes = entity.indexes.iter().flat_map(|index| index.keys()).map(|key| (key, false));
    for (key, primary) in primary.chain(indexes) {
        let Key::Template(template) = key else {
            out.extend(native(entity, key, primary));
            continue;
        };
        let text = template.text.value();
        for piece in &template.pieces {
            let Piece::Field { name, flags } = piece else { continue };
            let Some(field) = entity.field(name) else { continue };
            let ty = &field.ty;
            let spec = spec(krate, *flags);
            out.extend(quote_spanned! { ty.span() =>
                const _: () = #krate::__private::check_segment(
                    &[#owner, #name, #text],
                    <#ty as #krate::__private::KeySegment>::FORM,
                    #spec,
                    #primary,
                );
            });
        }
    }
    out
}

/// A field that is a key by itself is there, at least in the primary key.
fn native(entity: &Entity, key: &Key, primary: bool) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let owner = ident.to_string();
    let names = key.fields();
    let field = entity.fields.iter().find(|field| names.contains(&field.name()));
    let Some(field) = field else { return TokenStream::new() };
    let (name, ty) = (field.name(), &field.ty);
    quote_spanned! { ty.span() =>
        const _: () = #krate::__private::check_native(
            &[#owner, #name],
            <#ty as #krate::__private::KeySegment>::FORM,
            #primary,
        );
    }
}

/// The version and the time to live are of types that can be those.
fn roles(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let check = |field: &crate::model::Field, function: TokenStream| {
        let ty = &field.ty;
        quote_spanned!(ty.span() => const _: () = #krate::__private::#function::<#ty>();)
    };
    let versions =
        entity.fields.iter().filter(|field| field.version.is_some()).map(|field| check(field, quote!(version)));
    let ttls = entity.fields.iter().filter(|field| field.ttl.is_some()).map(|field| check(field, quote!(ttl)));
    versions.chain(ttls).collect()
}

/// The entity has as many keys on an index as the index has.
fn indexes(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, table, .. } = entity;
    let owner = ident.to_string();
    let check = |index: &crate::model::Index| {
        let marker = &index.marker;
        let partition = match &index.partition {
            Some(keys) => {
                let count = keys.len();
                quote!(#krate::__private::core::option::Option::Some(#count))
            }
            None => quote!(#krate::__private::core::option::Option::None),
        };
        let sort = index.sort.len();
        quote_spanned! { marker.span() =>
            const _: () = #krate::__private::check_index(
                &<#table as #krate::__private::HasIndex<#marker>>::INDEX,
                #owner,
                #partition,
                #sort,
            );
        }
    };
    entity.indexes.iter().map(check).collect()
}

/// What is left out at times can be read all the same: by a default, or as an `Option` that serde knows as one.
fn absences(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let owner = ident.to_string();
    let mut out = TokenStream::new();
    for field in entity.fields.iter().filter(|field| field.is_stored() && field.default.is_none()) {
        let (name, ty) = (field.name(), &field.ty);
        let check = if field.with.is_some() {
            // serde reads an absent `Option` as `None` only where it reads it itself.
            quote!(check_with)
        } else if field.may_be_left_out.is_some() {
            quote!(check_left_out)
        } else {
            continue;
        };
        out.extend(quote_spanned! { ty.span() =>
            const _: () = {
                #[allow(unused_imports)]
                use #krate::__private::NoOption as _;
                #krate::__private::#check(&[#owner, #name], <#krate::__private::Probe<#ty>>::IS_OPTION)
            };
        });
    }
    out
}
