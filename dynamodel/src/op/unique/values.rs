//! What an item says that sentinels follow from: its unique fields, and when it expires.

use super::sentinel::LONGEST;
use crate::entity::Entity;
use crate::error::{Error, ErrorKind, Result};
use crate::expr::Node;
use crate::key::KeyPart as _;
use crate::op::item_json;
use crate::schema::{EntitySchema, SENTINEL_KEY, Spec, UniqueSchema};
use crate::wire::{self, CodecError, Number, Reader};

/// The attributes that sentinels follow from, each with its value or none.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    entity: &'static EntitySchema,
    values: Vec<(&'static str, Option<Value>)>,
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values
    }
}

/// A value in the one form in which two are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    Number(String),
    Binary(String),
    /// NULL, as other programs store an absent value: no sentinel follows from it, but it is not the same as none.
    Null,
    /// DynamoDB JSON of another type: no sentinel follows from it.
    Other(String),
}

/// The names of the attributes that sentinels follow from.
pub(crate) fn watched(entity: &EntitySchema) -> Vec<&'static str> {
    let mut out = Vec::with_capacity(4);
    for name in entity.unique.iter().flat_map(|unique| unique.attributes).copied().chain(entity.ttl) {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// What the partition keys of the sentinels of what is unique begin with; a `#` and the values follow.
pub(crate) fn sentinel_start(entity: &EntitySchema, unique: &UniqueSchema) -> String {
    let mut out = String::with_capacity(64);
    out.push_str(SENTINEL_KEY);
    out.push_str(entity.type_name);
    out.push('#');
    out.push_str(unique.name);
    out
}

impl Values {
    /// What the item says.
    ///
    /// # Errors
    /// When it is not an item.
    pub(crate) fn of(entity: &'static EntitySchema, item: &str) -> Result<Self> {
        let mut values: Vec<_> = watched(entity).into_iter().map(|name| (name, None)).collect();
        let read =
            Reader::from_str(item).object(|reader, found| match values.iter_mut().find(|(name, _)| *name == found) {
                Some((_, value)) => {
                    *value = Value::of(reader.raw()?)?;
                    Ok(())
                }
                None => reader.skip(),
            });
        read.map_err(|error| unreadable(entity, error))?;
        Ok(Self { entity, values })
    }

    /// What a value says of an entity with unique fields; `None` where it cannot be stored, which shows later.
    pub(crate) fn of_entity<E: Entity>(entity: &E) -> Option<Self> {
        if E::SCHEMA.unique.is_empty() {
            return None;
        }
        let item = item_json(entity).ok()?;
        Self::of(E::SCHEMA, &String::from_utf8_lossy(&item)).ok()
    }

    /// Puts another value in an attribute's place, given as DynamoDB JSON.
    pub(crate) fn set(&mut self, name: &str, wire: Option<&str>) -> Result<()> {
        let value = wire.map(Value::of).transpose().map_err(|error| unreadable(self.entity, error))?.flatten();
        if let Some((_, slot)) = self.values.iter_mut().find(|(known, _)| *known == name) {
            *slot = value;
        }
        Ok(())
    }

    /// The attributes have these very values.
    pub(crate) fn condition(&self) -> Option<Node> {
        Node::all(self.values.iter().map(|(name, value)| match value {
            None => Node::not_exists(name),
            Some(value) => Node::compare(name, "=", name, value.wire()),
        }))
    }

    /// When the item expires, as DynamoDB JSON.
    pub(crate) fn expiry(&self) -> Option<Vec<u8>> {
        self.get(self.entity.ttl?).filter(|value| **value != Value::Null).map(Value::wire)
    }

    /// The partition key of the sentinel that holds what is unique; `None` where a value is absent.
    ///
    /// # Errors
    /// When a value is of a type of which it is not known when two are the same.
    pub(crate) fn sentinel(&self, unique: &UniqueSchema) -> Result<Option<String>> {
        let mut out = sentinel_start(self.entity, unique);
        for name in unique.attributes {
            out.push('#');
            match self.get(name) {
                None | Some(Value::Null) => return Ok(None),
                Some(Value::Text(text)) => {
                    // Text has a text.
                    let _written = text.as_str().text(Spec::PLAIN, &mut out);
                }
                Some(Value::Number(text) | Value::Binary(text)) => out.push_str(text),
                Some(Value::Other(_)) => {
                    let message = "is stored neither as a string nor as a number nor as binary, so it cannot be unique";
                    return Err(Error::new(ErrorKind::InvalidValue, message)
                        .of_entity(self.entity.name)
                        .at_attribute(*name));
                }
            }
        }
        Ok(Some(out))
    }

    /// The same of a value as it is stored; `None` also where it is such that no sentinel can hold it.
    pub(crate) fn stored_sentinel(&self, unique: &UniqueSchema) -> Option<String> {
        self.sentinel(unique).ok().flatten().filter(|key| key.len() <= LONGEST)
    }

    /// Whether what is unique is the same in both.
    pub(crate) fn same(&self, other: &Self, unique: &UniqueSchema) -> bool {
        unique.attributes.iter().all(|name| self.get(name) == other.get(name))
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.as_ref())
    }
}

fn unreadable(entity: &EntitySchema, error: CodecError) -> Error {
    Error::new(ErrorKind::Decode, "the unique values of an item cannot be read; the source says why")
        .of_entity(entity.name)
        .with_source(error)
}

impl Value {
    /// The value of DynamoDB JSON (`{"S":"x"}`).
    fn of(wire: &str) -> Result<Option<Self>, CodecError> {
        let mut value = None;
        Reader::from_str(wire).object(|reader, tag| {
            value = match tag {
                "S" => Some(Self::Text(reader.string()?.into_owned())),
                "N" => {
                    let text = reader.string()?;
                    let number = text.parse::<Number>().map(|number| number.to_string());
                    Some(Self::Number(number.unwrap_or_else(|_| text.into_owned())))
                }
                "B" => Some(Self::Binary(reader.string()?.into_owned())),
                "NULL" => {
                    reader.skip()?;
                    Some(Self::Null)
                }
                _ => {
                    reader.skip()?;
                    Some(Self::Other(wire.to_owned()))
                }
            };
            Ok(())
        })?;
        Ok(value)
    }

    fn wire(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(32);
        match self {
            Self::Text(text) => wire::write_s(&mut out, text),
            Self::Number(text) => wire::write_n(&mut out, text),
            Self::Binary(text) => {
                out.extend_from_slice(b"{\"B\":");
                wire::write_string(&mut out, text);
                out.push(b'}');
            }
            Self::Null => out.extend_from_slice(b"{\"NULL\":true}"),
            Self::Other(json) => out.extend_from_slice(json.as_bytes()),
        }
        out
    }
}
