//! Where an entity's items lie: on which index, in which partitions.

use crate::schema::collide::may_meet;
use crate::schema::message::same;
use crate::schema::{EntitySchema, KeyAttribute, Position};

pub(in crate::schema) const fn first_sort(
    mut keys: &'static [KeyAttribute],
    index: Option<&str>,
) -> Option<&'static KeyAttribute> {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) && matches!(key.position, Position::Sort) {
            return Some(key);
        }
        keys = rest;
    }
    None
}

/// Whether both have keys on the index, and can have the same partition there.
pub(in crate::schema) const fn share_partitions(a: &EntitySchema, b: &EntitySchema, index: Option<&str>) -> bool {
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
pub(in crate::schema) const fn partition_index<'i>(
    mut keys: &[KeyAttribute],
    index: Option<&'i str>,
) -> Option<&'i str> {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) && matches!(key.position, Position::Partition) {
            return index;
        }
        keys = rest;
    }
    None
}

pub(in crate::schema) const fn with_attribute<'k>(
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

pub(in crate::schema) const fn lies_on(mut keys: &[KeyAttribute], index: Option<&str>) -> bool {
    while let [key, rest @ ..] = keys {
        if is_on(key, index) {
            return true;
        }
        keys = rest;
    }
    false
}

pub(in crate::schema) const fn is_on(key: &KeyAttribute, index: Option<&str>) -> bool {
    match (key.index, index) {
        (Some(one), Some(other)) => same(one, other),
        (None, None) => true,
        _ => false,
    }
}
