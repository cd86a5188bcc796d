//! Key patterns as text, in the syntax in which the user wrote them.

use crate::schema::{EntitySchema, KeyAttribute, Pattern, Piece, Position, Spec};

/// `TOKEN#{token}`, `{score:010}`; for a field that is a key attribute by itself, its name.
pub(in crate::define) fn text(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Template(pieces) => pieces.iter().map(piece).collect(),
        Pattern::Native { name, .. } => (*name).to_owned(),
    }
}

pub(in crate::define) fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Literal(text) => (*text).to_owned(),
        Piece::Field { name, spec, .. } => format!("{{{name}{}}}", format_of(*spec)),
    }
}

/// The text without the names of its fields: two templates with the same text can have the same values.
pub(in crate::define) fn form(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Template(pieces) => {
            let form = |piece: &Piece| match piece {
                Piece::Literal(text) => (*text).to_owned(),
                Piece::Field { spec, .. } => format!("{{{}}}", format_of(*spec)),
            };
            pieces.iter().map(form).collect()
        }
        Pattern::Native { .. } => "{}".to_owned(),
    }
}

fn format_of(spec: Spec) -> String {
    let width = spec.width.map(|width| format!(":0{width}"));
    let width = width.unwrap_or_default();
    let word = match spec {
        Spec { raw: true, .. } => ":raw",
        Spec { descending: true, .. } => ":desc",
        _ => "",
    };
    format!("{width}{word}")
}

/// The key attributes of one position, of the primary key (`None`) or of an index.
pub(in crate::define) fn keys(
    entity: &EntitySchema,
    index: Option<&str>,
    position: Position,
) -> Vec<&'static KeyAttribute> {
    entity.keys_of(index).filter(|key| key.position == position).collect()
}

/// Whether it is the same for every item.
pub(in crate::define) fn is_fixed(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Template(pieces) if pieces.iter().all(|piece| matches!(piece, Piece::Literal(_))))
}

/// Whether an item may be without it.
pub(in crate::define) fn is_sparse(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Template(pieces) => {
            pieces.iter().any(|piece| matches!(piece, Piece::Field { form, .. } if form.optional))
        }
        Pattern::Native { form, .. } => form.optional,
    }
}
