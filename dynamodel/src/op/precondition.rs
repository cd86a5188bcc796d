//! The conditions that the verbs bring along, exactly as the table of verbs says.

use super::Verb;
use crate::entity::{Entity, Table, Timestamps, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::expr::{Condition, Node};
use crate::path::Serde;
use crate::schema::SENTINEL_TYPE;
use crate::wire;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a write requires of the item that is there: kept, to tell later which part of it did not hold.
#[derive(Debug, Clone)]
pub(crate) struct Precondition<V> {
    pub(crate) verb: Verb,
    /// The version that the value carries, where it is checked.
    pub(crate) expected: Option<V>,
    /// The version that the write stores, where the value knows it.
    pub(crate) written: Option<V>,
    /// The timestamps that the write stores.
    pub(crate) timestamps: Timestamps,
}

/// `attribute_not_exists(PK)`: there is no item.
pub(crate) fn absent<E: Entity>() -> Node {
    Node::not_exists(E::Table::PARTITION_KEY)
}

/// `attribute_exists(PK)`: there is an item.
pub(crate) fn exists<E: Entity>() -> Node {
    Node::exists(E::Table::PARTITION_KEY)
}

/// `ttl <= now`: the item is there and has expired. `None` for entities without a time to live.
pub(crate) fn expired<E: Entity>(now: SystemTime) -> Option<Node> {
    E::SCHEMA.ttl.map(|ttl| expired_by(ttl, now))
}

/// The same by the name of the time-to-live attribute.
pub(crate) fn expired_by(ttl: &'static str, now: SystemTime) -> Node {
    Node::compare(ttl, "<=", "now", seconds(now))
}

/// The item has not expired: it has no expiry, or a later one. `None` for entities without a time to live.
pub(crate) fn alive<E: Entity>(now: SystemTime) -> Option<Node> {
    alive_by(E::SCHEMA.ttl?, now)
}

/// `_type = :type`: the item is of that entity.
pub(crate) fn is_of_type(attribute: &'static str, name: &str) -> Node {
    let mut wire = Vec::with_capacity(name.len() + 8);
    wire::write_s(&mut wire, name);
    Node::compare(attribute, "=", "type", wire)
}

/// `_type <> :sentinel`, or there is none: the item is not a sentinel of a unique value.
pub(crate) fn is_no_sentinel(attribute: &'static str) -> Option<Node> {
    is_not_of_type(attribute, SENTINEL_TYPE)
}

/// `_type <> :type`, or there is none: the item is not of that entity.
pub(crate) fn is_not_of_type(attribute: &'static str, name: &str) -> Option<Node> {
    let mut wire = Vec::with_capacity(name.len() + 8);
    wire::write_s(&mut wire, name);
    Node::any([Node::not_exists(attribute), Node::compare(attribute, "<>", "type", wire)])
}

/// The same by the name of the time-to-live attribute.
pub(crate) fn alive_by(ttl: &'static str, now: SystemTime) -> Option<Node> {
    Node::any([Node::not_exists(ttl), Node::compare(ttl, ">", "now", seconds(now))])
}

/// `version = v`: no other writer has changed the item.
pub(crate) fn version_is<E: Entity>(version: &E::Version) -> Result<Option<Node>> {
    let Some(name) = E::SCHEMA.version else { return Ok(None) };
    Ok(Some(Node::compare(name, "=", "expected", version_wire::<E>(version)?)))
}

/// A version as DynamoDB JSON.
pub(crate) fn version_wire<E: Entity>(version: &E::Version) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(24);
    <E::Version as crate::path::Accepts<E::Version, Serde>>::encode(version, &mut out)
        .map_err(|error| super::item::not_storable::<E>(error))?;
    Ok(out)
}

/// The condition of `create`: the key is absent, or its item has expired.
pub(crate) fn create<E: Entity>(now: SystemTime) -> Option<Node> {
    Node::any([Some(absent::<E>()), expired::<E>(now)].into_iter().flatten())
}

/// The condition of `put`: none, or for a versioned entity that the stored version is the value's.
pub(crate) fn put<E: Entity>(expected: &E::Version, now: SystemTime) -> Result<Option<Node>> {
    if !E::Version::PRESENT {
        Ok(None)
    } else if expected.is_fresh() {
        Ok(create::<E>(now))
    } else {
        version_is::<E>(expected)
    }
}

/// The condition of `save`: as `put`, and an item that has expired is gone.
pub(crate) fn save<E: Entity>(expected: &E::Version, now: SystemTime) -> Result<Option<Node>> {
    Ok(if !E::Version::PRESENT {
        alive::<E>(now)
    } else if expected.is_fresh() {
        Some(absent::<E>())
    } else {
        Node::all([version_is::<E>(expected)?, alive::<E>(now)].into_iter().flatten())
    })
}

/// The condition of `update`: the item is there and has not expired, and its version is the value's if one is given.
pub(crate) fn update<E: Entity>(expected: Option<&E::Version>, now: SystemTime) -> Result<Option<Node>> {
    let version = expected.map(version_is::<E>).transpose()?.flatten();
    // An item with the right version is there.
    let exists = version.is_none().then(exists::<E>);
    Ok(Node::all([exists, version, alive::<E>(now)].into_iter().flatten()))
}

/// The version can be counted on within its type: it is absent, or less than the largest value. `None` for versions that
/// are not counted.
pub(crate) fn countable<E: Entity>() -> Result<Option<Node>> {
    let (Some(name), Some(last)) = (E::SCHEMA.version, E::Version::last()) else { return Ok(None) };
    let below = Node::compare(name, "<", "last", version_wire::<E>(&last)?);
    Ok(Node::any([Node::not_exists(name), below]))
}

/// Of a version that no write can follow.
pub(crate) const VERSION_EXHAUSTED: &str =
    "the version has reached its type's largest value; give the field a wider type";

/// The error of a write that would need the version after the last one.
pub(crate) fn version_exhausted<E: Entity>() -> Error {
    Error::new(ErrorKind::InvalidValue, VERSION_EXHAUSTED)
        .of_entity(E::SCHEMA.name)
        .at_attribute(E::SCHEMA.version.unwrap_or_default())
}

/// The condition that the verb brings along, and those of the caller, which must all hold.
#[derive(Debug)]
pub(crate) struct All<'c, E> {
    own: Option<Node>,
    given: &'c [Condition<E>],
}

/// The condition that the verb brings along, and those of the caller; `None` where there is none at all.
pub(crate) fn and<E>(own: Option<Node>, given: &[Condition<E>]) -> Result<Option<All<'_, E>>> {
    for condition in given {
        condition.node()?;
    }
    Ok((own.is_some() || !given.is_empty()).then_some(All { own, given }))
}

impl<E> All<'_, E> {
    /// The conditions, of which `and` has made sure that there are trees.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> + Clone {
        self.own.iter().chain(self.given.iter().filter_map(Condition::tree))
    }
}

/// A time as DynamoDB JSON, in whole seconds: an expiry in this second has passed.
fn seconds(now: SystemTime) -> Vec<u8> {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut out = Vec::with_capacity(20);
    wire::write_n(&mut out, itoa::Buffer::new().format(seconds));
    out
}
