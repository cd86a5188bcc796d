//! An entity's value as an item: key attributes, entity type, fields.

use super::timestamps::{self, TimestampNames};
use crate::entity::{Entity, Table, each_key};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyValue, Rendered, render_into};
use crate::schema::{KeyAttribute, Position, SENTINEL_KEY};
use crate::wire::{self, CodecError, Patch};
use std::cell::Cell;

/// DynamoDB's limit for one item.
const ITEM_LIMIT: usize = 400 * 1024;

/// What is reserved behind an item for the rest of a request: the table's name, and a version's condition.
const TAIL: usize = 384;

/// The largest buffers that are kept for the next item.
const KEPT: usize = 64 * 1024;

/// Where items are put together. How long one is shows only when it is written: in a buffer that has grown already, no
/// growing happens, and the request takes just the memory that it needs.
#[derive(Default)]
struct Scratch {
    key: String,
    item: Vec<u8>,
}

thread_local! {
    static SCRATCH: Cell<Scratch> = const { Cell::new(Scratch { key: String::new(), item: Vec::new() }) };
}

/// Begins a request with these bytes and the item after them, as DynamoDB JSON, with another version than the value's
/// where one is given, and with placeholders for the timestamps of these names. Gives where these stand, too.
pub(crate) fn begin_with_item<E: Entity>(
    before: &[u8],
    entity: &E,
    version: Option<&[u8]>,
    names: TimestampNames,
) -> Result<(Vec<u8>, Vec<usize>)> {
    // Taken, not borrowed: the value's own `Serialize` may write items too, and then finds an empty one.
    let mut scratch = SCRATCH.try_with(Cell::take).unwrap_or_default();
    scratch.item.clear();
    let written = write(entity, version, names, &mut scratch).map(|mut places| {
        // Of one size that is enough: a request is one allocation.
        let mut out = Vec::with_capacity(before.len() + scratch.item.len() + TAIL);
        out.extend_from_slice(before);
        out.extend_from_slice(&scratch.item);
        for place in &mut places {
            *place += before.len();
        }
        (out, places)
    });
    if scratch.item.capacity().max(scratch.key.capacity()) <= KEPT {
        // A thread that is ending keeps nothing.
        let _ended = SCRATCH.try_with(|kept| kept.set(scratch));
    }
    written
}

/// A value's item by itself, as DynamoDB JSON, with the version and the timestamps that it holds.
pub(crate) fn item_json<E: Entity>(entity: &E) -> Result<Vec<u8>> {
    begin_with_item(&[], entity, None, TimestampNames::default()).map(|(item, _)| item)
}

fn write<E: Entity>(
    entity: &E,
    version: Option<&[u8]>,
    names: TimestampNames,
    scratch: &mut Scratch,
) -> Result<Vec<usize>> {
    let Scratch { key: text, item: out } = scratch;
    out.push(b'{');
    each_key(entity, &mut |key, parts| {
        let rendered = render_into(key, parts, text)?;
        check_reserved::<E>(key, rendered.as_ref())?;
        // An inverted index has the table's own keys the other way round: those are written already.
        if repeats::<E>(key) { Ok(()) } else { write_key(key, rendered, out) }
    })
    .map_err(|error| error.of_entity(E::SCHEMA.name))?;
    member(E::Table::TYPE_ATTRIBUTE, out);
    wire::write_s(out, E::SCHEMA.type_name);
    let version = E::SCHEMA.version.zip(version);
    let places = if names.is_empty() {
        let patch = Patch { omit: E::KEY_ONLY, replace: version.as_slice() };
        wire::write_attributes(out, entity, &patch).map_err(|error| not_storable::<E>(error))?;
        out.push(b'}');
        Vec::new()
    } else {
        let timestamps = names.iter().map(|name| (name, timestamps::PLACEHOLDER));
        let replace: Vec<_> = version.into_iter().chain(timestamps).collect();
        let patch = Patch { omit: E::KEY_ONLY, replace: &replace };
        wire::write_attributes(out, entity, &patch).map_err(|error| not_storable::<E>(error))?;
        out.push(b'}');
        timestamps_in(names, out).map_err(|error| not_storable::<E>(error))?
    };
    check_size::<E>(out)?;
    Ok(places)
}

/// Where the timestamps stand in an item. One that serde has left out is appended.
fn timestamps_in(names: TimestampNames, item: &mut Vec<u8>) -> Result<Vec<usize>, CodecError> {
    let mut places = Vec::with_capacity(2);
    for (name, place) in timestamps::places(item, names)? {
        if let Some(place) = place {
            places.push(place);
            continue;
        }
        item.pop();
        member(name, item);
        places.push(item.len());
        item.extend_from_slice(timestamps::PLACEHOLDER);
        item.push(b'}');
    }
    Ok(places)
}

/// Whether an index's key attribute is one that stands before it in the schema. The derive has seen to it that they
/// have one value.
fn repeats<E: Entity>(key: &KeyAttribute) -> bool {
    let first = E::SCHEMA.keys.iter().find(|known| known.attribute == key.attribute);
    key.index.is_some() && first.is_some_and(|first| first.index != key.index)
}

/// A field that is the partition key by itself can hold any text, but not where the sentinels of unique fields lie.
fn check_reserved<E: Entity>(key: &KeyAttribute, rendered: Option<&Rendered<'_>>) -> Result<()> {
    let text = match rendered {
        Some(Rendered::Text(text)) => *text,
        Some(Rendered::Native(KeyValue::S(text))) => text,
        _ => return Ok(()),
    };
    let is_partition = key.index.is_none() && key.position == Position::Partition;
    if is_partition && text.starts_with(SENTINEL_KEY) && E::Table::SCHEMA.has_unique() {
        let message =
            format!("begins with `{SENTINEL_KEY}`, where the table keeps its unique values: take another one");
        return Err(Error::new(ErrorKind::InvalidKey, message).at_attribute(key.attribute));
    }
    Ok(())
}

fn write_key(key: &KeyAttribute, rendered: Option<Rendered<'_>>, out: &mut Vec<u8>) -> Result<()> {
    match rendered {
        None if key.index.is_none() => {
            Err(Error::new(ErrorKind::InvalidKey, "is absent, and a primary key needs every one of its fields")
                .at_attribute(key.attribute))
        }
        // A field that is the key attribute itself is written with the fields.
        Some(_) if key.is_own() => Ok(()),
        None => Ok(()),
        Some(Rendered::Text(text)) => {
            member(key.attribute, out);
            wire::write_s(out, text);
            Ok(())
        }
        Some(Rendered::Native(value)) => {
            member(key.attribute, out);
            value.write(out);
            Ok(())
        }
    }
}

fn member(name: &str, out: &mut Vec<u8>) {
    if !out.ends_with(b"{") {
        out.push(b',');
    }
    wire::write_string(out, name);
    out.push(b':');
}

/// The codec's complaint about a value, with its place.
pub(crate) fn not_storable<E: Entity>(error: CodecError) -> Error {
    not_storable_text(E::SCHEMA.name, error)
}

/// The codec's complaint about a value of the entity so called.
pub(crate) fn not_storable_text(entity: &'static str, error: CodecError) -> Error {
    let path = error.path().to_owned();
    Error::new(ErrorKind::InvalidValue, "the value cannot be stored; the source says why")
        .of_entity(entity)
        .at_attribute(path)
        .with_source(error)
}

/// The JSON text is never shorter than the item by DynamoDB's rules, so most items need no exact look.
fn check_size<E: Entity>(item: &[u8]) -> Result<()> {
    if item.len() <= ITEM_LIMIT {
        return Ok(());
    }
    let size = size(item).map_err(|error| not_storable::<E>(error))?;
    if size <= ITEM_LIMIT {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::ItemTooLarge,
        format!("the item is {size} bytes by DynamoDB's rules, and an item is at most {ITEM_LIMIT}; split it, or keep the large part elsewhere"),
    )
    .of_entity(E::SCHEMA.name))
}

/// An item's size by DynamoDB's rules.
pub(crate) fn size(item: &[u8]) -> Result<usize, CodecError> {
    let mut reader = wire::Reader::new(item)?;
    wire::item_size(reader.raw()?)
}
