//! Ranges of keys that hold more than they should: items of other entities.

use super::refuse;
use crate::schema::collide::{may_begin, may_meet};
use crate::schema::message::same;
use crate::schema::{EntitySchema, KeyAttribute, Message, Pattern, Piece, Position, TableSchema};

/// An access pattern covers keys of its own entity only, or says `mixed`.
#[track_caller]
pub(super) const fn check_strangers(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) {
    let mut patterns = a.patterns;
    while let [pattern, rest @ ..] = patterns {
        let index = pattern.index;
        if !pattern.mixed && share_partitions(a, b, index) && catches(a.keys, b.keys, index) {
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

const fn first_sort(mut keys: &'static [KeyAttribute], index: Option<&str>) -> Option<&'static KeyAttribute> {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) && matches!(key.position, Position::Sort) {
            return Some(key);
        }
        keys = rest;
    }
    None
}

/// Whether the widest range of the first can hold the key of the second, in a partition that both can have.
const fn catches(a: &[KeyAttribute], b: &[KeyAttribute], index: Option<&str>) -> bool {
    let mut left = a;
    while let [x, rest @ ..] = left {
        if is_on(x, index) && matches!(x.position, Position::Sort) {
            let Some(y) = with_attribute(b, x.attribute, index) else { return false };
            match &x.pattern {
                // A constant is asked for by `=`, and what follows narrows further.
                Pattern::Template([Piece::Literal(_)]) => {
                    if !may_meet(&x.pattern, &y.pattern) {
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

/// Whether both have keys on the index, and can have the same partition there.
const fn share_partitions(a: &EntitySchema, b: &EntitySchema, index: Option<&str>) -> bool {
    if !lies_on(a.keys, index) || !lies_on(b.keys, index) {
        return false;
    }
    let index = partition_index(a.keys, index);
    let mut left = a.keys;
    while let [x, rest @ ..] = left {
        if is_on(x, index)
            && matches!(x.position, Position::Partition)
            && let Some(y) = with_attribute(b.keys, x.attribute, index)
            && !may_meet(&x.pattern, &y.pattern)
        {
            return false;
        }
        left = rest;
    }
    true
}

/// A local index has the table's partition key.
pub(crate) const fn partition_index<'i>(mut keys: &[KeyAttribute], index: Option<&'i str>) -> Option<&'i str> {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) && matches!(key.position, Position::Partition) {
            return index;
        }
        keys = rest;
    }
    None
}

const fn with_attribute<'k>(
    mut keys: &'k [KeyAttribute],
    attribute: &str,
    index: Option<&str>,
) -> Option<&'k KeyAttribute> {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) && same(key.attribute, attribute) {
            return Some(key);
        }
        keys = rest;
    }
    None
}

const fn lies_on(mut keys: &[KeyAttribute], index: Option<&str>) -> bool {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) {
            return true;
        }
        keys = rest;
    }
    false
}

pub(crate) const fn is_on(key: &KeyAttribute, index: Option<&str>) -> bool {
    match (key.index, index) {
        (Some(one), Some(other)) => same(one, other),
        (None, None) => true,
        _ => false,
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
