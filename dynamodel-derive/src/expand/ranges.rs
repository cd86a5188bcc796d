//! A struct for every beginning of a sort key: which field comes next, and how its values can be asked for.

use super::place::at;
use crate::model::{Entity, Pattern, Step};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::Ident;

/// Whether the entity has mistakes: then the functions take anything, and are never run.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mode {
    Whole,
    Fallback,
}

/// The structs of all access patterns.
pub(super) fn ranges(entity: &Entity, mode: Mode) -> TokenStream {
    let mut patterns = entity.patterns();
    if mode == Mode::Fallback {
        // Two of one name are a mistake that is reported.
        let mut seen: Vec<&Ident> = Vec::new();
        patterns.retain(|pattern| {
            let new = !seen.contains(&pattern.name);
            seen.push(pattern.name);
            new
        });
    }
    let structs = patterns.iter().flat_map(|pattern| {
        let scope = Scope::of(entity, pattern, mode);
        (0..scope.open.len()).map(move |given| scope.structure(given)).collect::<Vec<_>>()
    });
    structs.collect()
}

/// What the function of an access pattern gives, and how it makes that of a `KeyPrefix`.
pub(super) fn result(entity: &Entity, pattern: &Pattern<'_>) -> (TokenStream, impl Fn(TokenStream) -> TokenStream) {
    let scope = Scope::of(entity, pattern, Mode::Whole);
    let known: Vec<_> = scope.steps.iter().take_while(|step| step.known).map(|step| step.field.ident.clone()).collect();
    let (ty, krate) = (scope.after(0), entity.krate.clone());
    let is_range = scope.open.is_empty();
    let result = ty.clone();
    let make = move |prefix: TokenStream| {
        let prefix =
            known.iter().fold(prefix, |prefix, name| quote!(#krate::__private::KeyPrefix::equal(#prefix, &#name)));
        if is_range { quote!(#krate::__private::KeyPrefix::all(#prefix)) } else { quote!(#result(#prefix)) }
    };
    (ty, make)
}

/// What is read, and on which index: `Session, Gsi1`.
pub(super) fn read_on(entity: &Entity, pattern: &Pattern<'_>) -> (TokenStream, TokenStream) {
    let Entity { ident, krate, .. } = entity;
    let read = pattern.part().map_or_else(|| ident.to_token_stream(), ToTokens::into_token_stream);
    let index =
        pattern.index.map_or_else(|| quote!(#krate::__private::Primary), |index| index.marker.to_token_stream());
    (read, index)
}

/// One access pattern.
pub(super) struct Scope<'e> {
    pub(super) entity: &'e Entity,
    pub(super) pattern: &'e Pattern<'e>,
    mode: Mode,
    steps: Vec<Step<'e>>,
    /// The places of the steps whose values are not known.
    open: Vec<usize>,
}

impl<'e> Scope<'e> {
    fn of(entity: &'e Entity, pattern: &'e Pattern<'e>, mode: Mode) -> Self {
        let steps = pattern.steps();
        let open = steps.iter().enumerate().filter(|(_, step)| !step.known).map(|(at, _)| at).collect();
        Self { entity, pattern, mode, steps, open }
    }

    /// The open steps.
    pub(super) fn open(&self) -> Vec<&Step<'e>> {
        self.open.iter().filter_map(|at| self.steps.get(*at)).collect()
    }

    pub(super) fn key_range(&self) -> TokenStream {
        let krate = &self.entity.krate;
        let (read, index) = read_on(self.entity, self.pattern);
        quote!(#krate::__private::KeyRange<#read, #index>)
    }

    /// What there is once so many open fields are given.
    pub(super) fn after(&self, given: usize) -> TokenStream {
        match self.open().split_at_checked(given) {
            Some((given, [_, ..])) => self.pattern.range_name(given).into_token_stream(),
            _ => self.key_range(),
        }
    }

    /// The struct that stands when so many open fields are given.
    fn structure(&self, given: usize) -> TokenStream {
        let Entity { ident, krate, vis, .. } = self.entity;
        let open = self.open();
        let (Some((before, [next, ..])), Some(name)) = (open.split_at_checked(given), Some(self.after(given))) else {
            return TokenStream::new();
        };
        let (read, index) = read_on(self.entity, self.pattern);
        let range = self.key_range();
        let doc = match before.last() {
            None => format!(
                "Items of `{ident}` in one partition: all of them, or narrowed by `{}`. Made by `{ident}::{}`.",
                next.field.name(),
                self.pattern.name
            ),
            Some(last) => format!(
                "Items of `{ident}` with one `{}`: all of them, or narrowed by `{}`. Made by `{ident}::{}`.",
                last.field.name(),
                next.field.name(),
                self.pattern.name
            ),
        };
        let methods = self.methods(given, next);
        let unavailable = if self.mode == Mode::Whole { self.unavailable(given, next) } else { self.fallbacks(given) };
        quote! {
            #[doc = #doc]
            #[must_use = "a range does nothing until it is queried"]
            #[allow(dead_code, unused_qualifications)]
            #[derive(#krate::__private::core::fmt::Debug, #krate::__private::core::clone::Clone)]
            #vis struct #name(#krate::__private::KeyPrefix<#read, #index>);
            #[automatically_derived]
            impl #krate::__private::IntoKeyRange for #name {
                type Item = #read;
                type Index = #index;
                fn into_key_range(self) -> #range {
                    #krate::__private::KeyPrefix::all(self.0)
                }
            }
            #[allow(dead_code, unused_qualifications, private_interfaces, clippy::all, clippy::pedantic, clippy::nursery)]
            #[automatically_derived]
            impl #name {
                #methods
            }
            #unavailable
        }
    }

    /// The methods of the field that comes next.
    fn methods(&self, given: usize, step: &Step<'_>) -> TokenStream {
        if self.mode == Mode::Fallback {
            return TokenStream::new();
        }
        let Entity { krate, vis, .. } = self.entity;
        let (name, ty, field) = (&step.field.ident, &step.field.ty, step.field.name());
        let borrowed = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::Borrowed<'_>));
        let (next, range) = (self.after(given + 1), self.key_range());
        let prefix = self.follow(given, quote!(#krate::__private::KeyPrefix::equal(self.0, &value)));
        let is_last = given + 1 == self.open.len();
        let made = if is_last { quote!(#krate::__private::KeyPrefix::all(#prefix)) } else { quote!(#next(#prefix)) };
        let doc = format!("Those whose `{field}` is this.");
        let mut out = quote! {
            #[doc = #doc]
            #vis fn #name(self, value: #borrowed) -> #next {
                #made
            }
        };
        if !step.raw {
            let both = method(step, "between");
            let doc = format!("Those whose `{field}` lies between the two, both included.");
            out.extend(quote! {
                #[doc = #doc]
                #vis fn #both(self, low: #borrowed, high: #borrowed) -> #range {
                    #krate::__private::KeyPrefix::within(self.0, &low, &high)
                }
            });
            for (suffix, runtime, what) in ENDS {
                let (method, runtime) = (method(step, suffix), format_ident!("{runtime}"));
                let doc = format!("Those whose `{field}` is {what}.");
                out.extend(quote! {
                    #[doc = #doc]
                    #vis fn #method(self, end: #borrowed) -> #range {
                        #krate::__private::KeyPrefix::#runtime(self.0, &end)
                    }
                });
            }
        }
        if !step.raw || step.last {
            let method = method(step, "begins_with");
            let text = at(&ty, quote!(#ty: #krate::__private::KeyText<__T>));
            let beginning = at(&ty, quote!(<#ty as #krate::__private::KeyText<__T>>::beginning));
            let doc = format!("Those whose `{field}` begins so.");
            out.extend(quote! {
                #[doc = #doc]
                #vis fn #method<__T>(self, beginning: __T) -> #range
                where
                    #text,
                {
                    #krate::__private::KeyPrefix::begins_with(self.0, #beginning(&beginning))
                }
            });
        }
        out
    }

    /// Adds the values that are known, up to the next open field.
    fn follow(&self, given: usize, prefix: TokenStream) -> TokenStream {
        let krate = &self.entity.krate;
        let from = self.open.get(given).map_or(self.steps.len(), |at| at + 1);
        let known = self.steps.iter().skip(from).take_while(|step| step.known);
        known.fold(prefix, |prefix, step| {
            let (name, ty) = (step.field.name(), &step.field.ty);
            let read = at(&ty, quote!(<#ty as #krate::__private::KeySegment>::of_key));
            quote!(#krate::__private::KeyPrefix::known(#prefix, #name, #read))
        })
    }
}

/// Ranges with one end: the method's last word, the runtime's name for it, and what it says.
const ENDS: [(&str, &str, &str); 4] = [
    ("from", "at_least", "this or comes after it"),
    ("after", "above", "after this"),
    ("until", "at_most", "this or comes before it"),
    ("before", "below", "before this"),
];

/// `day_between`
fn method(step: &Step<'_>, suffix: &str) -> Ident {
    let name = step.field.name();
    Ident::new(&format!("{}_{suffix}", name.trim_end_matches('_')), step.field.ident.span())
}

/// The names of all methods of a field.
pub(super) fn names(step: &Step<'_>) -> Vec<Ident> {
    let mut names = vec![step.field.ident.clone()];
    if !step.raw {
        names.push(method(step, "between"));
        names.extend(ENDS.iter().map(|(suffix, ..)| method(step, suffix)));
    }
    if !step.raw || step.last {
        names.push(method(step, "begins_with"));
    }
    names
}
