//! A field in a key, and a field that may be absent.

use super::refuse;
use crate::schema::{Form, Message, Spec, TextForm};

/// A field in a text template: may its type stand there, and as the template says?
#[track_caller]
pub const fn check_segment(place: &[&str; 3], form: Form, spec: Spec, primary: bool) {
    let [_, field, _] = place;
    if form.optional && primary {
        refuse(
            &in_key(place)
                .add("may be absent, and a primary key needs every one of its fields: ")
                .add("take the `Option` off, or key the item by another field"),
        );
    }
    match form.text {
        TextForm::Integer { digits, .. } => {
            if spec.is_plain() {
                refuse(
                    &in_key(place)
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
                    &in_key(place)
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
                refuse(&in_key(place).add("is text, and a width is for integers: write `{").add(field).add("}`"));
            }
            if spec.descending {
                refuse(
                    &in_key(place)
                        .add("is text, which has no descending form: query backwards instead, and write `{")
                        .add(field)
                        .add("}`"),
                );
            }
        }
    }
}

/// How its sentences begin. Only those that are shown are built.
const fn in_key(place: &[&str; 3]) -> Message {
    let [entity, field, template] = place;
    Message::new("`").add(entity).add("::").add(field).add("` in the key `").add(template).add("` ")
}

/// The version of an entity with a time to live.
#[track_caller]
pub const fn check_lasting(place: &[&str; 3], may_expire: bool) {
    let [entity, version, ttl] = place;
    if !may_expire {
        refuse(
            &Message::new("`")
                .add(entity)
                .add("::")
                .add(version)
                .add("` is a lock's lease, and `")
                .add(ttl)
                .add("` would let DynamoDB delete it: its fencing token would start again; take `#[dynamo(ttl)]` off"),
        );
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
