//! The struct of what an index holds of an item, where that is not all of it.

use super::keys::{distinct, fields};
use super::patterns::included;
use super::place::at;
use crate::model::{Entity, Field, Holds, Key, Pattern};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The structs of all access patterns that need one.
pub(super) fn structs(entity: &Entity) -> TokenStream {
    let patterns = entity.patterns();
    patterns.iter().map(|pattern| structure(entity, pattern)).collect()
}

/// The same for an entity with mistakes: with its fields, and read in no way.
pub(super) fn fallbacks(entity: &Entity) -> TokenStream {
    let Entity { ident, krate, vis, .. } = entity;
    let mut seen = Vec::new();
    let patterns = entity.patterns();
    let structs = patterns.iter().filter_map(|pattern| {
        let name = pattern.part().filter(|name| !seen.contains(name))?;
        seen.push(name.clone());
        let (mut all, beside) = contents(entity, pattern);
        all.extend(beside);
        let members = distinct(all.into_iter()).into_iter().map(|field| {
            let Field { ident, vis, ty, .. } = field;
            quote!(#vis #ident: #ty,)
        });
        Some(quote! {
            #[allow(warnings)]
            #vis struct #name {
                #(#members)*
            }
            #[allow(warnings)]
            const _: () = {
                impl<'de> #krate::__private::serde::Deserialize<'de> for #name {
                    fn deserialize<D: #krate::__private::serde::Deserializer<'de>>(
                        _: D,
                    ) -> #krate::__private::core::result::Result<Self, D::Error> {
                        loop {}
                    }
                }
                #[automatically_derived]
                impl #krate::__private::Projection for #name {
                    type Entity = #ident;
                    const ATTRIBUTES: #krate::__private::core::option::Option<&'static [&'static str]> =
                        #krate::__private::core::option::Option::None;
                }
            };
        })
    });
    structs.collect()
}

/// The fields that are read from the keys, and those that the index holds beside them.
fn contents<'e>(entity: &'e Entity, pattern: &Pattern<'_>) -> (Vec<&'e Field>, Vec<&'e Field>) {
    let index = pattern.index.iter().flat_map(|index| index.keys());
    let keys: Vec<&Key> = entity.primary().chain(index).collect();
    let of_keys = distinct(keys.into_iter().flat_map(|key| fields(entity, key)));
    let beside = match pattern.index.map(|index| &index.holds) {
        Some(Holds::Include(names)) => included(entity, names),
        _ => Vec::new(),
    };
    (of_keys, beside)
}

fn structure(entity: &Entity, pattern: &Pattern<'_>) -> TokenStream {
    let Entity { ident, krate, vis, .. } = entity;
    let (Some(name), Some(index)) = (pattern.part(), pattern.index) else { return TokenStream::new() };
    let (of_keys, beside) = contents(entity, pattern);
    let doc = format!(
        "What the index `{}` holds of an item of `{ident}`: the fields in its keys{}. Read by `{ident}::{}`.",
        index.marker.to_token_stream(),
        if beside.is_empty() { "" } else { ", and those that are included" },
        pattern.name
    );
    let all: Vec<_> = of_keys.iter().chain(&beside).copied().collect();
    let members = all.iter().map(|field| {
        let Field { ident, vis, ty, docs, serde, stored, .. } = field;
        // The struct's `rename_all` is not this one's.
        let rename = (*stored != field.name() && !field.is_renamed).then(|| quote!(#[serde(rename = #stored)]));
        quote!(#(#docs)* #(#serde)* #rename #vis #ident: #ty,)
    });
    let serde_path = quote!(#krate::__private::serde).to_string().replace(' ', "");
    let stored = beside.iter().map(|field| &field.stored);
    let shown = of_keys.iter().map(|field| {
        let (name, ty, stored) = (field.name(), &field.ty, &field.stored);
        let read = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::of_key));
        quote!(#krate::__private::ItemKeys::show(keys, #name, #read, #stored, show)?;)
    });
    let expiry = beside.iter().find(|field| field.ttl.is_some()).map(|field| {
        let (name, ty) = (&field.ident, &field.ty);
        quote! {
            fn own_expiry(&self) -> #krate::__private::core::option::Option<#krate::__private::Expiry> {
                <#ty as #krate::__private::TtlField>::expiry(&self.#name)
            }
        }
    });
    let knows_expiry = matches!(index.holds, Holds::Include(_));
    let standard = standard(krate, &name, &all);
    let key_parts = entity.primary().enumerate().map(|(place, key)| {
        let parts = fields(entity, key).into_iter().map(|field| {
            let (ident, ty) = (&field.ident, &field.ty);
            let part = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::part));
            quote!(#part(&self.#ident))
        });
        quote!((#place, &[#(#parts),*]))
    });
    quote! {
        #[doc = #doc]
        #[allow(missing_docs, dead_code, unused_qualifications, clippy::derive_partial_eq_without_eq)]
        #[derive(#krate::__private::serde::Deserialize)]
        #[serde(crate = #serde_path)]
        #vis struct #name {
            #(#members)*
        }
        #standard
        #[automatically_derived]
        impl #krate::__private::IndexProjection for #name {
            fn primary_key(&self) -> #krate::__private::Key<#ident> {
                #krate::__private::Key::render(&[#(#key_parts),*])
            }
        }
        #[automatically_derived]
        impl #krate::__private::Projection for #name {
            type Entity = #ident;
            const ATTRIBUTES: #krate::__private::core::option::Option<&'static [&'static str]> =
                #krate::__private::core::option::Option::Some(&[#(#stored),*]);
            const FROM_KEYS: bool = true;
            const KNOWS_EXPIRY: bool = #knows_expiry;
            fn from_keys(
                keys: &#krate::__private::ItemKeys<'_>,
                show: #krate::__private::KeyOnlyFields<'_>,
            ) -> #krate::__private::Result<()> {
                #(#shown)*
                #krate::__private::core::result::Result::Ok(())
            }
            #expiry
        }
    }
}

/// `Debug`, `Clone` and `PartialEq`, as far as the fields have them: a bound under a lifetime of its own is not refused
/// where it does not hold.
fn standard(krate: &syn::Path, name: &syn::Ident, all: &[&Field]) -> TokenStream {
    let core = quote!(#krate::__private::core);
    let (names, types): (Vec<_>, Vec<_>) = all.iter().map(|field| (&field.ident, &field.ty)).unzip();
    let texts = all.iter().map(|field| field.name());
    let text = name.to_string();
    quote! {
        #[automatically_derived]
        impl #core::fmt::Debug for #name
        where
            #(for<'__a> #types: #core::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut #core::fmt::Formatter<'_>) -> #core::fmt::Result {
                let mut out = #core::fmt::Formatter::debug_struct(f, #text);
                #(#core::fmt::DebugStruct::field(&mut out, #texts, &self.#names);)*
                #core::fmt::DebugStruct::finish(&mut out)
            }
        }
        #[automatically_derived]
        impl #core::clone::Clone for #name
        where
            #(for<'__a> #types: #core::clone::Clone,)*
        {
            fn clone(&self) -> Self {
                Self { #(#names: #core::clone::Clone::clone(&self.#names)),* }
            }
        }
        #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
        #[automatically_derived]
        impl #core::cmp::PartialEq for #name
        where
            #(for<'__a> #types: #core::cmp::PartialEq,)*
        {
            fn eq(&self, other: &Self) -> bool {
                true #(&& self.#names == other.#names)*
            }
        }
    }
}
