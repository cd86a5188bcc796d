//! Collections: entities that lie in one partition, and nothing else in their range.

use super::place::{first_sort, lies_on, share_partitions};
use super::refuse;
use crate::schema::collide::may_begin;
use crate::schema::text::same;
use crate::schema::{EntitySchema, KeyAttribute, Message, Pattern, Piece, TableSchema};

/// A collection: its entities can lie in one partition, and nothing else lies in its range.
#[track_caller]
pub const fn check_collection(
    table: &TableSchema,
    name: &str,
    members: &[&'static EntitySchema],
    ignored: &[&'static EntitySchema],
) {
    if table.name.is_empty() || is_among("", members) {
        return; // reported already
    }
    check_once(name, members, ignored);
    let mut found = gathers_on(table, name, members, ignored, None);
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        found |= gathers_on(table, name, members, ignored, Some(index.name));
        indexes = rest;
    }
    if !found {
        refuse(
            &Message::new("the entities of the collection `")
                .add(name)
                .add("` never lie in one partition: give them one partition key, on the table or on an index"),
        );
    }
}

/// Each entity stands in one field.
#[track_caller]
const fn check_once(name: &str, members: &[&'static EntitySchema], ignored: &[&'static EntitySchema]) {
    let mut rest = members;
    while let [first, more @ ..] = rest {
        let start = Message::new("the collection `").add(name).add("` ");
        if is_among(first.name, more) {
            refuse(
                &start
                    .add("has two fields of `")
                    .add(first.name)
                    .add("`, and it would not be known which item goes where: keep one, as a `Vec` perhaps"),
            );
        }
        if is_among(first.name, ignored) {
            refuse(&start.add("has a field of `").add(first.name).add("`, and ignores it: take one of the two off"));
        }
        rest = more;
    }
}

/// Whether the members can lie together there; then nothing else may.
#[track_caller]
const fn gathers_on(
    table: &TableSchema,
    name: &str,
    members: &[&'static EntitySchema],
    ignored: &[&'static EntitySchema],
    index: Option<&str>,
) -> bool {
    let mut rest = members;
    while let [first, more @ ..] = rest {
        if !lies_on(first.keys, index) || !shares_with_all(first, more, index) {
            return false;
        }
        rest = more;
    }
    let prefix = common_beginning(members, index);
    let mut others = table.entities;
    while let [other, more @ ..] = others {
        let known = other.name.is_empty() || is_among(other.name, members) || is_among(other.name, ignored);
        if !known && shares_with_all(other, members, index) && begins(other.keys, prefix, index) {
            refuse(
                &Message::new("the collection `")
                    .add(name)
                    .add("` also reads `")
                    .add(other.name)
                    .add("` with the key ")
                    .key(other.keys, index)
                    .add(": make it a field, for example a `Vec<")
                    .add(other.name)
                    .add(">`, or read past it with `#[dynamo(ignore(")
                    .add(other.name)
                    .add("))]`"),
            );
        }
        others = more;
    }
    true
}

const fn shares_with_all(entity: &EntitySchema, mut others: &[&'static EntitySchema], index: Option<&str>) -> bool {
    while let [other, more @ ..] = others {
        if !share_partitions(entity, other, index) {
            return false;
        }
        others = more;
    }
    true
}

/// How the sort keys of all members begin on an index: the attribute, and the text, which may be empty.
pub(crate) const fn common_beginning(
    mut members: &[&'static EntitySchema],
    index: Option<&str>,
) -> Option<(&'static str, &'static str)> {
    let mut common: Option<(&'static str, &'static str)> = None;
    while let [member, rest @ ..] = members {
        let Some(key) = first_sort(member.keys, index) else { return None };
        let literal = match key.pattern {
            Pattern::Template([Piece::Literal(text), ..]) => *text,
            _ => "",
        };
        common = match common {
            None => Some((key.attribute, literal)),
            Some((attribute, text)) => Some((attribute, shared(text, literal))),
        };
        members = rest;
    }
    common
}

/// The beginning that two texts share.
const fn shared(a: &'static str, b: &str) -> &'static str {
    let mut length = 0;
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    while let ([x, rest @ ..], [y, more @ ..]) = (left, right) {
        if *x != *y {
            break;
        }
        length += 1;
        (left, right) = (rest, more);
    }
    // Characters stay whole.
    while !a.is_char_boundary(length) {
        length -= 1;
    }
    match a.split_at_checked(length) {
        Some((shared, _)) => shared,
        None => "",
    }
}

/// Whether an item of the entity can begin so.
const fn begins(keys: &'static [KeyAttribute], prefix: Option<(&str, &str)>, index: Option<&str>) -> bool {
    match (prefix, first_sort(keys, index)) {
        (Some((_, text)), Some(key)) => may_begin(&key.pattern, text),
        _ => true,
    }
}

const fn is_among(name: &str, mut entities: &[&'static EntitySchema]) -> bool {
    while let [entity, rest @ ..] = entities {
        if same(entity.name, name) {
            return true;
        }
        entities = rest;
    }
    false
}
