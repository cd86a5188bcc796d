//! Which values no two items may share.

use super::{Entity, Field};
use crate::attr::{self, Entries, Entry, Value};
use crate::diagnostics::Diagnostics;
use syn::{Ident, Path};

/// `#[dynamo(unique)]` on a field, or `#[dynamo(unique(within(tenant)))]`.
pub(crate) struct OwnUnique {
    pub(crate) token: Path,
    /// The fields within whose values it is unique.
    pub(crate) within: Vec<Ident>,
}

/// Fields whose values together no two items share, in the order in which they were named.
pub(crate) struct Unique {
    /// Where it was said.
    pub(crate) token: Path,
    /// The fields, with the tokens that name them.
    pub(crate) fields: Vec<Ident>,
}

/// What stands on a field.
pub(super) fn own(entry: &Entry, diagnostics: &mut Diagnostics) -> OwnUnique {
    let mut within = Vec::new();
    if !matches!(entry.value, Value::Flag)
        && let Some(mut entries) = Entries::inside(entry, diagnostics)
    {
        match entries.take(attr::WITHIN, diagnostics) {
            Some(entry) => within = names(&entry.list(diagnostics), &entry.name, diagnostics),
            None if entries.iter().next().is_none() => {
                diagnostics
                    .at(&entry.name, "`unique` stands by itself, or says within what: write `unique(within(tenant))`");
            }
            None => {}
        }
        entries.finish(&[attr::WITHIN], diagnostics);
    }
    OwnUnique { token: entry.name.clone(), within }
}

/// What stands on the struct: `#[dynamo(unique(country, tax_number))]`.
pub(super) fn composite(entry: &Entry, diagnostics: &mut Diagnostics) -> Unique {
    let fields = names(&entry.list(diagnostics), &entry.name, diagnostics);
    if let [one] = fields.as_slice() {
        diagnostics.at(
            one,
            format!("`unique` on the struct names several fields: mark `{one}` itself with `#[dynamo(unique)]`"),
        );
    }
    Unique { token: entry.name.clone(), fields }
}

fn names(entries: &[Entry], place: &Path, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let mut out = Vec::with_capacity(entries.len());
    for entry in entries {
        match (entry.name.get_ident(), &entry.value) {
            (Some(name), Value::Flag) => out.push(name.clone()),
            _ => diagnostics.at(&entry.name, "only the names of fields stand here"),
        }
    }
    if entries.is_empty() {
        diagnostics.at(place, "name the fields: write `unique(country, tax_number)`, `unique(within(tenant))`");
    }
    out
}

impl Entity {
    /// Everything that is unique: what the fields say, and what the struct says.
    pub(crate) fn unique(&self) -> Vec<Unique> {
        let of_field = |field: &Field| {
            let own = field.unique.as_ref()?;
            let fields = own.within.iter().chain([&field.ident]).cloned().collect();
            Some(Unique { token: own.token.clone(), fields })
        };
        let composite =
            self.composite.iter().map(|unique| Unique { token: unique.token.clone(), fields: unique.fields.clone() });
        self.fields.iter().filter_map(of_field).chain(composite).collect()
    }

    /// Whether the sentinels of unique values follow the field: it is one of them, or says when they expire.
    pub(crate) fn decides_uniqueness(&self, field: &Field) -> bool {
        let unique = self.unique();
        let named = unique.iter().any(|unique| unique.fields.contains(&field.ident));
        named || (field.ttl.is_some() && !unique.is_empty())
    }
}
