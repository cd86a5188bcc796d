//! Two entities of one table: their names, keys and types.

use super::overlap::check_overlap;
use super::refuse;
use crate::schema::collide::may_collide;
use crate::schema::text::same;
use crate::schema::{EntitySchema, KeyAttribute, Message, Pattern, Piece, Position, TableSchema};

/// Two entities of one table: can they have the same key, one attribute in two types, or two time-to-live attributes?
#[track_caller]
pub(super) const fn check_pair(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) {
    if a.name.is_empty() || b.name.is_empty() {
        return; // reported already
    }
    if same(a.type_name, b.type_name) {
        refuse(
            &both(table, a, b)
                .add("are both stored as `")
                .add(a.type_name)
                .add("`: give one of them another name with `#[dynamo(name = \"..\")]`"),
        );
    }
    if let (Some(x), Some(y)) = (a.ttl, b.ttl)
        && !same(x, y)
    {
        refuse(
            &both(table, a, b).add("expire by `").add(x).add("` and by `").add(y).add(
                "`, and a table has one time-to-live attribute: rename one field with `#[serde(rename = \"..\")]`",
            ),
        );
    }
    let mut left = a.keys;
    while let [x, rest @ ..] = left {
        let mut right = b.keys;
        while let [y, more @ ..] = right {
            if same(x.attribute, y.attribute) && !x.pattern.kind().same(y.pattern.kind()) {
                refuse(
                    &start(table)
                        .add("the key attribute `")
                        .add(x.attribute)
                        .add("` is a ")
                        .add(x.pattern.kind().word())
                        .add(" for `")
                        .add(a.name)
                        .add("` and a ")
                        .add(y.pattern.kind().word())
                        .add(" for `")
                        .add(b.name)
                        .add("`, and DynamoDB takes one type: give them one type, or different attributes"),
                );
            }
            right = more;
        }
        left = rest;
    }
    if primary_keys_meet(a.keys, b.keys) {
        refuse(&remedy(
            &start(table)
                .add("`")
                .add(a.name)
                .add("` with the key ")
                .primary_key(a.keys)
                .add(" and `")
                .add(b.name)
                .add("` with the key ")
                .primary_key(b.keys)
                .add(" can meet: give one of them a literal of its own, for example "),
            a,
            b,
        ));
    }
    check_overlap(table, a, b);
    check_overlap(table, b, a);
}

/// How its sentences begin. Only those that are shown are built: a table has many pairs.
const fn start(table: &TableSchema) -> Message {
    Message::new("table `").add(table.name).add("`: ")
}

const fn both(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) -> Message {
    start(table).add("`").add(a.name).add("` and `").add(b.name).add("` ")
}

/// `` `sk = "ORDER#{number}"` ``: the last key of the primary key with a literal, of the entity that begins with a
/// field there.
const fn remedy(message: &Message, a: &EntitySchema, b: &EntitySchema) -> Message {
    let (Some(of_a), Some(of_b)) = (last_primary(a.keys), last_primary(b.keys)) else { return *message };
    let (entity, key) =
        if begins_with_field(&of_a.pattern) && !begins_with_field(&of_b.pattern) { (a, of_a) } else { (b, of_b) };
    message
        .add(match key.position {
            Position::Partition => "`pk = \"",
            Position::Sort => "`sk = \"",
        })
        .capitals(entity.type_name)
        .add("#")
        .pattern(&key.pattern)
        .add("\"` on `")
        .add(entity.name)
        .add("`")
}

const fn begins_with_field(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Native { .. } | Pattern::Template([Piece::Field { .. }, ..]))
}

const fn last_primary(keys: &[KeyAttribute]) -> Option<&KeyAttribute> {
    let mut last = None;
    let mut rest = keys;
    while let [key, more @ ..] = rest {
        if key.index.is_none() {
            last = Some(key);
        }
        rest = more;
    }
    last
}

/// Whether every attribute of the primary key can be the same for both.
const fn primary_keys_meet(a: &[KeyAttribute], b: &[KeyAttribute]) -> bool {
    let mut left = a;
    while let [x, rest @ ..] = left {
        let mut right = b;
        while let [y, more @ ..] = right {
            let one_attribute = x.index.is_none() && y.index.is_none() && same(x.attribute, y.attribute);
            if one_attribute && !may_collide(&x.pattern, &y.pattern) {
                return false;
            }
            right = more;
        }
        left = rest;
    }
    true
}
