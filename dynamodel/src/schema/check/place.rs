//! Where an entity's items lie: on which index, in which partitions.

use crate::schema::collide::may_collide;
use crate::schema::entity::{is_on, partition_index};
use crate::schema::text::same;
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
            && !may_collide(&x.pattern, &y.pattern)
        {
            return false;
        }
        left = rest;
    }
    true
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
