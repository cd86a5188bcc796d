//! Constants that the compiler must accept: what types decide, asked of the type checker under the user's own tokens.

use super::place::at;
use super::table::bit;
use super::tokens::{form, index_schema, spec};
use crate::attr::Piece;
use crate::model::{Entity, Key};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

/// Every promise of an entity.
pub(super) fn all(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, table, .. } = entity;
    let segments = segments(entity);
    let listed = at(&table, quote!(const _: () = #krate::__private::listed::<#ident, #table>();));
    let check = at(&ident, quote!(#krate::__private::check_attributes));
    let own = entity.fields.iter().filter(|field| field.is_stored()).fold(0, |all, field| all | bit(&field.stored));
    let attributes = quote_spanned! { ident.span() =>
        const _: () = #check(
            <#ident as #krate::__private::EntityOf<#table>>::DESCRIPTION,
            #own,
            <#table as #krate::__private::Table>::SCHEMA,
            <#table as #krate::__private::Table>::MANAGED,
            <#table as #krate::__private::Table>::HAS_UNIQUE,
        );
    };
    let indexes = indexes(entity);
    let absences = absences(entity);
    let lasting = lasting(entity);
    let unique = super::unique::assertions(entity);
    quote!(#unique #segments #indexes #absences #lasting #listed #attributes)
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
            let check = at(&template.text, quote!(#krate::__private::check_segment));
            let (form, spec) = (form(krate, &field.ty), spec(krate, *flags));
            out.extend(quote_spanned! { template.text.span() =>
                const _: () = #check(&[#owner, #name, #text], #form, #spec, #primary);
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
    let name = field.name();
    let check = at(&field.ty, quote!(#krate::__private::check_native));
    let form = form(krate, &field.ty);
    quote_spanned! { field.ty.span() =>
        const _: () = #check(&[#owner, #name], #form, #primary);
    }
}

/// The entity has as many keys on an index as the index has.
fn indexes(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
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
        let check = at(&marker, quote!(#krate::__private::check_index));
        let schema = index_schema(entity, marker);
        quote_spanned! { marker.span() =>
            const _: () = #check(&#schema, #owner, #partition, #sort);
        }
    };
    entity.indexes.iter().map(check).collect()
}

/// A version that must never start again is of items that do not vanish.
fn lasting(entity: &Entity) -> Option<TokenStream> {
    let Entity { ident, krate, .. } = entity;
    let version = entity.fields.iter().find(|field| field.version.is_some())?;
    let ttl = entity.fields.iter().find(|field| field.ttl.is_some())?;
    let (owner, names, ty) = (ident.to_string(), [version.name(), ttl.name()], &version.ty);
    let [version, ttl] = &names;
    let check = at(&ty, quote!(#krate::__private::check_lasting));
    Some(quote_spanned! { ty.span() =>
        const _: () = #check(&[#owner, #version, #ttl], <#ty as #krate::__private::VersionField>::MAY_EXPIRE);
    })
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
        let check = at(&ty, quote!(#krate::__private::#check));
        out.extend(quote_spanned! { ty.span() =>
            const _: () = {
                #[allow(unused_imports)]
                use #krate::__private::NoOption as _;
                #check(&[#owner, #name], <#krate::__private::Probe<#ty>>::IS_OPTION)
            };
        });
    }
    out
}
