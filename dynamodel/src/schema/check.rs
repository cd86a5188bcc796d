//! The checks that the compiler runs on constants. Each failing one is a sentence: rule, place, remedy.

use super::collide::may_meet;
use super::message::same;
use super::{EntitySchema, Form, IndexKind, IndexSchema, KeyAttribute, Message, Position, Spec, TableSchema, TextForm};

/// Stops the build with a finished sentence. Only ever evaluated by the compiler.
#[track_caller]
#[expect(clippy::panic, reason = "this is how a constant refuses to compile; no run-time path leads here")]
const fn refuse(message: &Message) -> ! {
    panic!("{}", message.as_str())
}

/// A field in a text template: may its type stand there, and as the template says?
#[track_caller]
pub const fn check_segment(place: &[&str; 3], form: Form, spec: Spec, primary: bool) {
    let [entity, field, template] = place;
    let start = Message::new("`").add(entity).add("::").add(field).add("` in the key `").add(template).add("` ");
    if form.optional && primary {
        refuse(
            &start
                .add("may be absent, and a primary key needs every one of its fields: ")
                .add("take the `Option` off, or key the item by another field"),
        );
    }
    match form.text {
        TextForm::Integer { digits, .. } => {
            if spec.is_plain() {
                refuse(
                    &start
                        .add("is an integer with no width, and as text 10 sorts before 9: write `{")
                        .add(field)
                        .add(if digits >= 10 { ":010" } else { ":03" })
                        .add("}` with as many digits as it can ever need, or `{")
                        .add(field)
                        .add(":desc}` for the largest first"),
                );
            }
            if let Some(width) = spec.width
                && width > digits
            {
                refuse(&start.add("has more digits in its width than its type can ever have: write fewer"));
            }
        }
        TextForm::Text | TextForm::Fixed(_) => {
            if spec.width.is_some() {
                refuse(&start.add("is text, and a width is for integers: write `{").add(field).add("}`"));
            }
            if spec.descending {
                refuse(
                    &start
                        .add("is text, which has no descending form: query backwards instead, and write `{")
                        .add(field)
                        .add("}`"),
                );
            }
        }
    }
}

/// A field that is a key attribute by itself.
#[track_caller]
pub const fn check_native(place: &[&str; 2], form: Form, primary: bool) {
    let [entity, field] = place;
    if !form.native {
        refuse(
            &Message::new("`")
                .add(entity)
                .add("::")
                .add(field)
                .add("` cannot be a key by itself: the text that serde stores of its type is not in the order of its values; write `\"{")
                .add(field)
                .add("}\"`, or take `dynamodel::Timestamp`"),
        );
    }
    if form.optional && primary {
        refuse(
            &Message::new("`")
                .add(entity)
                .add("::")
                .add(field)
                .add("` is the primary key and may be absent: take the `Option` off, or key the item by another field"),
        );
    }
}

/// A field with `serde(with = ..)` and without a default: an absent attribute is no `None` for serde then.
#[track_caller]
pub const fn check_with(place: &[&str; 2], is_option: bool) {
    let [entity, field] = place;
    if is_option {
        refuse(
            &Message::new("`")
                .add(entity)
                .add("::")
                .add(field)
                .add("` is an `Option` with `serde(with = ..)`, which cannot read an absent attribute: add `default` to its `#[serde(..)]`"),
        );
    }
}

/// A field with `skip_serializing_if` and without a default must be an `Option`: else it cannot be read once left out.
#[track_caller]
pub const fn check_left_out(place: &[&str; 2], is_option: bool) {
    let [entity, field] = place;
    if !is_option {
        refuse(
            &Message::new("`")
                .add(entity)
                .add("::")
                .add(field)
                .add("` is left out at times (`skip_serializing_if`), and could not be read then: add `default` to its `#[serde(..)]`"),
        );
    }
}

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
    let start = Message::new("`").add(entity).add("` on the index `").add(index.name).add("` ");
    match (index.kind, partition) {
        (IndexKind::Local, Some(_)) => {
            refuse(&start.add("gives a `pk`, and a local index has the table's partition key: take the `pk` off"))
        }
        (IndexKind::Global, None) => {
            refuse(&start.add("gives no `pk`, and a global index has a partition key of its own: add `pk = \"..\"`"));
        }
        (IndexKind::Global, Some(given)) if given != index.partition_key.len() => {
            refuse(&counted(&start, given, "pk", index.partition_key.len()));
        }
        _ => {}
    }
    if sort != index.sort_key.len() {
        refuse(&counted(&start, sort, "sk", index.sort_key.len()));
    }
}

const fn counted(message: &Message, given: usize, what: &str, needed: usize) -> Message {
    (*message)
        .add("gives ")
        .digit(given)
        .add(" attribute(s) as its `")
        .add(what)
        .add("`, and the index has ")
        .digit(needed)
        .add(": give one field or template for each, in the index's order")
}

/// The names of an entity's attributes against those that the library writes beside them.
#[track_caller]
pub const fn check_attributes(entity: &EntitySchema, table: &TableSchema) {
    let TableSchema { type_attribute, sort_key, .. } = table;
    let mut attributes = entity.attributes;
    while let [attribute, rest @ ..] = attributes {
        if same(attribute, type_attribute) {
            refuse(&clash(entity, attribute, "the entity's type"));
        }
        let mut keys = entity.keys;
        while let [key, more @ ..] = keys {
            if same(attribute, key.attribute) && !key.is_own() {
                refuse(&clash(entity, attribute, "a key"));
            }
            keys = more;
        }
        attributes = rest;
    }
    let start = Message::new("`").add(entity.name).add("` ");
    match (*sort_key, has_sort_key(entity.keys)) {
        (Some(name), false) => refuse(
            &start
                .add("has no `sk`, and its table has a sort key, `")
                .add(name)
                .add("`: add `sk = \"..\"` to `#[dynamo(..)]`, a constant if there is one item a partition"),
        ),
        (None, true) => {
            refuse(&start.add("has an `sk`, and its table has no sort key: take it off, or give the table one"));
        }
        _ => {}
    }
}

const fn clash(entity: &EntitySchema, attribute: &str, what: &str) -> Message {
    Message::new("`")
        .add(entity.name)
        .add("` stores a field as `")
        .add(attribute)
        .add("`, and its table keeps ")
        .add(what)
        .add(" under that name: rename the field with `#[serde(rename = \"..\")]`")
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

/// Two entities of one table: can they have the same key, one attribute in two types, or two time-to-live attributes?
#[track_caller]
pub const fn check_pair(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) {
    let start = Message::new("table `").add(table.name).add("`: `").add(a.name).add("` and `").add(b.name).add("` ");
    if same(a.type_name, b.type_name) {
        refuse(
            &start
                .add("are both stored as `")
                .add(a.type_name)
                .add("`: give one of them another name with `#[dynamo(name = \"..\")]`"),
        );
    }
    if let (Some(x), Some(y)) = (a.ttl, b.ttl)
        && !same(x, y)
    {
        refuse(
            &start.add("expire by `").add(x).add("` and by `").add(y).add(
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
                    &start
                        .add("use the key attribute `")
                        .add(x.attribute)
                        .add("` as a ")
                        .add(x.pattern.kind().word())
                        .add(" and as a ")
                        .add(y.pattern.kind().word())
                        .add(": DynamoDB would refuse one of the writes; give them different attributes or one type"),
                );
            }
            right = more;
        }
        left = rest;
    }
    if primary_keys_meet(a.keys, b.keys) {
        refuse(
            &start
                .add("can have the same key ")
                .pattern(a.keys)
                .add("; give one of them a literal of its own, for example sk = \"")
                .add(b.type_name)
                .add("#..\""),
        );
    }
}

/// Whether every attribute of the primary key can be the same for both.
const fn primary_keys_meet(a: &[KeyAttribute], b: &[KeyAttribute]) -> bool {
    let mut left = a;
    while let [x, rest @ ..] = left {
        let mut right = b;
        while let [y, more @ ..] = right {
            let one_attribute = x.index.is_none() && y.index.is_none() && same(x.attribute, y.attribute);
            if one_attribute && !may_meet(&x.pattern, &y.pattern) {
                return false;
            }
            right = more;
        }
        left = rest;
    }
    true
}
