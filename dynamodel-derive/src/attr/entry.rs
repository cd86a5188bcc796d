//! The one grammar of attributes: `name`, `name = value`, `name(entries)`, separated by commas.

use super::DYNAMO;
use crate::diagnostics::Diagnostics;
use crate::suggest::{did_you_mean, list};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Path, Token, bracketed, parenthesized};

/// One entry of an attribute, with the tokens that the user wrote.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: Path,
    pub(crate) value: Value,
}

/// What an entry says.
#[derive(Clone)]
pub(crate) enum Value {
    /// `name`
    Flag,
    /// `name = "text"`
    Text(LitStr),
    /// `name = path`
    Path(Path),
    /// `name = [value, value]`
    Many(Vec<Value>),
    /// `name(entries)`
    List(Vec<Entry>),
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            Ok(Self::Text(input.parse()?))
        } else if input.peek(Ident::peek_any) || input.peek(Token![::]) {
            Ok(Self::Path(input.call(Path::parse_mod_style)?))
        } else if input.peek(syn::token::Bracket) {
            let content;
            bracketed!(content in input);
            Ok(Self::Many(Punctuated::<Self, Token![,]>::parse_terminated(&content)?.into_iter().collect()))
        } else {
            Err(input.error("expected a text in quotes, a name, or several of them in brackets"))
        }
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // `crate`, `type` and the like are names here.
        let name = if input.peek(Ident::peek_any) && !input.peek2(Token![::]) {
            Path::from(Ident::parse_any(input)?)
        } else {
            input.parse()?
        };
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            input.parse()?
        } else if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            Value::List(Punctuated::<Self, Token![,]>::parse_terminated(&content)?.into_iter().collect())
        } else {
            Value::Flag
        };
        Ok(Self { name, value })
    }
}

impl Entry {
    /// The name as text: `pk`.
    pub(crate) fn key(&self) -> String {
        self.name.get_ident().map(|ident| ident.unraw().to_string()).unwrap_or_default()
    }

    /// The text of `name = "text"`.
    pub(crate) fn text(&self, diagnostics: &mut Diagnostics) -> Option<LitStr> {
        match &self.value {
            Value::Text(text) => Some(text.clone()),
            _ => self.expected(diagnostics, "= \"..\""),
        }
    }

    /// The path of `name = path`.
    pub(crate) fn path(&self, diagnostics: &mut Diagnostics) -> Option<Path> {
        match &self.value {
            Value::Path(path) => Some(path.clone()),
            _ => self.expected(diagnostics, "= .."),
        }
    }

    /// The name of `name = name`.
    pub(crate) fn ident(&self, diagnostics: &mut Diagnostics) -> Option<Ident> {
        match &self.value {
            Value::Path(path) if path.get_ident().is_some() => path.get_ident().cloned(),
            _ => self.expected(diagnostics, "= some_name"),
        }
    }

    /// The entries of `name(entries)`.
    pub(crate) fn list(&self, diagnostics: &mut Diagnostics) -> Vec<Self> {
        match &self.value {
            Value::List(entries) => entries.clone(),
            _ => self.expected(diagnostics, "(..)").unwrap_or_default(),
        }
    }

    /// Nothing behind the name.
    pub(crate) fn flag(&self, diagnostics: &mut Diagnostics) {
        if !matches!(self.value, Value::Flag) {
            let key = self.key();
            diagnostics.at(&self.name, format!("`{key}` stands by itself: write `#[dynamo({key})]`"));
        }
    }

    fn expected<T>(&self, diagnostics: &mut Diagnostics, form: &str) -> Option<T> {
        let key = self.key();
        diagnostics.at(
            &self.name,
            format!("`{key}` needs a value: write `{key}{}{form}`", if form.starts_with('(') { "" } else { " " }),
        );
        None
    }
}

/// The entries of all attributes of one name.
pub(crate) struct Entries {
    entries: Vec<Entry>,
    attribute: &'static str,
}

impl Entries {
    /// Reads the attributes of that name. One that cannot be read is reported, the others are still read.
    pub(crate) fn read(attributes: &[Attribute], attribute: &'static str, diagnostics: &mut Diagnostics) -> Self {
        let mut entries = Vec::new();
        for attribute in attributes.iter().filter(|found| found.path().is_ident(attribute)) {
            let parsed = attribute.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated);
            entries.extend(diagnostics.ok(parsed).into_iter().flatten());
        }
        Self { entries, attribute }
    }

    /// Entries that stand inside another one.
    pub(crate) fn nested(entries: Vec<Entry>) -> Self {
        Self { entries, attribute: DYNAMO }
    }

    /// Takes the entry of a name; a second one is a mistake.
    pub(crate) fn take(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<Entry> {
        let mut found = self.take_all(key).into_iter();
        let first = found.next();
        for again in found {
            diagnostics.at(&again.name, format!("`{key}` is said twice: keep one of the two"));
        }
        first
    }

    /// Takes every entry of a name.
    pub(crate) fn take_all(&mut self, key: &str) -> Vec<Entry> {
        let (taken, left) = std::mem::take(&mut self.entries).into_iter().partition(|entry| entry.key() == key);
        self.entries = left;
        taken
    }

    /// Takes the first entry, if it is one that `is` recognises.
    pub(crate) fn take_first(&mut self, is: impl FnOnce(&Entry) -> bool) -> Option<Entry> {
        let first = self.entries.first()?;
        is(first).then(|| self.entries.remove(0))
    }

    /// What is left is unknown.
    pub(crate) fn finish(self, valid: &[&str], diagnostics: &mut Diagnostics) {
        for entry in self.entries {
            let given = entry.name.to_token_stream().to_string().replace(' ', "");
            let hint = did_you_mean(&given, valid.iter().copied());
            let known = list(valid.iter().copied());
            let attribute = self.attribute;
            diagnostics.at(&entry.name, format!("unknown entry `{given}` of `{attribute}`{hint} (known: {known})"));
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}
