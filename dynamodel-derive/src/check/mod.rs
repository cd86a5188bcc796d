//! Finds what cannot be, as far as names decide it; what types decide is left to the compiler by `expand`.

mod patterns;
mod settings;
mod unique;

use crate::attr::Piece;
use crate::diagnostics::Diagnostics;
use crate::model::{Entity, Field, Key};
use crate::suggest::{did_you_mean, list};
use proc_macro2::Span;

pub(crate) use settings::settings;

/// Checks an entity.
pub(crate) fn entity(entity: &Entity, diagnostics: &mut Diagnostics) {
    for key in entity.keys() {
        fields_of_key(key, entity, diagnostics);
    }
    for field in &entity.fields {
        key_only(field, entity, diagnostics);
    }
    at_most_one(entity, "version", |field| field.version.as_ref(), diagnostics);
    at_most_one(entity, "ttl", |field| field.ttl.as_ref(), diagnostics);
    at_most_one(entity, "created_at", |field| field.created_at.as_ref(), diagnostics);
    at_most_one(entity, "updated_at", |field| field.updated_at.as_ref(), diagnostics);
    for field in &entity.fields {
        managed_field(field, diagnostics);
    }
    for field in &entity.fields {
        stored_form(field, diagnostics);
    }
    patterns::all(entity, diagnostics);
    unique::all(entity, diagnostics);
    names_are_free(entity, diagnostics);
    one_pattern_an_index(entity, diagnostics);
    stored_once(entity, diagnostics);
}

/// Every field of a key is there, and stored by itself.
fn fields_of_key(key: &Key, entity: &Entity, diagnostics: &mut Diagnostics) {
    for name in key.fields() {
        let Some(field) = entity.field(&name) else {
            let names: Vec<_> = entity.fields.iter().map(Field::name).collect();
            let hint = did_you_mean(&name, names.iter().map(String::as_str));
            let known = list(names.iter().map(String::as_str));
            diagnostics
                .at(key.tokens(), format!("`{name}` is not a field of `{}`{hint} (fields: {known})", entity.ident));
            continue;
        };
        let why = if field.flattened.is_some() {
            Some("flattened, so it is not stored by itself")
        } else if field.skipped.is_some() {
            Some("skipped, so a stored item could not be read back")
        } else if field.with.is_some() {
            Some("stored by `serde(with = ..)`, so its text and its order are not known")
        } else if field.nested.is_some() {
            Some("nested, so it has no text of its own")
        } else if field.version.is_some() {
            Some("the version, which every write changes")
        } else if field.created_at.is_some() {
            Some("set by the clock when the item is sent, and keys are rendered before")
        } else if field.updated_at.is_some() {
            Some("set by the clock with every write")
        } else if field.may_be_left_out.is_some() {
            Some("left out at times (`skip_serializing_if`), so the item would disagree with its key")
        } else {
            None
        };
        if let Some(why) = why {
            diagnostics.at(
                key.tokens(),
                format!("`{name}` cannot be part of a key: it is {why}; key the item by another field"),
            );
        }
    }
    if let Key::Template(template) = key {
        let mut seen: Vec<&str> = Vec::new();
        for piece in &template.pieces {
            let Piece::Field { name, .. } = piece else { continue };
            if seen.contains(&name.as_str()) {
                diagnostics.at(&template.text, format!("`{{{name}}}` stands twice in one key: once says it all"));
            }
            seen.push(name);
        }
    }
}

/// A field that is kept in the key alone must be in the primary key, and in a form that can be read back.
fn key_only(field: &Field, entity: &Entity, diagnostics: &mut Diagnostics) {
    let Some(token) = &field.key_only else { return };
    let name = field.name();
    if let Some((mark, _)) = field.managed().next() {
        let what = match mark {
            "version" | "ttl" => "a version or time to live is an attribute".to_owned(),
            _ => format!("`{mark}` is an attribute"),
        };
        diagnostics.at(token, format!("`{name}` is marked `key_only`, and {what}: take one of the marks off"));
        return;
    }
    let mut holding = entity.primary().filter(|key| key.fields().contains(&name)).peekable();
    if holding.peek().is_none() {
        diagnostics.at(
            token,
            format!("`{name}` is marked `key_only`, and no template of the primary key names it, so it would be lost: write `{{{name}}}` into `pk` or `sk`"),
        );
    } else if !holding.any(|key| matches!(key, Key::Template(_))) {
        diagnostics.at(
            token,
            format!("`{name}` is marked `key_only`, and is a key by itself, not part of a template: take the mark off, or write `\"{{{name}}}\"`"),
        );
    }
}

/// Only a codec of its own leaves it open how a field is stored.
fn stored_form(field: &Field, diagnostics: &mut Diagnostics) {
    if field.with.is_none()
        && let Some(ordered) = &field.ordered
    {
        diagnostics.at(
            ordered,
            format!(
                "`{}` has no `serde(with = ..)`, so its type says how it is stored and ordered: take `ordered` off",
                field.name()
            ),
        );
    }
    if field.with.is_none() && field.stored_as.is_some() {
        diagnostics.at(
            &field.ident,
            format!(
                "`{}` has no `serde(with = ..)`, so its type says how it is stored: take `stored` off",
                field.name()
            ),
        );
    }
}

fn at_most_one<'e>(
    entity: &'e Entity,
    what: &str,
    token: impl Fn(&'e Field) -> Option<&'e syn::Ident>,
    diagnostics: &mut Diagnostics,
) {
    let mut marked = entity.fields.iter().filter_map(|field| Some((field, token(field)?)));
    let Some((first, _)) = marked.next() else { return };
    for (field, token) in marked {
        let message = format!(
            "`{}` and `{}` are both marked `{what}`, and an item has one: take it off one of them",
            first.name(),
            field.name()
        );
        diagnostics.at(token, message);
    }
}

/// What the library writes by itself must be stored, and in the plain way.
fn managed_field(field: &Field, diagnostics: &mut Diagnostics) {
    let immutable = field.immutable.iter().map(|token| ("immutable", token));
    let stamp = |(mark, _): &(&str, _)| matches!(*mark, "created_at" | "updated_at");
    let mut marks: Vec<_> = field.managed().collect();
    if marks.iter().any(stamp) {
        marks.extend(immutable);
    }
    if let [(first, _), (second, token), ..] = marks.as_slice() {
        diagnostics.at(
            token,
            format!(
                "`{}` is marked `{first}` and `{second}`, and is one of them at most: take one of the marks off",
                field.name()
            ),
        );
        return;
    }
    let [(what, token)] = marks.as_slice() else { return };
    let serde = if field.flattened.is_some() {
        "flatten"
    } else if field.skipped.is_some() {
        "skip"
    } else if field.with.is_some() {
        "with = .."
    } else {
        return;
    };
    diagnostics.at(
        token,
        format!(
            "`{}` is marked `{what}`, which the library reads and writes by itself in the plain form: take `serde({serde})` off",
            field.name()
        ),
    );
}

/// The generated functions have different names.
fn names_are_free(entity: &Entity, diagnostics: &mut Diagnostics) {
    let taken = [syn::Ident::new("key", Span::call_site()), syn::Ident::new("parse_key", Span::call_site())];
    let mut seen: Vec<&syn::Ident> = taken.iter().collect();
    for name in entity.query.iter().chain(entity.indexes.iter().map(|index| &index.name)) {
        if seen.contains(&name) {
            diagnostics.at(
                name,
                format!(
                    "`{}::{name}` is another generated function already: choose another name for this access pattern",
                    entity.ident
                ),
            );
        }
        seen.push(name);
    }
}

/// An item has one key on an index. Two patterns on one index under different paths are found by the compiler.
fn one_pattern_an_index(entity: &Entity, diagnostics: &mut Diagnostics) {
    for (at, index) in entity.indexes.iter().enumerate() {
        if let Some(first) = entity.indexes.iter().take(at).find(|first| first.marker == index.marker) {
            diagnostics.at(
                &index.marker,
                format!(
                    "`{}` and `{}` are on the same index, and an item has one key there: take another index for one of them",
                    first.name, index.name
                ),
            );
        }
    }
}

/// No two fields are stored under one name.
fn stored_once(entity: &Entity, diagnostics: &mut Diagnostics) {
    let stored: Vec<_> = entity.fields.iter().filter(|field| field.is_stored()).collect();
    for (at, field) in stored.iter().enumerate() {
        if let Some(first) = stored.iter().take(at).find(|first| first.stored == field.stored) {
            diagnostics.at(
                &field.ident,
                format!(
                    "`{}` and `{}` are both stored as `{}`: rename one of them",
                    first.name(),
                    field.name(),
                    field.stored
                ),
            );
        }
    }
}
