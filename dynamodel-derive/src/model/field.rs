//! What is known of a field.

use super::serde_attrs::{self, Container};
use crate::attr::{self, Entries};
use crate::diagnostics::Diagnostics;
use syn::ext::IdentExt;
use syn::{Ident, Path, Type, Visibility};

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
    /// `#[serde(skip)]`: not stored at all.
    pub(crate) skipped: bool,
    /// `#[serde(flatten)]`: its own fields are stored instead.
    pub(crate) flattened: bool,
}

/// What a field is for, as the runtime's marker types name it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    Plain,
    KeyField,
    IndexPart,
    Version,
}

impl Field {
    /// The name as text, without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
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
        entries.finish(&[attr::VERSION, attr::TTL], diagnostics);
        let serde = serde_attrs::field(&field.attrs, diagnostics);
        let name = ident.unraw().to_string();
        Some(Self {
            stored: serde.rename.map_or_else(|| container.rename(&name), |text| text.value()),
            with: serde.with,
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
