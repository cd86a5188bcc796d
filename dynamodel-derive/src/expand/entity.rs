//! The code of `#[derive(Entity)]`.

use super::place::at;
use super::tokens::option;
use super::{assertions, fields, groups, index_projection, keys, patterns, ranges, unique};
use crate::model::{Entity, Field};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

/// Everything for an entity.
pub(crate) fn entity(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, table, .. } = entity;
    let fields_ident = fields::ident(entity);
    let markers = fields::markers(entity);
    let keys = keys::all(entity);
    let key_parts_of = keys.iter().map(|key| key.parts(entity));
    let functions = keys::functions(entity);
    // No other attribute has a name that the table keeps for its keys: `check_attributes` sees to it.
    let native = keys.iter().filter_map(|key| key.stored(entity));
    let version_items = version_items(entity);
    let timestamps = timestamps(entity);
    let description = description(entity, &keys);
    let expires = expires(entity);
    let expiry = expiry(entity);
    let key_only = keys::key_only(entity);
    let key_parts = keys::key_parts(entity);
    let groups::Groups { inside: group_impls, beside: group_structs } = groups::of(entity);
    let assertions = assertions::all(entity);
    let filters = patterns::filters(entity);
    let held = index_projection::structs(entity);
    let ranges = ranges::ranges(entity, ranges::Mode::Whole);
    quote! {
        #[allow(non_camel_case_types, missing_docs, missing_debug_implementations, private_interfaces, unreachable_pub, unused_qualifications, clippy::all, clippy::pedantic)]
        const _: () = {
            #markers
            #[automatically_derived]
            impl #krate::__private::Entity for #ident {
                type Table = #table;
                type Fields = #fields_ident;
                const SCHEMA: &'static #krate::__private::EntitySchema =
                    <Self as #krate::__private::EntityOf<#table>>::DESCRIPTION;
                const HIDDEN: &'static [&'static str] =
                    &#krate::__private::hidden::<{ <#table as #krate::__private::Table>::MANAGED.len() }>(
                        <#table as #krate::__private::Table>::MANAGED,
                        &[#(#native),*],
                    );
                fn fields() -> Self::Fields {
                    #fields_ident::__new()
                }
                fn visit_keys(
                    &self,
                    visit: #krate::__private::KeyVisitor<'_>,
                ) -> #krate::__private::Result<()> {
                    visit(&[#(#key_parts_of),*])
                }
                #version_items
                #timestamps
                #expiry
                #key_only
                #key_parts
            }
            #[automatically_derived]
            impl #krate::__private::Projection for #ident {
                type Entity = Self;
                const ATTRIBUTES: #krate::__private::core::option::Option<&'static [&'static str]> =
                    #krate::__private::core::option::Option::None;
                fn own_expiry(&self) -> #krate::__private::core::option::Option<#krate::__private::Expiry> {
                    #krate::__private::Entity::expiry(self)
                }
            }
            #expires
            #group_impls
            #description
            #filters
            #assertions
        };
        #group_structs
        #functions
        #held
        #ranges
    }
}

/// The entity as a constant of its table.
fn description(entity: &Entity, keys: &[keys::KeyAttribute<'_>]) -> TokenStream {
    let Entity { ident, krate, table, type_name, .. } = entity;
    let name = ident.to_string();
    let key_schemas = keys.iter().map(|key| key.schema(entity));
    let stored = entity.fields.iter().filter(|field| field.is_stored()).map(|field| &field.stored);
    let version =
        option(krate, entity.fields.iter().find(|field| field.version.is_some()).map(|field| field.stored.as_str()));
    let ttl = option(krate, entity.fields.iter().find(|field| field.ttl.is_some()).map(|field| field.stored.as_str()));
    let lock = lock(entity);
    let created_at = timestamp_attribute(entity, |field| &field.created_at);
    let updated_at = timestamp_attribute(entity, |field| &field.updated_at);
    let patterns = patterns::schemas(entity);
    let unique = unique::schemas(entity);
    quote! {
        #[automatically_derived]
        impl #krate::__private::EntityOf<#table> for #ident {
            const DESCRIPTION: &'static #krate::__private::EntitySchema = &#krate::__private::EntitySchema {
                name: #name,
                type_name: #type_name,
                keys: &[#(#key_schemas),*],
                attributes: &[#(#stored),*],
                version: #version,
                lock: #lock,
                ttl: #ttl,
                created_at: #created_at,
                updated_at: #updated_at,
                patterns: &[#patterns],
                unique: &[#unique],
            };
            fn read_item(item: &mut #krate::__private::Incoming<'_, '_>) -> #krate::__private::Result<Self> {
                #krate::__private::Incoming::read(item)
            }
            fn item_expiry(&self) -> #krate::__private::core::option::Option<#krate::__private::Expiry> {
                #krate::__private::Entity::expiry(self)
            }
        }
    }
}

/// The attribute of the field with that mark.
fn timestamp_attribute(entity: &Entity, mark: impl Fn(&Field) -> &Option<Ident>) -> TokenStream {
    let marked = entity.fields.iter().find(|field| mark(field).is_some());
    option(&entity.krate, marked.map(|field| field.stored.as_str()))
}

/// The timestamps that a write has set go back into the value.
fn timestamps(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let mut puts = TokenStream::new();
    for field in &entity.fields {
        let (name, ty) = (&field.ident, &field.ty);
        let method = match (&field.created_at, &field.updated_at) {
            (Some(_), _) => quote!(created),
            (_, Some(_)) => quote!(updated),
            _ => continue,
        };
        let check = at(&ty, quote!(#krate::__private::Timestamps::#method::<#ty>));
        puts.extend(quote!(#check(timestamps, &mut self.#name);));
    }
    if puts.is_empty() {
        return puts;
    }
    quote! {
        fn set_timestamps(&mut self, timestamps: &#krate::__private::Timestamps) {
            #puts
        }
    }
}

/// An entity with a time to live says so.
fn expires(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    if entity.fields.iter().all(|field| field.ttl.is_none()) {
        return TokenStream::new();
    }
    quote! {
        #[automatically_derived]
        impl #krate::__private::Expires for #ident {}
    }
}

fn version_items(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    match entity.fields.iter().find(|field| field.version.is_some()) {
        Some(field) => {
            let (name, ty) = (&field.ident, &field.ty);
            quote! {
                type Version = #ty;
                fn version(&self) -> &Self::Version {
                    &self.#name
                }
                fn set_version(&mut self, version: Self::Version) {
                    self.#name = version;
                }
            }
        }
        None => quote! {
            type Version = #krate::__private::NoVersion;
            fn version(&self) -> &Self::Version {
                &#krate::__private::NoVersion
            }
            fn set_version(&mut self, _: Self::Version) {}
        },
    }
}

/// Whether the version is a lock's lease.
fn lock(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let version = entity.fields.iter().find(|field| field.version.is_some()).map(|field| &field.ty);
    version.map_or_else(
        || quote!(false),
        |ty| {
            quote! {{
                #[allow(unused_imports)]
                use #krate::__private::NoLock as _;
                <#krate::__private::Probe<#ty>>::IS_LOCK
            }}
        },
    )
}

fn expiry(entity: &Entity) -> TokenStream {
    let krate = &entity.krate;
    let body = match entity.fields.iter().find(|field| field.ttl.is_some()) {
        Some(field) => {
            let (name, ty) = (&field.ident, &field.ty);
            quote!(<#ty as #krate::__private::TtlField>::expiry(&self.#name))
        }
        None => quote!(#krate::__private::core::option::Option::None),
    };
    quote! {
        fn expiry(&self) -> #krate::__private::core::option::Option<#krate::__private::Expiry> {
            #body
        }
    }
}
