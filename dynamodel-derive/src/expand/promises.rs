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
    quote!(#segments #roles #listed #attributes)
}

/// Fields in templates are of types that may stand there, written as the template says.
fn segments(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let owner = ident.to_string();
    let mut out = TokenStream::new();
    let primary = std::iter::once(&entity.partition).chain(&entity.sort).map(|key| (key, true));
    let indexes = entity.indexes.iter().flat_map(|index| std::iter::once(&index.partition).chain(&index.sort));
    for (key, primary) in primary.chain(indexes.map(|key| (key, false))) {
        let Key::Template(template) = key else {
            out.extend(native(entity, key, primary));
            continue;
        };
        let text = template.text.value();
        for piece in &template.pieces {
            let Piece::Field { name, flags } = piece else { continue };
            let Some(field) = entity.fields.iter().find(|field| field.name() == *name) else { continue };
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
