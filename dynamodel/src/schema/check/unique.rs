//! Tables with unique fields: where their sentinels lie, no item can.

use super::refuse;
use crate::schema::collide::may_begin;
use crate::schema::table::SENTINEL_KEY;
use crate::schema::text::same;
use crate::schema::{EntitySchema, KeyKind, Message, Pattern, Position};

/// The partition key of an entity whose table has unique fields, against those of the sentinels.
#[track_caller]
pub(super) const fn check_sentinels(entity: &EntitySchema) {
    let mut keys = entity.keys;
    while let [key, rest @ ..] = keys {
        if key.index.is_none() && matches!(key.position, Position::Partition) {
            if !key.pattern.kind().same(KeyKind::S) {
                refuse(
                    &Message::new("the partition key of `")
                        .add(entity.name)
                        .add("` is a ")
                        .add(key.pattern.kind().word())
                        .add(", and its table has unique fields, whose sentinels have text there: write a template, `pk = \"")
                        .capitals(entity.name)
                        .add("#")
                        .pattern(&key.pattern)
                        .add("\"`"),
                );
            }
            // A field by itself can hold any text: there the values are looked at when they are written.
            if matches!(key.pattern, Pattern::Template(_)) && may_begin(&key.pattern, SENTINEL_KEY) {
                refuse(
                    &Message::new("the partition key of `")
                        .add(entity.name)
                        .add("` can begin with `")
                        .add(SENTINEL_KEY)
                        .add("`, where the sentinels of unique fields lie: begin it with another literal"),
                );
            }
        }
        keys = rest;
    }
    if same(entity.type_name, crate::schema::table::SENTINEL_TYPE) {
        refuse(
            &Message::new("`")
                .add(entity.name)
                .add("` is stored as `")
                .add(entity.type_name)
                .add("`, as the sentinels of unique fields are: give it another `name`"),
        );
    }
}
