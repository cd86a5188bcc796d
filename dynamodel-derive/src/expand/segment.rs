//! The code of `#[derive(KeySegment)]`.

use super::place::at;
use crate::model::{Form, Segment};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Path, Type};

/// Everything for a type in keys.
pub(crate) fn segment(segment: &Segment) -> TokenStream {
    let Segment { ident, krate, form } = segment;
    match form {
        Form::Newtype(ty) => newtype(ident, krate, ty),
        Form::Variants(variants) => variants_of(ident, krate, variants),
    }
}

fn newtype(ident: &Ident, krate: &Path, ty: &Type) -> TokenStream {
    let segment = at(&ty, quote!(<#ty as #krate::__private::KeySegment>));
    let part = at(&ty, quote!(#segment::part));
    let implementations = implementations(
        ident,
        krate,
        &quote!(#krate::__private::KeyPart::text(#part(&self.0), spec, out)),
        &quote!(#krate::__private::KeyPart::native(#part(&self.0))),
        &quote!(&'a Self),
        &quote!(#segment::FORM),
        &quote!(#krate::__private::core::result::Result::Ok(Self(#segment::parse(text, spec)?))),
        &quote!(#krate::__private::core::result::Result::Ok(Self(#segment::from_native(value)?))),
    );
    let (text, beginning) =
        (quote!(#ty: #krate::__private::KeyText<__T>), quote!(<#ty as #krate::__private::KeyText<__T>>));
    let (text, beginning) = (at(&ty, text), at(&ty, beginning));
    quote! {
        #implementations
        #[automatically_derived]
        impl<__T> #krate::__private::KeyText<__T> for #ident
        where
            #text,
        {
            fn beginning(part: &__T) -> &dyn #krate::__private::KeyPart {
                #beginning::beginning(part)
            }
        }
    }
}

fn variants_of(ident: &Ident, krate: &Path, variants: &[(Ident, String)]) -> TokenStream {
    let (idents, texts): (Vec<_>, Vec<_>) = variants.iter().map(|(ident, text)| (ident, text)).unzip();
    let string = quote!(<#krate::__private::String as #krate::__private::KeySegment>);
    let text_of = quote!(match self { #(Self::#idents => #texts,)* });
    let value_of = quote! {
        match #krate::__private::String::as_str(&text) {
            #(#texts => #krate::__private::core::result::Result::Ok(Self::#idents),)*
            other => #krate::__private::core::result::Result::Err(#krate::__private::no_variant(other, &[#(#texts),*])),
        }
    };
    implementations(
        ident,
        krate,
        &quote!(<str as #krate::__private::KeyPart>::text(#text_of, spec, out)),
        &quote!(<str as #krate::__private::KeyPart>::native(#text_of)),
        &quote!(Self),
        &quote!(#string::FORM),
        &quote! {
            let text = #string::parse(text, spec)?;
            #value_of
        },
        &quote! {
            let text = #string::from_native(value)?;
            #value_of
        },
    )
}

#[expect(clippy::too_many_arguments, reason = "one for each item of the two traits")]
fn implementations(
    ident: &Ident,
    krate: &Path,
    text: &TokenStream,
    native: &TokenStream,
    borrowed: &TokenStream,
    form: &TokenStream,
    parse: &TokenStream,
    from_native: &TokenStream,
) -> TokenStream {
    let fault = quote!(#krate::__private::SegmentFault);
    let result = quote!(#krate::__private::core::result::Result);
    quote! {
        #[automatically_derived]
        impl #krate::__private::KeyPart for #ident {
            fn text(&self, spec: #krate::__private::Spec, out: &mut #krate::__private::String) -> #result<bool, #fault> {
                #text
            }
            fn native(&self) -> #krate::__private::core::option::Option<#krate::__private::KeyValue> {
                #native
            }
        }
        #[automatically_derived]
        impl #krate::__private::KeySegment for #ident {
            type Borrowed<'a> = #borrowed;
            const FORM: #krate::__private::Form = #form;
            fn parse(text: &str, spec: #krate::__private::Spec) -> #result<Self, #fault> {
                #parse
            }
            fn from_native(value: &#krate::__private::KeyValue) -> #result<Self, #fault> {
                #from_native
            }
        }
    }
}
