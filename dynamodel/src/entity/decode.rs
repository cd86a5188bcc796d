//! One item's text as an entity, and what to say when it is none.

use super::conceal::conceal;
use super::traits::WireValue;
use super::{Entity, Key, KeyOnlyFields, Projection, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyValue, Parts};
use crate::schema::EntitySchema;
use crate::wire::{CodecError, ItemView, Reader, WatchedAttribute, read_item, read_value};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;

/// Reads the item that stands next. On any trouble it is looked at once more, to name its key and its kind.
pub(crate) fn decode<P: Projection>(reader: &mut Reader<'_>) -> Result<P> {
    if P::FROM_KEYS || (P::ATTRIBUTES.is_none() && !P::Entity::KEY_ONLY.is_empty()) {
        return decode_with_key(reader.raw().map_err(|error| unreadable::<P::Entity>("", error))?);
    }
    decode_plain(reader, &[])
}

/// Fields that are kept in keys alone, or that an index has in its keys alone: they are shown to serde as if they were
/// attributes.
fn decode_with_key<P: Projection<Entity = E>, E: Entity>(item: &str) -> Result<P> {
    let mut texts: Vec<(&'static str, String)> = Vec::with_capacity(E::KEY_ONLY.len());
    let mut show = |name, value: &dyn WireValue| {
        let mut wire = Vec::new();
        value.write_wire(&mut wire).map_err(|error| unreadable::<E>(item, error))?;
        texts.push((name, String::from_utf8_lossy(&wire).into_owned()));
        Ok(())
    };
    let found = if P::FROM_KEYS {
        P::from_keys(&ItemKeys { entity: E::SCHEMA, item }, &mut show)
    } else {
        key_of::<E>(item).and_then(|key| E::from_key(&key, &mut show))
    };
    if let Err(error) = found {
        return Err(match stored_type::<E>(item) {
            Some(other) if other != E::SCHEMA.type_name => wrong_entity::<E>(item, &other),
            _ => Error::new(ErrorKind::Decode, "the stored item's key cannot be read; the source says why")
                .of_entity(E::SCHEMA.name)
                .at_key(key_text::<E>(item))
                .with_source(error),
        });
    }
    let extra: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    decode_plain(&mut Reader::from_str(item), &extra)
}

/// The primary key of an item.
fn key_of<E: Entity>(item: &str) -> Result<Key<E>> {
    let value = |name| {
        let value = peek_key(item, name);
        value.ok_or_else(|| Error::new(ErrorKind::InvalidKey, "is not a key attribute").at_attribute(name))
    };
    let partition = value(E::Table::PARTITION_KEY)?;
    Ok(Key::from_values(partition, E::Table::SORT_KEY.map(value).transpose()?))
}

/// A key attribute's value; `None` where it is absent or none.
pub(crate) fn peek_key(item: &str, wanted: &str) -> Option<KeyValue> {
    let mut found = None;
    let read = Reader::from_str(item).object(|reader, name| {
        if name != wanted {
            return reader.skip();
        }
        reader.object(|reader, tag| {
            let text = reader.string()?.into_owned();
            found = match tag {
                "S" => Some(KeyValue::S(text)),
                "N" => Some(KeyValue::N(text)),
                "B" => STANDARD.decode(text).ok().map(KeyValue::B),
                _ => None,
            };
            Ok(())
        })
    });
    read.ok().and(found)
}

/// The key attributes of an item, those of indexes too, to be taken apart by the templates of its entity.
#[doc(hidden)]
#[derive(Debug)]
pub struct ItemKeys<'a> {
    entity: &'static EntitySchema,
    item: &'a str,
}

impl ItemKeys<'_> {
    /// The value of a field, from the first key attribute that names it and that the item has.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidKey`] when its place holds no value of its type.
    pub fn field<T>(&self, name: &str, read: fn(&Parts<'_>, &str) -> Result<Option<T>>) -> Result<Option<T>> {
        for key in self.entity.keys.iter().filter(|key| key.names(name)) {
            if let Some(value) = peek_key(self.item, key.attribute) {
                return read(&Parts::of(key, &value)?, name);
            }
        }
        Ok(None)
    }

    /// Shows a field's value, under its stored name, unless an attribute of the item is the field itself.
    ///
    /// # Errors
    /// As `field`, and when the value cannot be written.
    pub fn show<T: WireValue>(
        &self,
        name: &str,
        read: fn(&Parts<'_>, &str) -> Result<Option<T>>,
        stored: &'static str,
        show: KeyOnlyFields<'_>,
    ) -> Result<()> {
        let mut keys = self.entity.keys.iter().filter(|key| key.names(name));
        if keys.any(|key| key.is_own() && peek_key(self.item, key.attribute).is_some()) {
            return Ok(());
        }
        match self.field(name, read)? {
            Some(value) => show(stored, &value),
            None => Ok(()),
        }
    }
}

/// Whether the item's primary key has the form of the entity's.
pub(super) fn has_key_of(item: &str, entity: &EntitySchema) -> bool {
    let mut keys = entity.keys_of(None).peekable();
    keys.peek().is_some()
        && keys.all(|key| peek_key(item, key.attribute).is_some_and(|value| Parts::of(key, &value).is_ok()))
}

fn decode_plain<'de, P, E>(reader: &mut Reader<'de>, extra: &'de [(&'de str, &'de str)]) -> Result<P>
where
    P: Projection<Entity = E>,
    E: Entity,
{
    let before = reader.clone();
    let item = || before.clone().raw().unwrap_or_default();
    let watch = WatchedAttribute::new(E::Table::TYPE_ATTRIBUTE);
    let view = ItemView { hide: E::HIDDEN, extra, watch: Some(&watch) };
    match read_item::<P>(reader, &view) {
        Ok(entity) => match watch.found().map(type_name) {
            Some(Some(found)) if found == E::SCHEMA.type_name => Ok(entity),
            Some(found) => Err(wrong_entity::<E>(item(), found.as_deref().unwrap_or("?"))),
            // Items of other writers may have no type.
            None => Ok(entity),
        },
        Err(error) => Err(match stored_type::<E>(item()) {
            Some(other) if other != E::SCHEMA.type_name => wrong_entity::<E>(item(), &other),
            _ => unreadable::<E>(item(), error),
        }),
    }
}

/// Reads an item by itself.
pub(crate) fn decode_text<P: Projection>(item: &str) -> Result<P> {
    decode(&mut Reader::from_str(item))
}

/// The text of a string attribute.
fn type_name(text: &str) -> Option<Cow<'_, str>> {
    let mut found = None;
    let read = Reader::from_str(text).object(|reader, tag| {
        found = (tag == "S").then(|| reader.string()).transpose()?;
        Ok(())
    });
    read.ok().and(found)
}

/// What the entity-type attribute says; `None` where an item has none, as items of other writers may.
fn stored_type<E: Entity>(item: &str) -> Option<String> {
    attribute(item, E::Table::TYPE_ATTRIBUTE)
}

/// A string or number attribute's text, for messages.
pub(super) fn attribute(item: &str, wanted: &str) -> Option<String> {
    let mut found = None;
    let read = Reader::from_str(item).object(|reader, name| {
        if name != wanted {
            return reader.skip();
        }
        reader.object(|reader, _| {
            found = Some(reader.string()?.into_owned());
            Ok(())
        })
    });
    read.ok().and(found)
}

/// The item's primary key, as text for people.
pub(crate) fn key_text<E: Entity>(item: &str) -> String {
    key_text_of::<E::Table>(item)
}

/// The same of an item of any of the table's entities.
pub(crate) fn key_text_of<T: Table>(item: &str) -> String {
    let partition = attribute(item, T::PARTITION_KEY).unwrap_or_else(|| "?".to_owned());
    match T::SORT_KEY {
        Some(name) => format!("{partition} / {}", attribute(item, name).unwrap_or_else(|| "?".to_owned())),
        None => partition,
    }
}

fn wrong_entity<E: Entity>(item: &str, found: &str) -> Error {
    Error::new(
        ErrorKind::WrongEntity,
        format!(
            "under this key lies a `{found}`, not a `{}`: two writers use one key; give their templates different literals",
            E::SCHEMA.type_name
        ),
    )
    .of_entity(E::SCHEMA.name)
    .at_key(key_text::<E>(item))
}

fn unreadable<E: Entity>(item: &str, error: CodecError) -> Error {
    let error = error.concealed(|message| conceal(message, item));
    let (expected, found) = (error.expected().unwrap_or("?").to_owned(), error.found().unwrap_or("?").to_owned());
    let path = error.path().to_owned();
    let message = if error.expected().is_some() {
        format!("the stored item cannot be read: expected {expected}, found {found}")
    } else {
        "the stored item cannot be read; the source says why".to_owned()
    };
    Error::new(ErrorKind::Decode, message)
        .of_entity(E::SCHEMA.name)
        .at_key(key_text::<E>(item))
        .at_attribute(path)
        .with_source(error)
}

/// Reads one attribute of an item by itself; `None` where it is absent or of another type.
pub(crate) fn peek<T: serde::de::DeserializeOwned>(item: &str, wanted: &str) -> Option<T> {
    let mut found = None;
    let read = Reader::from_str(item).object(|reader, name| {
        if name != wanted {
            return reader.skip();
        }
        found = Some(reader.raw()?);
        Ok(())
    });
    let text = read.ok().and(found)?;
    read_value(&mut Reader::from_str(text)).ok()
}
