//! The one grammar of attributes: `name`, `name = value`, `name(entries)`, separated by commas.

use crate::diagnostics::Diagnostics;
use crate::suggest::{did_you_mean, list};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitInt, LitStr, Path, Token, bracketed, parenthesized};

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
    /// `name = 7`
    Number(LitInt),
    /// `name = [value, value]`
    Many(Vec<Value>),
    /// `name(entries)`
    List(Vec<Entry>),
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            Ok(Self::Text(input.parse()?))
        } else if input.peek(LitInt) {
            Ok(Self::Number(input.parse()?))
        } else if input.peek(Ident::peek_any) || input.peek(Token![::]) {
            Ok(Self::Path(input.call(Path::parse_mod_style)?))
        } else if input.peek(syn::token::Bracket) {
            let content;
            bracketed!(content in input);
            Ok(Self::Many(Punctuated::<Self, Token![,]>::parse_terminated(&content)?.into_iter().collect()))
        } else {
            Err(input.error("expected a text in quotes, a name, a whole number, or several of them in brackets"))
        }
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // `crate`, `type` and the like are names here.
        let name = if input.peek(Ident::peek_any) && !input.peek2(Token![::]) {
            Path::from(Ident::parse_any(input)?)
        } else if input.peek(LitStr) || input.peek(LitInt) {
            return Err(input.error("expected the name of an entry: `name`, `name = ..` or `name(..)`"));
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
            _ => self.expected(diagnostics, "a text", "= \"..\""),
        }
    }

    /// The number of `name = 7`.
    pub(crate) fn number(&self, diagnostics: &mut Diagnostics) -> Option<LitInt> {
        match &self.value {
            Value::Number(number) => Some(number.clone()),
            _ => self.expected(diagnostics, "a whole number", "= .."),
        }
    }

    /// The texts of `name = ["text", "text"]`.
    pub(crate) fn texts(&self, diagnostics: &mut Diagnostics) -> Vec<LitStr> {
        let text = |value: &Value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let texts = match &self.value {
            Value::Many(values) => values.iter().map(text).collect(),
            _ => None,
        };
        let texts = texts.or_else(|| self.expected(diagnostics, "a list of texts", "= [\"..\", \"..\"]"));
        texts.unwrap_or_default()
    }

    /// The path of `name = path`.
    pub(crate) fn path(&self, diagnostics: &mut Diagnostics) -> Option<Path> {
        match &self.value {
            Value::Path(path) => Some(path.clone()),
            Value::Text(text) => self.expected(diagnostics, "a path", &format!("= {}", text.value())),
            _ => self.expected(diagnostics, "a path", "= .."),
        }
    }

    /// The name of `name = name`.
    pub(crate) fn ident(&self, diagnostics: &mut Diagnostics) -> Option<Ident> {
        match &self.value {
            Value::Path(path) if path.get_ident().is_some() => path.get_ident().cloned(),
            Value::Text(text) => self.expected(diagnostics, "a name", &format!("= {}", text.value())),
            _ => self.expected(diagnostics, "a name", "= some_name"),
        }
    }

    /// The entries of `name(entries)`.
    pub(crate) fn list(&self, diagnostics: &mut Diagnostics) -> Vec<Self> {
        match &self.value {
            Value::List(entries) => entries.clone(),
            _ => self.expected(diagnostics, "a list", "(..)").unwrap_or_default(),
        }
    }

    /// Nothing behind the name.
    pub(crate) fn flag(&self, diagnostics: &mut Diagnostics) {
        if !matches!(self.value, Value::Flag) {
            let key = self.key();
            diagnostics.at(&self.name, format!("`{key}` stands by itself: write `#[dynamo({key})]`"));
        }
    }

    fn expected<T>(&self, diagnostics: &mut Diagnostics, what: &str, form: &str) -> Option<T> {
        let key = self.key();
        let space = if form.starts_with('(') { "" } else { " " };
        diagnostics.at(&self.name, format!("`{key}` is {what}: write `{key}{space}{form}`"));
        None
    }
}

/// Reads entries as far as they can be read.
fn salvage(input: ParseStream<'_>, read: &mut Vec<Entry>) -> syn::Result<()> {
    while !input.is_empty() {
        read.push(input.parse()?);
        if input.is_empty() {
            break;
        }
        if !input.peek(Token![,]) {
            return Err(input.error("expected a comma: entries are separated by commas"));
        }
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

/// The entries of all attributes of one name.
pub(crate) struct Entries {
    all: Vec<Entry>,
    /// Where they stand, as the user wrote it: `#[dynamo(..)]`, `gsi(..)`.
    place: String,
    /// Whether an attribute could not be read: what it said is unknown, and nothing can be said to be missing.
    unreadable: bool,
}

impl Entries {
    /// Reads the attributes of that name. One that cannot be read is reported, the others are still read.
    pub(crate) fn read(attributes: &[Attribute], attribute: &'static str, diagnostics: &mut Diagnostics) -> Self {
        let mut entries = Vec::new();
        let mut unreadable = false;
        for attribute in attributes.iter().filter(|found| found.path().is_ident(attribute)) {
            let mut read = Vec::new();
            let parsed = attribute.parse_args_with(|input: ParseStream<'_>| salvage(input, &mut read));
            unreadable |= diagnostics.ok(parsed).is_none();
            entries.append(&mut read);
        }
        Self { all: entries, place: format!("#[{attribute}(..)]"), unreadable }
    }

    /// The entries inside another one: `gsi(..)`.
    pub(crate) fn inside(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &entry.value {
            Value::List(entries) => {
                Some(Self { all: entries.clone(), place: format!("{}(..)", entry.key()), unreadable: false })
            }
            _ => entry.expected(diagnostics, "a list", "(..)"),
        }
    }

    /// Whether an entry of that name stands here, or may stand in what could not be read.
    pub(crate) fn may_have(&self, key: &str) -> bool {
        self.unreadable || self.all.iter().any(|entry| entry.key() == key)
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
        let (taken, left) = std::mem::take(&mut self.all).into_iter().partition(|entry| entry.key() == key);
        self.all = left;
        taken
    }

    /// Takes the first entry, if it is one that `is` recognises.
    pub(crate) fn take_first(&mut self, is: impl FnOnce(&Entry) -> bool) -> Option<Entry> {
        let first = self.all.first()?;
        is(first).then(|| self.all.remove(0))
    }

    /// What is left is unknown.
    pub(crate) fn finish(self, valid: &[&str], diagnostics: &mut Diagnostics) {
        for entry in self.all {
            let given = entry.name.to_token_stream().to_string().replace(' ', "");
            let hint = did_you_mean(&given, valid.iter().copied());
            let known = list(valid.iter().copied());
            diagnostics.at(&entry.name, format!("unknown entry `{given}` in `{}`{hint} (known: {known})", self.place));
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.all.iter()
    }
}
