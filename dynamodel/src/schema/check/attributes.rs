//! An entity's attributes against those of its table.

use super::refuse;
use super::unique::check_sentinels;
use crate::schema::text::{is_among, same};
use crate::schema::{EntitySchema, KeyAttribute, Message, Pattern, Position, TableSchema};

/// An entity's attributes against those that the library writes beside them, and its keys against the table's.
///
/// `own` has a bit set for each of the attributes, by its name; `managed` are the table's key attributes and its type
/// attribute, each with the bit of its name: where that is not set, the attributes need not be looked through.
#[track_caller]
pub const fn check_attributes(
    entity: &EntitySchema,
    own: u128,
    table: &TableSchema,
    managed: &[(&str, u128)],
    has_unique: bool,
) {
    if table.name.is_empty() {
        return; // reported already
    }
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        if let (Some(index), Pattern::Native { name, stored, .. }) = (key.index, &key.pattern)
            && !key.is_own()
        {
            refuse(
                &Message::new("`")
                    .add(entity.name)
                    .add("::")
                    .add(name)
                    .add("` is stored as `")
                    .add(stored)
                    .add("`, and the index `")
                    .add(index)
                    .add("` looks at `")
                    .add(key.attribute)
                    .add("`: give the field that name with `#[serde(rename = \"..\")]`, or write a template, `\"{")
                    .add(name)
                    .add("}\"`"),
            );
        }
        keys = rest;
    }
    let mut names = managed;
    while let [(name, bit), rest @ ..] = names {
        if own & *bit != 0 && is_among(name, entity.attributes) {
            check_managed(entity, name, table);
        }
        names = rest;
    }
    check_one_value(entity);
    check_expiry(entity, table);
    if has_unique {
        check_sentinels(entity);
    }
    match (table.sort_key, has_sort_key(entity.keys)) {
        (Some(name), false) => refuse(
            &of(entity)
                .add("has no `sk`, and its table has a sort key, `")
                .add(name)
                .add("`: add `sk = \"..\"` to `#[dynamo(..)]`, a constant if there is one item a partition"),
        ),
        (None, true) => {
            refuse(&of(entity).add("has an `sk`, and its table has no sort key: take it off, or give the table one"));
        }
        _ => {}
    }
}

/// An attribute whose name the table keeps.
#[track_caller]
const fn check_managed(entity: &EntitySchema, attribute: &str, table: &TableSchema) {
    if same(attribute, table.type_attribute) {
        refuse(&clash(entity, attribute, "the entity's type").add(" with `#[serde(rename = \"..\")]`"));
    }
    if !is_own_key(attribute, entity.keys) {
        refuse(
            &clash(entity, attribute, "a key")
                .add(" with `#[serde(rename = \"..\")]`, or make it that key (`pk = the_field`)"),
        );
    }
}

/// DynamoDB deletes every item by the table's time to live, whoever stores something under that name.
#[track_caller]
const fn check_expiry(entity: &EntitySchema, table: &TableSchema) {
    if entity.ttl.is_some() || entity.attributes.is_empty() {
        return; // one under another name is reported with the pair
    }
    let Some((owner, ttl)) = expiry(table) else { return };
    if is_among(ttl, entity.attributes) {
        let message = &Message::new("`")
            .add(entity.name)
            .add("` stores a field as `")
            .add(ttl)
            .add("`, by which DynamoDB deletes the items of its table (`")
            .add(owner)
            .add("` has it as `#[dynamo(ttl)]`): rename the field with `#[serde(rename = \"..\")]`");
        refuse(&if entity.lock { *message } else { message.add(", or mark it `#[dynamo(ttl)]`") });
    }
}

/// The first entity with a time to live, and its attribute.
const fn expiry(table: &TableSchema) -> Option<(&'static str, &'static str)> {
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        if let Some(ttl) = entity.ttl {
            return Some((entity.name, ttl));
        }
        entities = rest;
    }
    None
}

const fn of(entity: &EntitySchema) -> Message {
    Message::new("`").add(entity.name).add("` ")
}

const fn clash(entity: &EntitySchema, attribute: &str, what: &str) -> Message {
    Message::new("`")
        .add(entity.name)
        .add("` stores a field as `")
        .add(attribute)
        .add("`, and its table keeps ")
        .add(what)
        .add(" under that name: rename the field")
}

const fn is_own_key(attribute: &str, mut keys: &[KeyAttribute]) -> bool {
    while let [key, rest @ ..] = keys {
        if same(attribute, key.attribute) && key.is_own() {
            return true;
        }
        keys = rest;
    }
    false
}

/// A key attribute that is in two keys (an index may have a key of the table as its own) has one value.
#[track_caller]
const fn check_one_value(entity: &EntitySchema) {
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        let mut others = rest;
        while let [other, more @ ..] = others {
            if same(key.attribute, other.attribute) && !key.pattern.same(&other.pattern) {
                refuse(
                    &Message::new("`")
                        .add(entity.name)
                        .add("` gives the key attribute `")
                        .add(key.attribute)
                        .add("` two values, `")
                        .pattern(&key.pattern)
                        .add("` and `")
                        .pattern(&other.pattern)
                        .add("`, and an item has one: write the same in both places"),
                );
            }
            others = more;
        }
        keys = rest;
    }
}

const fn has_sort_key(mut keys: &[KeyAttribute]) -> bool {
    while let [key, rest @ ..] = keys {
        if key.index.is_none() && matches!(key.position, Position::Sort) {
            return true;
        }
        keys = rest;
    }
    false
}
