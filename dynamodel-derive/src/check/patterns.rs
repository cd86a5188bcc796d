//! What an access pattern asks of its index: which fields it holds, and whether others may lie between.

use crate::diagnostics::Diagnostics;
use crate::model::{Entity, Field, Holds, Index};
use crate::suggest::{did_you_mean, list};
use syn::Ident;

/// The name of an attribute that an index includes, in bytes.
const LONGEST: usize = 255;

/// Checks all access patterns.
pub(super) fn all(entity: &Entity, diagnostics: &mut Diagnostics) {
    if let (Some(mixed), None) = (&entity.mixed, &entity.query) {
        diagnostics.at(
            mixed,
            "`mixed` is said of an access pattern, and there is none on the table itself: add `query = of_..`, or write it into `index(..)`",
        );
    }
    name_of_the_time_to_live(entity, diagnostics);
    for index in &entity.indexes {
        match &index.holds {
            Holds::All => {}
            Holds::KeysOnly => {
                if let Some(mixed) = &index.mixed {
                    diagnostics.at(
                        mixed,
                        "`mixed` makes the server look at each item's type, which an index of `keys_only` does not hold: take `mixed` off, or write `include(..)`",
                    );
                }
            }
            Holds::Include(names) => included(entity, index, names, diagnostics),
        }
    }
}

/// Included fields are there, stored by themselves, and not in the keys already.
fn included(entity: &Entity, index: &Index, names: &[Ident], diagnostics: &mut Diagnostics) {
    for (at, name) in names.iter().enumerate() {
        let Some(field) = entity.fields.iter().find(|field| field.ident == *name) else {
            let fields: Vec<_> = entity.fields.iter().map(Field::name).collect();
            let given = name.to_string();
            let hint = did_you_mean(&given, fields.iter().map(String::as_str));
            let known = list(fields.iter().map(String::as_str));
            diagnostics.at(name, format!("`{given}` is not a field of `{}`{hint} (fields: {known})", entity.ident));
            continue;
        };
        let in_keys = entity.primary().chain(index.keys()).any(|key| key.fields().contains(&field.name()));
        let why = if names.iter().take(at).any(|first| first == name) {
            "stands twice in `include(..)`: once says it all"
        } else if in_keys {
            "is in the keys, which every index holds: take it off here"
        } else if field.flattened.is_some() {
            "is flattened, so it is not an attribute that an index could hold: name others, or let the index hold all"
        } else if field.skipped.is_some() {
            "is skipped, so there is nothing to hold: take it off here"
        } else if field.default_of_struct {
            "is read by the struct's `serde(default)`, which what the index holds has not: give the field a `default` of its own"
        } else if field.stored.len() > LONGEST {
            diagnostics.at(name, too_long(field, "an attribute that an index includes"));
            continue;
        } else {
            continue;
        };
        diagnostics.at(name, format!("`{name}` {why}"));
    }
}

/// The time to live is included by itself, and set on the table by its name.
fn name_of_the_time_to_live(entity: &Entity, diagnostics: &mut Diagnostics) {
    for field in entity.fields.iter().filter(|field| field.stored.len() > LONGEST) {
        if let Some(token) = &field.ttl {
            diagnostics.at(token, too_long(field, "a time to live"));
        }
    }
}

fn too_long(field: &Field, what: &str) -> String {
    let (name, length) = (field.name(), field.stored.len());
    format!(
        "`{name}` is stored under a name of {length} bytes, and DynamoDB takes {LONGEST} for {what}: give it a shorter `serde(rename = \"..\")`"
    )
}
