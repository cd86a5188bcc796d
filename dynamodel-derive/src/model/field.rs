//! What is known of a field.

use super::serde_attrs::{self, Container};
use super::unique::{OwnUnique, own};
use crate::attr::{self, Entries, Entry};
use crate::diagnostics::Diagnostics;
use syn::ext::IdentExt;
use syn::{Attribute, Ident, Path, Type, Visibility};

/// A field of an entity.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    /// The name under which it is stored.
    pub(crate) stored: String,
    /// The module of `#[serde(with = ..)]`.
    pub(crate) with: Option<Path>,
    /// `#[dynamo(version)]`, with its token.
    pub(crate) version: Option<Ident>,
    /// `#[dynamo(ttl)]`, with its token.
    pub(crate) ttl: Option<Ident>,
    /// `#[dynamo(created_at)]`, with its token: set when the item is created.
    pub(crate) created_at: Option<Ident>,
    /// `#[dynamo(updated_at)]`, with its token: set by every write.
    pub(crate) updated_at: Option<Ident>,
    /// `#[dynamo(key_only)]`, with its token: kept in the key alone, and read back from it.
    pub(crate) key_only: Option<Ident>,
    /// `#[dynamo(immutable)]`, with its token: set once, when the item is created.
    pub(crate) immutable: Option<Ident>,
    /// `#[dynamo(unique)]`: no two items have the same value.
    pub(crate) unique: Option<OwnUnique>,
    /// `#[dynamo(nested)]`, with its token: a struct whose own fields can be named.
    pub(crate) nested: Option<Ident>,
    /// `#[dynamo(stored = "N")]`: in which of DynamoDB's types a field with a codec is stored.
    pub(crate) stored_as: Option<StoredAs>,
    /// `#[dynamo(ordered)]`, with its token: the stored form of a field with a codec is in the order of its values.
    pub(crate) ordered: Option<Ident>,
    /// `#[serde(default)]`, of the field or of the struct: an absent attribute can be read.
    pub(crate) default: Option<Path>,
    /// `#[serde(skip_serializing_if = ..)]`: may be left out.
    pub(crate) may_be_left_out: Option<Path>,
    /// Its documentation, for editors.
    pub(crate) docs: Vec<Attribute>,
    /// Whether its own `#[serde(rename = ..)]` gives it its stored name.
    pub(crate) is_renamed: bool,
    /// What serde's attributes say of it, as the user wrote it.
    pub(crate) serde: Vec<Attribute>,
    /// Whether its default is the struct's: `#[serde(default)]` on the struct.
    pub(crate) default_of_struct: bool,
    /// `#[serde(skip)]`: not stored at all.
    pub(crate) skipped: Option<Path>,
    /// `#[serde(flatten)]`: its own fields are stored instead.
    pub(crate) flattened: Option<Path>,
}

/// The entries of `#[dynamo(..)]` on a field.
const VALID: &[&str] = &[
    attr::VERSION,
    attr::TTL,
    attr::CREATED_AT,
    attr::UPDATED_AT,
    attr::KEY_ONLY,
    attr::IMMUTABLE,
    attr::NESTED,
    attr::STORED,
    attr::ORDERED,
    attr::UNIQUE,
];

/// In which of DynamoDB's types a field with a codec of its own is stored.
#[derive(Clone, Copy)]
pub(crate) enum StoredAs {
    S,
    N,
    B,
}

impl StoredAs {
    fn read(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = entry.text(diagnostics)?;
        match text.value().as_str() {
            "S" => Some(Self::S),
            "N" => Some(Self::N),
            "B" => Some(Self::B),
            _ => {
                diagnostics.at(&text, "a field is stored as `\"S\"`, `\"N\"` or `\"B\"`: other types need no saying");
                None
            }
        }
    }
}

impl Field {
    /// The name as text, without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// What the library reads and writes by itself: the marks, with their tokens.
    pub(crate) fn managed(&self) -> impl Iterator<Item = (&'static str, &Ident)> {
        let marks = [
            (attr::VERSION, &self.version),
            (attr::TTL, &self.ttl),
            (attr::CREATED_AT, &self.created_at),
            (attr::UPDATED_AT, &self.updated_at),
        ];
        marks.into_iter().filter_map(|(name, token)| Some((name, token.as_ref()?)))
    }

    /// Whether there is one attribute that is the field, in the item or in its key.
    pub(crate) fn has_path(&self) -> bool {
        self.skipped.is_none() && self.flattened.is_none()
    }

    /// Whether it is stored as an attribute of its own.
    pub(crate) fn is_stored(&self) -> bool {
        self.has_path() && self.key_only.is_none()
    }

    pub(super) fn read(field: &syn::Field, container: &Container, diagnostics: &mut Diagnostics) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut entries = Entries::read(&field.attrs, attr::DYNAMO, diagnostics);
        let mut flag = |key| {
            let entry = entries.take(key, diagnostics)?;
            entry.flag(diagnostics);
            entry.name.get_ident().cloned()
        };
        let version = flag(attr::VERSION);
        let ttl = flag(attr::TTL);
        let created_at = flag(attr::CREATED_AT);
        let updated_at = flag(attr::UPDATED_AT);
        let key_only = flag(attr::KEY_ONLY);
        let immutable = flag(attr::IMMUTABLE);
        let nested = flag(attr::NESTED);
        let ordered = flag(attr::ORDERED);
        let unique = entries.take(attr::UNIQUE, diagnostics).map(|entry| own(&entry, diagnostics));
        let stored_as = entries.take(attr::STORED, diagnostics).and_then(|entry| StoredAs::read(&entry, diagnostics));
        entries.finish(VALID, diagnostics);
        let serde = serde_attrs::field(&field.attrs, diagnostics);
        let name = ident.unraw().to_string();
        Some(Self {
            is_renamed: serde.rename.is_some(),
            stored: serde.rename.map_or_else(|| container.rename(&name), |text| text.value()),
            with: serde.with,
            created_at,
            updated_at,
            key_only,
            immutable,
            unique,
            nested,
            ordered,
            stored_as,
            default_of_struct: serde.default.is_none() && container.default.is_some(),
            default: serde.default.or_else(|| container.default.clone()),
            serde: field.attrs.iter().filter(|attribute| attribute.path().is_ident(attr::SERDE)).cloned().collect(),
            may_be_left_out: serde.skip_serializing_if,
            docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned().collect(),
            skipped: serde.skip,
            flattened: serde.flatten,
            vis: field.vis.clone(),
            ty: field.ty.clone(),
            ident,
            version,
            ttl,
        })
    }
}
