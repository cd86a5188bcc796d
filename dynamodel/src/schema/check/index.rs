//! An entity's keys on an index.

use super::refuse;
use crate::schema::{IndexKind, IndexSchema, Message};

/// The attribute of an index's key that stands at a place; empty where [`check_index`] has a sentence for it.
pub const fn index_attribute(mut attributes: &'static [&'static str], mut at: usize) -> &'static str {
    while let [first, rest @ ..] = attributes {
        if at == 0 {
            return first;
        }
        at -= 1;
        attributes = rest;
    }
    ""
}

/// An entity's keys on an index are as many as the index has. `partition` is `None` where the entity gives none, as on
/// a local index.
#[track_caller]
pub const fn check_index(index: &IndexSchema, entity: &str, partition: Option<usize>, sort: usize) {
    if index.name.is_empty() {
        return; // of a table that is reported already
    }
    let place = [entity, index.name];
    match (index.kind, partition) {
        (IndexKind::Local, Some(_)) => refuse(
            &on_index(place).add("gives a `pk`, and a local index has the table's partition key: take the `pk` off"),
        ),
        (IndexKind::Global, None) => {
            refuse(
                &on_index(place)
                    .add("gives no `pk`, and a global index has a partition key of its own: add `pk = \"..\"`"),
            );
        }
        (IndexKind::Global, Some(given)) => check_count(place, given, "pk", index.partition_key),
        (IndexKind::Local, None) => {}
    }
    check_count(place, sort, "sk", index.sort_key);
}

/// How its sentences begin. Only those that are shown are built.
const fn on_index(place: [&str; 2]) -> Message {
    let [entity, index] = place;
    Message::new("`").add(entity).add("` on the index `").add(index).add("` ")
}

/// As many fields or templates are given as the key has attributes.
#[track_caller]
const fn check_count(place: [&str; 2], given: usize, what: &str, attributes: &[&str]) {
    let needed = attributes.len();
    if given == needed {
        return;
    }
    let start = on_index(place);
    refuse(&match (given, attributes) {
        (0, [only]) => {
            start.add("gives no `sk`, and the index has a sort key, `").add(only).add("`: add `sk = \"..\"`")
        }
        (_, []) => start.add("gives an `sk`, and the index has no sort key: take the `sk` off, or give the index one"),
        _ => start
            .add("gives ")
            .number(given)
            .add(if given == 1 { " attribute as its `" } else { " attributes as its `" })
            .add(what)
            .add("`, and the index has ")
            .number(needed)
            .add(": give one field or template for each, in the index's order"),
    });
}
