//! What stands in for methods that cannot be called: of fields that come later, and of entities with mistakes.

use super::ranges::{Scope, names};
use crate::model::{Entity, Key, Step};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

impl Scope<'_> {
    /// Methods of the fields that come later, with the sentence that says so. The generic argument is needed: a bound
    /// that is false without one would be an error where it is written.
    pub(super) fn unavailable(&self, given: usize, next: &Step<'_>) -> TokenStream {
        let Entity { krate, vis, .. } = self.entity;
        let name = self.after(given);
        let range = self.key_range();
        let first = next.field.name();
        let key = self.key_text();
        let mut taken = names(next);
        let open = self.open();
        let mut out = TokenStream::new();
        for (place, later) in open.iter().enumerate().skip(given + 1) {
            let field = later.field.name();
            let witness = format_ident!("__{field}_comes_after_{first}");
            let message = format!("`{field}` comes after `{first}` in the sort key `{key}`");
            let path: Vec<_> = open.iter().take(place).skip(given).map(|step| step.field.name()).collect();
            let path = path.join("(..).");
            let label = format!("call `.{first}(..)` first: `.{path}(..).{field}(..)`");
            let then = self.after(place + 1);
            let free: Vec<_> = names(later).into_iter().filter(|name| !taken.contains(name)).collect();
            let methods = free.iter().map(|method| {
                let second = method
                    .to_string()
                    .ends_with("_between")
                    .then(|| quote!(, _: impl #krate::__private::core::marker::Sized));
                let then = if *method == later.field.ident { &then } else { &range };
                quote! {
                    #[doc(hidden)]
                    #vis fn #method<__T: #witness>(self, _: __T #second) -> #then {
                        loop {}
                    }
                }
            });
            out.extend(quote! {
                #[diagnostic::on_unimplemented(message = #message, label = #label)]
                pub trait #witness {}
                #[automatically_derived]
                impl #name {
                    #(#methods)*
                }
            });
            taken.extend(free);
        }
        if out.is_empty() {
            return out;
        }
        quote! {
            #[allow(warnings, clippy::all, clippy::pedantic)]
            const _: () = { #out };
        }
    }

    /// Every method of every field, taking anything.
    pub(super) fn fallbacks(&self, given: usize) -> TokenStream {
        let Entity { krate, vis, .. } = self.entity;
        let name = self.after(given);
        let mut taken: Vec<Ident> = Vec::new();
        let mut methods = TokenStream::new();
        for (place, step) in self.open().iter().enumerate().skip(given) {
            for method in names(step) {
                if taken.contains(&method) {
                    continue;
                }
                let then = if method == step.field.ident { self.after(place + 1) } else { self.key_range() };
                let anything = quote!(impl #krate::__private::core::marker::Sized);
                let second = method.to_string().ends_with("_between").then(|| quote!(, _: #anything));
                methods.extend(quote! {
                    #vis fn #method(self, _: #anything #second) -> #then {
                        loop {}
                    }
                });
                taken.push(method);
            }
        }
        quote! {
            #[allow(warnings)]
            #[automatically_derived]
            impl #name { #methods }
        }
    }

    /// `ORDER#{{day}}#{{id}}`: braces in these messages are doubled.
    fn key_text(&self) -> String {
        let texts = self.pattern.sort.iter().map(|key| match key {
            Key::Template(template) => template.text.value(),
            Key::Field(ident) => format!("{{{ident}}}"),
        });
        texts.collect::<Vec<_>>().join(" / ").replace('{', "{{").replace('}', "}}")
    }
}
