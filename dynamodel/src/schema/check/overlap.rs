//! Access patterns whose range of keys holds other entities' items.

use super::place::{share_partitions, with_attribute};
use super::refuse;
use crate::schema::collide::{may_begin, may_collide};
use crate::schema::entity::is_on;
use crate::schema::{EntitySchema, KeyAttribute, Message, Pattern, Piece, Position, TableSchema};

/// An access pattern covers keys of its own entity only, or says `mixed`.
#[track_caller]
pub(super) const fn check_overlap(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) {
    let mut patterns = a.patterns;
    while let [pattern, rest @ ..] = patterns {
        let index = pattern.index;
        if !pattern.mixed && share_partitions(a, b, index) && overlaps(a.keys, b.keys, index) {
            let mut start = Message::new("table `").add(table.name).add("`: `").add(a.name).add("::").add(pattern.name);
            start = start.add("` with the key ").key(a.keys, index).add(" also reads `").add(b.name);
            start = start.add("` with the key ").key(b.keys, index);
            start = start.add(": give one of them a literal of its own in its `sk`, or write `mixed` ");
            start = match index {
                None => start.add("after `query = ").add(pattern.name).add("`"),
                Some(_) => start.add("into `index(").add(pattern.name).add(" = ..)`"),
            };
            refuse(&start.add(", and the server leaves the others out once they are read"));
        }
        patterns = rest;
    }
}

/// Whether the widest range of the first can hold the key of the second, in a partition that both can have.
const fn overlaps(a: &[KeyAttribute], b: &[KeyAttribute], index: Option<&str>) -> bool {
    let mut left = a;
    while let [x, rest @ ..] = left {
        if is_on(x, index) && matches!(x.position, Position::Sort) {
            let Some(y) = with_attribute(b, x.attribute, index) else { return false };
            match &x.pattern {
                // A constant is asked for by `=`, and what follows narrows further.
                Pattern::Template([Piece::Literal(_)]) => {
                    if !may_collide(&x.pattern, &y.pattern) {
                        return false;
                    }
                }
                Pattern::Template([Piece::Literal(text), ..]) => return may_begin(&y.pattern, text),
                _ => return true,
            }
        }
        left = rest;
    }
    true
}
