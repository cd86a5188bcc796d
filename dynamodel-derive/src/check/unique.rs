//! Unique fields: they are there, stored by themselves, and the library does not write them.

use crate::diagnostics::Diagnostics;
use crate::model::{Entity, Field, Unique};
use crate::suggest::{did_you_mean, list};

/// Checks everything that an entity says is unique.
pub(super) fn all(entity: &Entity, diagnostics: &mut Diagnostics) {
    let unique = entity.unique();
    for (at, one) in unique.iter().enumerate() {
        for (place, name) in one.fields.iter().enumerate() {
            let text = name.to_string();
            if one.fields.iter().take(place).any(|known| known == name) {
                diagnostics.at(name, format!("`{name}` stands twice in one `unique`: once says it all"));
                continue;
            }
            let Some(field) = entity.field(&text) else {
                let names: Vec<_> = entity.fields.iter().map(Field::name).collect();
                let hint = did_you_mean(&text, names.iter().map(String::as_str));
                let known = list(names.iter().map(String::as_str));
                diagnostics.at(name, format!("`{name}` is not a field of `{}`{hint} (fields: {known})", entity.ident));
                continue;
            };
            if let Some(why) = unfit(field) {
                diagnostics.at(name, format!("`{name}` cannot be unique: it is {why}"));
            }
        }
        let alike = |other: &&Unique| {
            other.fields.len() == one.fields.len() && other.fields.iter().all(|field| one.fields.contains(field))
        };
        if unique.iter().take(at).any(|other| alike(&other)) {
            diagnostics.at(&one.token, "the same fields are unique already: keep one of the two");
        }
        let primary = |name: &syn::Ident| entity.primary().any(|key| key.fields().contains(&name.to_string()));
        if !one.fields.is_empty() && one.fields.iter().all(primary) {
            diagnostics.at(
                &one.token,
                "these are fields of the primary key, which is unique by itself: `create` refuses a second item; take `unique` off",
            );
        }
    }
}

/// What a field is that cannot be unique.
fn unfit(field: &Field) -> Option<&'static str> {
    if field.key_only.is_some() {
        Some("kept in the key alone (`key_only`), so the item has no such attribute; take that mark off")
    } else if field.flattened.is_some() {
        Some("flattened, so it is not stored by itself")
    } else if field.skipped.is_some() {
        Some("skipped, so it is not stored")
    } else if field.nested.is_some() {
        Some("nested, so it is not a single value")
    } else if field.with.is_some() {
        Some("stored by `serde(with = ..)`, so it is not known when two values are the same")
    } else if field.managed().next().is_some() {
        Some("written by the library itself")
    } else {
        None
    }
}
