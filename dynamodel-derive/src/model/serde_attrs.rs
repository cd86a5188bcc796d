//! serde's attributes, as far as they decide under which name and in which form a field is stored.

use crate::attr::{self, Entries, Entry, Value};
use crate::diagnostics::Diagnostics;
use crate::rename;
use syn::{Attribute, LitStr, Path};

/// What serde's attributes say of the struct.
pub(super) struct Container {
    rename_all: Option<String>,
    pub(super) default: Option<Path>,
}

/// What serde's attributes say of a field.
#[derive(Default)]
pub(super) struct FieldAttributes {
    pub(super) rename: Option<LitStr>,
    pub(super) with: Option<Path>,
    pub(super) skip: Option<Path>,
    pub(super) flatten: Option<Path>,
    pub(super) default: Option<Path>,
    pub(super) skip_serializing_if: Option<Path>,
}

/// Reads a type's that stands inside an entity: `transparent` does not change a newtype.
pub(super) fn leaf(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Container {
    let without: Vec<_> = attributes.iter().filter(|attribute| !is_transparent(attribute)).cloned().collect();
    container(&without, diagnostics)
}

fn is_transparent(attribute: &Attribute) -> bool {
    attribute.path().is_ident(attr::SERDE)
        && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "transparent")
}

/// Reads the struct's.
pub(super) fn container(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Container {
    let (mut rename_all, mut default) = (None, None);
    for entry in Entries::read(attributes, attr::SERDE, diagnostics).iter() {
        match entry.key().as_str() {
            "rename_all" => rename_all = renamed(entry, diagnostics).map(|text| text.value()),
            key @ ("tag" | "content" | "untagged" | "transparent" | "into" | "from" | "try_from" | "remote") => {
                diagnostics.at(
                    &entry.name,
                    format!("`serde({key})` stores something else than is declared here, which keys and expressions are made from: take it off, or put the value into a field of its own"),
                );
            }
            "default" => default = Some(entry.name.clone()),
            // `deny_unknown_fields`, `bound`, `crate`, `expecting`: nothing that is stored.
            _ => {}
        }
    }
    Container { rename_all, default }
}

/// Reads a field's.
pub(super) fn field(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> FieldAttributes {
    let mut out = FieldAttributes::default();
    for entry in Entries::read(attributes, attr::SERDE, diagnostics).iter() {
        match entry.key().as_str() {
            "rename" => out.rename = renamed(entry, diagnostics),
            "skip" => out.skip = Some(entry.name.clone()),
            "flatten" => out.flatten = Some(entry.name.clone()),
            "default" => out.default = Some(entry.name.clone()),
            "skip_serializing_if" => out.skip_serializing_if = Some(entry.name.clone()),
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
                format!("`serde({key})` makes the stored item disagree with the struct: take it off, or use `serde(skip)`"),
            ),
            key @ ("getter" | "borrow") => {
                diagnostics.at(&entry.name, format!("`serde({key})` does not go with an entity, which owns its fields: take it off"));
            }
            // `alias`, `bound`: the stored name and form are the same.
            _ => {}
        }
    }
    out
}

/// A name for both directions.
fn renamed(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    match &entry.value {
        Value::List(both) => {
            let mut text = |key: &str| {
                let entry = both.iter().find(|entry| entry.key() == key)?;
                entry.text(diagnostics)
            };
            match (text("serialize"), text("deserialize")) {
                (Some(out), Some(back)) if out.value() == back.value() => Some(out),
                (Some(only), _) | (None, Some(only)) => {
                    let key = entry.key();
                    diagnostics.at(
                        &only,
                        format!("an attribute is stored and read under one name: write `{key} = \"..\"` for both"),
                    );
                    None
                }
                (None, None) => None,
            }
        }
        _ => entry.text(diagnostics),
    }
}

impl Container {
    /// A field's name under `rename_all`.
    pub(super) fn rename(&self, name: &str) -> String {
        rename::field(name, self.rename_all.as_deref())
    }

    /// A variant's name under `rename_all`.
    pub(super) fn rename_variant(&self, name: &str) -> String {
        rename::variant(name, self.rename_all.as_deref())
    }
}
