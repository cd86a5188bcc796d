//! Collects every mistake, so that all are shown at once.

use proc_macro2::TokenStream;
use quote::ToTokens;

/// The mistakes found so far. Must be finished: one that is dropped unread would hide them.
pub(crate) struct Diagnostics {
    errors: Option<Vec<syn::Error>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { errors: Some(Vec::new()) }
    }

    /// A mistake under the given tokens: rule, place, remedy; lower case, no full stop.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// A mistake that is an error already.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.errors.get_or_insert_default().push(error);
    }

    /// The value, or its error put with the others.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// `compile_error!`s for all mistakes, if there are any.
    pub(crate) fn finish(mut self) -> Result<(), TokenStream> {
        let errors = self.errors.take().unwrap_or_default();
        if errors.is_empty() {
            return Ok(());
        }
        Err(errors.iter().map(syn::Error::to_compile_error).collect())
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        // A mistake of this crate's, found by any of its tests.
        assert!(self.errors.is_none() || std::thread::panicking(), "diagnostics were not finished");
    }
}
