//! The checks that the compiler runs on constants. Each failing one is a sentence: rule, place, remedy.

use super::collide::may_meet;
use super::message::{is_among, same};
use super::{
    EntitySchema, Form, IndexKind, IndexSchema, KeyAttribute, Message, Pattern, Piece, Position, Spec, TableSchema,
    TextForm,
};

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
                refuse(
                    &start
                        .add("has a wider place than its type ever needs: write `{")
                        .add(field)
                        .add(":0")
                        .number(digits as usize)
                        .add(if spec.descending { ",desc}` at most" } else { "}` at most" }),
                );
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
    if index.name.is_empty() {
        return; // of a table that is reported already
    }
    let start = Message::new("`").add(entity).add("` on the index `").add(index.name).add("` ");
    match (index.kind, partition) {
        (IndexKind::Local, Some(_)) => {
            refuse(&start.add("gives a `pk`, and a local index has the table's partition key: take the `pk` off"))
        }
        (IndexKind::Global, None) => {
            refuse(&start.add("gives no `pk`, and a global index has a partition key of its own: add `pk = \"..\"`"));
        }
        (IndexKind::Global, Some(given)) => check_count(&start, given, "pk", index.partition_key),
        (IndexKind::Local, None) => {}
    }
    check_count(&start, sort, "sk", index.sort_key);
}

/// As many fields or templates are given as the key has attributes.
#[track_caller]
const fn check_count(start: &Message, given: usize, what: &str, attributes: &[&str]) {
    let needed = attributes.len();
    if given == needed {
        return;
    }
    let start = *start;
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

/// An entity's attributes against those that the library writes beside them, and its keys against the table's.
#[track_caller]
pub const fn check_attributes(entity: &EntitySchema, table: &TableSchema) {
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
    let mut attributes = entity.attributes;
    while let [attribute, rest @ ..] = attributes {
        if same(attribute, table.type_attribute) {
            refuse(&clash(entity, attribute, "the entity's type").add(" with `#[serde(rename = \"..\")]`"));
        }
        if is_key(attribute, table) && !is_own_key(attribute, entity.keys) {
            refuse(
                &clash(entity, attribute, "a key")
                    .add(" with `#[serde(rename = \"..\")]`, or make it that key (`pk = the_field`)"),
            );
        }
        attributes = rest;
    }
    check_one_value(entity);
    let start = Message::new("`").add(entity.name).add("` ");
    match (table.sort_key, has_sort_key(entity.keys)) {
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
        .add(" under that name: rename the field")
}

/// Whether the attribute is a key of the table or of one of its indexes.
const fn is_key(attribute: &str, table: &TableSchema) -> bool {
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        if is_among(attribute, index.partition_key) || is_among(attribute, index.sort_key) {
            return true;
        }
        indexes = rest;
    }
    let sort = match table.sort_key {
        Some(name) => same(attribute, name),
        None => false,
    };
    sort || same(attribute, table.partition_key)
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

/// Two entities of one table: can they have the same key, one attribute in two types, or two time-to-live attributes?
#[track_caller]
pub const fn check_pair(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) {
    if a.name.is_empty() || b.name.is_empty() {
        return; // reported already
    }
    let start = Message::new("table `").add(table.name).add("`: ");
    let both = start.add("`").add(a.name).add("` and `").add(b.name).add("` ");
    if same(a.type_name, b.type_name) {
        refuse(
            &both
                .add("are both stored as `")
                .add(a.type_name)
                .add("`: give one of them another name with `#[dynamo(name = \"..\")]`"),
        );
    }
    if let (Some(x), Some(y)) = (a.ttl, b.ttl)
        && !same(x, y)
    {
        refuse(
            &both.add("expire by `").add(x).add("` and by `").add(y).add(
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
            &start
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
            if one_attribute && !may_meet(&x.pattern, &y.pattern) {
                return false;
            }
            right = more;
        }
        left = rest;
    }
    true
}
