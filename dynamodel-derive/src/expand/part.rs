//! The code of `#[derive(Nested)]` and `#[derive(Projection)]`.

use super::fields::{marker_impl, marker_structs, module, path_type, path_value};
use crate::model::{Nested, Part};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

/// Everything for a nested struct.
pub(crate) fn nested(nested: &Nested) -> TokenStream {
    let Nested { ident, vis, krate, .. } = nested;
    let fields: Vec<_> = nested.fields.iter().filter(|field| field.has_path()).collect();
    let module = module(ident);
    let paths = format_ident!("{ident}Paths");
    let structs = marker_structs(&fields);
    let role = quote!(#krate::__private::Plain);
    let impls = fields.iter().map(|field| marker_impl(krate, field, &module, &role));
    let members = fields.iter().map(|field| {
        let (name, vis, docs) = (&field.ident, &field.vis, &field.docs);
        let ty = path_type(krate, field, &quote!(E), &module, &quote!(L));
        quote!(#(#docs)* #vis #name: #ty,)
    });
    let values = fields.iter().map(|field| path_value(krate, field, &quote!(location)));
    quote! {
        #[allow(non_camel_case_types, missing_docs, missing_debug_implementations, private_interfaces, unreachable_pub, clippy::all, clippy::pedantic)]
        const _: () = {
            mod #module {
                #structs
            }
            #(#impls)*
            #[allow(dead_code)]
            #vis struct #paths<E, L: #krate::__private::Location> {
                #(#members)*
                __of: #krate::__private::core::marker::PhantomData<fn() -> (E, L)>,
            }
            #[automatically_derived]
            impl<E, L: #krate::__private::Location> #krate::__private::core::clone::Clone for #paths<E, L> {
                fn clone(&self) -> Self {
                    *self
                }
            }
            #[automatically_derived]
            impl<E, L: #krate::__private::Location> #krate::__private::core::marker::Copy for #paths<E, L> {}
            #[automatically_derived]
            impl #krate::__private::Nested for #ident {
                type Paths<E, L: #krate::__private::Location> = #paths<E, L>;
                fn paths<E, L: #krate::__private::Location>(location: L) -> Self::Paths<E, L> {
                    #paths {
                        #(#values)*
                        __of: #krate::__private::core::marker::PhantomData,
                    }
                }
            }
        };
    }
}

/// Everything for a part.
pub(crate) fn part(part: &Part) -> TokenStream {
    let Part { ident, krate, entity, .. } = part;
    let fields: Vec<_> = part.fields.iter().filter(|field| field.has_path()).collect();
    let stored = fields.iter().map(|field| &field.stored);
    let owner = ident.to_string();
    let checks = fields.iter().map(|field| {
        let (name, ty, stored) = (&field.ident, &field.ty, &field.stored);
        let text = field.name();
        quote_spanned! { name.span() =>
            const _: () = #krate::__private::check_part::<#entity, _, #ty>(|fields| fields.#name, &[#owner, #text], #stored);
        }
    });
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #krate::__private::Projection for #ident {
                type Entity = #entity;
                const ATTRIBUTES: #krate::__private::core::option::Option<&'static [&'static str]> =
                    #krate::__private::core::option::Option::Some(&[#(#stored),*]);
            }
            #(#checks)*
        };
    }
}
