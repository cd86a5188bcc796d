//! The structs that stand for fields which are set together.

use super::fields::module;
use crate::model::{Entity, Group, groups};
use proc_macro2::TokenStream;
use quote::quote;

/// All groups of an entity. `inside` goes where the markers are, `beside` next to the entity.
pub(super) struct Groups {
    pub(super) inside: TokenStream,
    pub(super) beside: TokenStream,
}

/// The groups' code.
pub(super) fn of(entity: &Entity) -> Groups {
    let groups = groups(entity);
    Groups {
        inside: groups.iter().map(|group| implementation(entity, group)).collect(),
        beside: groups.iter().map(|group| definition(entity, group)).collect(),
    }
}

fn definition(entity: &Entity, group: &Group) -> TokenStream {
    let Entity { ident, vis, .. } = entity;
    let name = &group.name;
    let list = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let set = format!("The fields of `{ident}` that share an index key, to be set together: {}.", list(&group.set));
    let doc = match group.guarded.as_slice() {
        [] => set,
        guarded => format!("{set} Immutable, so only compared: {}.", list(guarded)),
    };
    let fields = group.set.iter().chain(&group.guarded).filter_map(|name| entity.field(name)).map(|field| {
        let (name, vis, ty, docs) = (&field.ident, &field.vis, &field.ty, &field.docs);
        quote!(#(#docs)* #vis #name: #ty,)
    });
    quote! {
        #[doc = #doc]
        #[allow(missing_docs, missing_debug_implementations, unused_qualifications)]
        #vis struct #name {
            #(#fields)*
        }
    }
}

fn implementation(entity: &Entity, group: &Group) -> TokenStream {
    let Entity { ident, krate, .. } = entity;
    let name = &group.name;
    let module = module(ident);
    let fields = |names: &[String]| -> Vec<_> {
        names.iter().filter_map(|name| entity.field(name)).map(|field| field.ident.clone()).collect()
    };
    let (set, guarded) = (fields(&group.set), fields(&group.guarded));
    let types = group.set.iter().chain(&group.guarded).filter_map(|name| entity.field(name)).map(|field| &field.ty);
    // A group needs no `Clone` but to be made from an entity. A bound with a lifetime is looked at where it is used; one
    // without would be an error here.
    quote! {
        #[automatically_derived]
        impl #krate::__private::KeyGroup for #name {
            type Entity = #ident;
            fn apply(
                self,
                update: &mut #krate::__private::KeyGroupUpdate<'_, #ident>,
            ) -> #krate::__private::Result<()> {
                #(update.set::<#module::#set>(self.#set)?;)*
                #(update.require::<#module::#guarded>(self.#guarded)?;)*
                #krate::__private::core::result::Result::Ok(())
            }
        }
        #[automatically_derived]
        impl #krate::__private::core::convert::From<&#ident> for #name
        where
            #(for<'__bound> #types: #krate::__private::core::clone::Clone,)*
        {
            fn from(entity: &#ident) -> Self {
                Self {
                    #(#set: #krate::__private::core::clone::Clone::clone(&entity.#set),)*
                    #(#guarded: #krate::__private::core::clone::Clone::clone(&entity.#guarded),)*
                }
            }
        }
    }
}
