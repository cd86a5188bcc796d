//! Sentinels: the items that hold unique values for their owners, and the actions of a transaction on them.

use crate::entity::Entity;
use crate::entity::{Key, PrimaryKey, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::Node;
use crate::key::KeyValue;
use crate::op::precondition;
use crate::op::{Action, Body, Context, Operation};
use crate::schema::{EntitySchema, KeyKind, SENTINEL_TYPE, TableSchema, UniqueSchema};
use crate::wire::{self, Reader};
use std::collections::BTreeMap;

/// The attributes of a sentinel beside its key, its type and its time to live: what it is for, and whose.
/// Names that no field and no index's key has.
const OF: &str = "$unique_of";
const OWNER: &str = "$owner";
const OWNER_SORT: &str = "$owner_sort";

/// The longest partition key.
pub(super) const LONGEST: usize = 2048;

/// Whose a value is: an item's primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    partition: KeyValue,
    sort: Option<KeyValue>,
}

impl From<(KeyValue, Option<KeyValue>)> for Owner {
    fn from((partition, sort): (KeyValue, Option<KeyValue>)) -> Self {
        Self { partition, sort }
    }
}

impl Owner {
    pub(crate) fn of<E: Entity>(key: &Key<E>) -> Result<Self> {
        let (partition, sort) = key.values()?;
        Ok(Self { partition: partition.clone(), sort: sort.cloned() })
    }

    /// It is this owner's.
    fn node(&self) -> Option<Node> {
        let partition = Node::compare(OWNER, "=", OWNER, wire_of(&self.partition));
        let sort = self.sort.as_ref().map(|sort| Node::compare(OWNER_SORT, "=", OWNER_SORT, wire_of(sort)));
        Node::all([Some(partition), sort].into_iter().flatten())
    }
}

fn wire_of(value: &KeyValue) -> Vec<u8> {
    let mut out = Vec::with_capacity(48);
    value.write(&mut out);
    out
}

/// What becomes of a sentinel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is its owner's from now on, until then.
    Write { expiry: Option<Vec<u8>> },
    /// It has no owner any more. Where it must exist, its absence is an error.
    Delete { must_exist: bool },
    /// It stays as it is, if it belongs to another item.
    Leave,
}

/// A change to a sentinel.
#[derive(Debug, Clone)]
pub(crate) struct Sentinel {
    /// Its partition key.
    pub(crate) key: String,
    pub(crate) unique: &'static UniqueSchema,
    pub(crate) entity: &'static EntitySchema,
    pub(crate) table: &'static TableSchema,
    pub(crate) owner: Owner,
    pub(crate) change: Change,
    /// Other items of the same transaction that give the value up.
    pub(crate) from: Vec<Owner>,
}

/// The changes to one sentinel as one, since a transaction takes one action an item: a value that one item gives up and
/// another one takes goes over to it. The places of the changes come along, the first one's first; `one_table` says
/// whether the operations at two places are on one physical table.
///
/// # Errors
/// When two items take one value.
pub(crate) fn join(
    all: Vec<(usize, Sentinel)>,
    one_table: impl Fn(usize, usize) -> bool,
) -> Result<Vec<(usize, Sentinel)>> {
    let mut out: Vec<(usize, Sentinel)> = Vec::with_capacity(all.len());
    for (place, next) in all {
        let same = |(at, known): &&mut (usize, Sentinel)| known.key == next.key && one_table(*at, place);
        let Some((at, known)) = out.iter_mut().find(same) else {
            out.push((place, next));
            continue;
        };
        match (&known.change, &next.change) {
            (Change::Leave, Change::Delete { .. }) | (Change::Delete { .. } | Change::Leave, Change::Write { .. }) => {
                let before = std::mem::replace(known, next);
                *at = place;
                known.from.push(before.owner);
                known.from.extend(before.from);
            }
            (_, Change::Delete { .. } | Change::Leave) => known.from.push(next.owner),
            (Change::Write { .. }, Change::Write { .. }) => {
                let message = format!(
                    "operations {} and {} of the transaction set one unique value: give one of them another value",
                    *at + 1,
                    place + 1
                );
                return Err(Error::new(ErrorKind::UniqueViolation, message)
                    .of_entity(next.entity.name)
                    .at_attribute(next.unique.name));
            }
        }
    }
    Ok(out)
}

impl Sentinel {
    /// Whether DynamoDB takes its key.
    ///
    /// # Errors
    /// When the value is too long for a key.
    pub(crate) fn check(&self) -> Result<()> {
        if self.key.len() > LONGEST {
            let message = format!(
                "is too long to be unique: its sentinel's key would have {} bytes, and DynamoDB takes {LONGEST}; make a digest of it the unique field",
                self.key.len()
            );
            let error = Error::new(ErrorKind::InvalidValue, message);
            return Err(error.of_entity(self.entity.name).at_attribute(self.unique.name));
        }
        Ok(())
    }

    /// The action on it.
    ///
    /// # Errors
    /// When the value is too long for a key.
    pub(crate) fn action(&self, cx: &Context<'_>) -> Result<Action> {
        self.check()?;
        let mut body = Body::new(cx.table);
        match &self.change {
            Change::Write { expiry } => body.item(self.primary(), |out| self.write_item(expiry.as_deref(), out)),
            Change::Delete { .. } | Change::Leave => body.primary_key(&self.primary()),
        }
        let mine = [&self.owner].into_iter().chain(&self.from).filter_map(Owner::node);
        let free = Node::not_exists(self.table.partition_key);
        let may_be = match self.change {
            Change::Write { .. } => {
                let expired = self.entity.ttl.map(|ttl| precondition::expired_by(ttl, cx.now));
                Node::any([free].into_iter().chain(expired).chain(mine))
            }
            Change::Delete { must_exist: false } => Node::any([free].into_iter().chain(mine)),
            Change::Delete { must_exist: true } => Node::any(mine),
            Change::Leave => Node::any([Some(free), Node::any(mine).map(Node::negated)].into_iter().flatten()),
        };
        let condition = precondition::and::<()>(may_be, &[])?;
        body.expressions(condition.as_ref(), None)?;
        let kind = match self.change {
            Change::Write { .. } => "Put",
            Change::Delete { .. } => "Delete",
            Change::Leave => "ConditionCheck",
        };
        let name = format!("unique `{}` of `{}`", self.unique.name, self.entity.name);
        let request = body.finish(Operation::TransactWriteItems);
        Ok(Action { kind, name, entity: self.entity.name, request })
    }

    /// Whether this item, found under its key, is what would be written.
    pub(crate) fn is_as_written(&self, found: &str) -> bool {
        let Change::Write { expiry } = &self.change else { return false };
        let mut wanted = Vec::with_capacity(256);
        self.write_item(expiry.as_deref(), &mut wanted);
        let wanted = attributes(&String::from_utf8_lossy(&wanted));
        wanted.is_some() && wanted == attributes(found)
    }

    /// The sentinel of a value, as it is stored.
    pub(super) fn write_item(&self, expiry: Option<&[u8]>, out: &mut Vec<u8>) {
        self.primary().write(out);
        // The key's closing bracket.
        out.pop();
        self.write_attributes(expiry, out);
        out.push(b'}');
    }

    fn primary(&self) -> PrimaryKey {
        let sort = self.table.sort_key.map(|name| match self.table.key_kind(name) {
            KeyKind::S => KeyValue::S("UNIQUE".to_owned()),
            KeyKind::N => KeyValue::N("0".to_owned()),
            KeyKind::B => KeyValue::B(vec![0]),
        });
        PrimaryKey::new([Some(self.table.partition_key), self.table.sort_key], KeyValue::S(self.key.clone()), sort)
    }

    fn write_attributes(&self, expiry: Option<&[u8]>, out: &mut Vec<u8>) {
        let mut member = |name: &str, write: &dyn Fn(&mut Vec<u8>)| {
            out.push(b',');
            wire::write_string(out, name);
            out.push(b':');
            write(out);
        };
        member(self.table.type_attribute, &|out| wire::write_s(out, SENTINEL_TYPE));
        let of = format!("{}.{}", self.entity.type_name, self.unique.name);
        member(OF, &|out| wire::write_s(out, &of));
        member(OWNER, &|out| self.owner.partition.write(out));
        if let Some(sort) = &self.owner.sort {
            member(OWNER_SORT, &|out| sort.write(out));
        }
        if let (Some(name), Some(expiry)) = (self.entity.ttl, expiry) {
            member(name, &|out| out.extend_from_slice(expiry));
        }
    }

    /// The error of a value that belongs to another item, as the sentinel there says.
    pub(crate) fn taken<E: Entity>(&self, there: Option<&str>) -> Error {
        if there.is_none() && matches!(self.change, Change::Delete { .. }) {
            return self.missing();
        }
        let owner = there.and_then(owner_in::<E>);
        let whose = owner.as_ref().map(|key| format!(" by the item `{key}`")).unwrap_or_default();
        let message = format!("the value is taken{whose}, and is to be unique: take another one");
        let error = Error::new(ErrorKind::UniqueViolation, message);
        let error = error.of_entity(self.entity.name).at_attribute(self.unique.name).at_key(&self.owner);
        match owner {
            Some(key) => error.with_leftovers(Box::new(key)),
            None => error,
        }
    }
}

impl Sentinel {
    /// The error where it is not as it should be, and could not be read.
    pub(crate) fn unreadable(&self) -> Error {
        if let Change::Write { .. } = self.change {
            let message = "the value is taken, and is to be unique: take another one; by which item, the engine did not say, and it could not be read";
            let error = Error::new(ErrorKind::UniqueViolation, message);
            return error.of_entity(self.entity.name).at_attribute(self.unique.name).at_key(&self.owner);
        }
        let message = "the sentinel of this value is missing, or is another item's: the engine did not send it along, and it could not be read; nothing was written";
        let error = Error::new(ErrorKind::ConditionFailed, message);
        error.of_entity(self.entity.name).at_attribute(self.unique.name).at_key(&self.owner)
    }

    /// The error where the value that the item has is not kept from others.
    fn missing(&self) -> Error {
        let message = "the item has this value without a sentinel, so others may have it too: another program wrote it, or the field was not unique then; nothing was written: `put` the item, or add what is missing in the whole table by `scan::<..>().add_missing_sentinels()`";
        let error = Error::new(ErrorKind::SentinelMissing, message);
        error.of_entity(self.entity.name).at_attribute(self.unique.name).at_key(&self.owner)
    }
}

impl std::fmt::Display for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.sort {
            Some(sort) => write!(f, "{} / {sort}", self.partition),
            None => write!(f, "{}", self.partition),
        }
    }
}

/// The attributes of an item, each with its DynamoDB JSON.
fn attributes(item: &str) -> Option<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    let read = Reader::from_str(item).object(|reader, name| {
        let name = name.to_owned();
        reader.object(|reader, tag| {
            out.insert(name.clone(), format!("{tag} {}", reader.string()?));
            Ok(())
        })
    });
    read.is_ok().then_some(out)
}

/// The key of the item that a sentinel belongs to.
fn owner_in<E: Entity>(sentinel: &str) -> Option<Key<E>> {
    let value = |name| crate::entity::peek_key(sentinel, name);
    let key = Key::from_values(value(OWNER)?, E::Table::SORT_KEY.and_then(|_| value(OWNER_SORT)));
    key.values().is_ok().then_some(key)
}

impl Error {
    /// Whose a unique value is: the primary key of the item that has it. For
    /// [`UniqueViolation`](ErrorKind::UniqueViolation), where the value was taken when the write was made.
    ///
    /// # Examples
    /// See [`guide::unique`](crate::guide::unique).
    pub fn owner<E: Entity + 'static>(&self) -> Option<&Key<E>> {
        self.left::<Key<E>>().or_else(|| self.reasons().iter().flatten().find_map(|reason| reason.left::<Key<E>>()))
    }
}
