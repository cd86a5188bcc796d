//! Where the compiler shows what it has to say about generated code.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;

/// The same tokens under another place of the user's source. A path to the runtime comes without a place of its own, and
/// whatever begins with one would be shown under `#[derive(..)]`.
pub(super) fn at(place: &impl Spanned, tokens: TokenStream) -> TokenStream {
    put(place.span(), tokens)
}

fn put(span: Span, tokens: TokenStream) -> TokenStream {
    let placed = |tree| match tree {
        TokenTree::Group(group) => {
            let mut placed = Group::new(group.delimiter(), put(span, group.stream()));
            placed.set_span(span);
            TokenTree::Group(placed)
        }
        mut other => {
            other.set_span(span);
            other
        }
    };
    tokens.into_iter().map(placed).collect()
}
