//! serde's attributes, as far as they decide under which name and in which form a field is stored.

use crate::attr::{self, Entries, Entry, Value};
use crate::diagnostics::Diagnostics;
use syn::{Attribute, LitStr, Path};

/// What serde was told of the struct.
pub(super) struct Container {
    rename_all: Option<String>,
}

/// What serde was told of a field.
#[derive(Default)]
pub(super) struct FieldAttributes {
    pub(super) rename: Option<LitStr>,
    pub(super) with: Option<Path>,
    pub(super) skip: bool,
    pub(super) flatten: bool,
}

/// Reads the struct's.
pub(super) fn container(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Container {
    let mut rename_all = None;
    for entry in Entries::read(attributes, attr::SERDE, diagnostics).iter() {
        match entry.key().as_str() {
            "rename_all" => rename_all = rename(entry, diagnostics).map(|text| text.value()),
            key @ ("tag" | "content" | "untagged" | "transparent" | "into" | "from" | "try_from" | "remote") => {
                diagnostics.at(
                    &entry.name,
                    format!("`serde({key})` stores something else than the fields, which keys and expressions are made from: take it off the entity, or put the value into a field"),
                );
            }
            // `default`, `deny_unknown_fields`, `bound`, `crate`, `expecting`: nothing that is stored.
            _ => {}
        }
    }
    Container { rename_all }
}

/// Reads a field's.
pub(super) fn field(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> FieldAttributes {
    let mut out = FieldAttributes::default();
    for entry in Entries::read(attributes, attr::SERDE, diagnostics).iter() {
        match entry.key().as_str() {
            "rename" => out.rename = rename(entry, diagnostics),
            "skip" => out.skip = true,
            "flatten" => out.flatten = true,
            "with" => {
                if let Some(text) = entry.text(diagnostics) {
                    out.with = diagnostics.ok(text.parse::<Path>());
                }
            }
            key @ ("serialize_with" | "deserialize_with") => diagnostics.at(
                &entry.name,
                format!("`serde({key})` can store another form than is read: use `serde(with = \"module\")`, whose two halves belong together"),
            ),
            key @ ("skip_serializing" | "skip_deserializing") => diagnostics.at(
                &entry.name,
                format!("`serde({key})` makes the stored item disagree with the struct: use `serde(skip)`, or store the field"),
            ),
            key @ ("getter" | "borrow") => {
                diagnostics.at(&entry.name, format!("`serde({key})` does not go with an entity, which owns its fields: take it off"));
            }
            // `default`, `alias`, `skip_serializing_if`, `bound`: the stored name and form are the same.
            _ => {}
        }
    }
    out
}

/// A name for both directions.
fn rename(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    match &entry.value {
        Value::List(both) => {
            let mut both = Entries::nested(both.clone());
            let mut text = |key| both.take(key, diagnostics).and_then(|entry| entry.text(diagnostics));
            match (text("serialize"), text("deserialize")) {
                (Some(out), Some(back)) if out.value() == back.value() => Some(out),
                (Some(out), _) => {
                    diagnostics.at(&out, "a stored attribute has one name: expressions could not tell which of two is meant; write `rename = \"..\"`");
                    None
                }
                (None, Some(back)) => {
                    diagnostics.at(&back, "a stored attribute has one name: expressions could not tell which of two is meant; write `rename = \"..\"`");
                    None
                }
                (None, None) => None,
            }
        }
        _ => entry.text(diagnostics),
    }
}

impl Container {
    /// A field's name under `rename_all`, by serde's rules for fields (which are snake case to begin with).
    pub(super) fn rename(&self, name: &str) -> String {
        let words = || name.split('_').filter(|word| !word.is_empty());
        let capitalised = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
        };
        match self.rename_all.as_deref() {
            Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => name.to_ascii_uppercase(),
            Some("PascalCase") => words().map(capitalised).collect(),
            Some("camelCase") => {
                let pascal: String = words().map(capitalised).collect();
                let mut letters = pascal.chars();
                letters
                    .next()
                    .map(|first| first.to_ascii_lowercase().to_string() + letters.as_str())
                    .unwrap_or_default()
            }
            Some("kebab-case") => name.replace('_', "-"),
            Some("SCREAMING-KEBAB-CASE") => name.to_ascii_uppercase().replace('_', "-"),
            // `lowercase` and `snake_case` leave a field as it is; another word is serde's to refuse.
            _ => name.to_owned(),
        }
    }
}
