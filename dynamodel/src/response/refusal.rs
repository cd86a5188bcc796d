//! Why a condition did not hold: which of the verb's preconditions, by the item that is there now.

use crate::entity::{Entity, Expiry, RawItem, VersionField, decode_text, key_text, peek};
use crate::error::{Error, ErrorKind};
use crate::op::{Precondition, VERSION_EXHAUSTED, Verb};
use std::time::SystemTime;

/// What lies under the key of a write that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StoredItem {
    /// This item.
    Item(String),
    /// None.
    Absent,
    /// The engine did not send it along, and it could not be read.
    Unreadable,
}

impl StoredItem {
    pub(crate) fn item(&self) -> Option<&str> {
        match self {
            Self::Item(item) => Some(item),
            Self::Absent | Self::Unreadable => None,
        }
    }
}

/// The error of a write whose condition failed, with the item that is there.
pub(crate) fn condition_failed<E: Entity>(
    precondition: &Precondition<E::Version>,
    there: &StoredItem,
    now: SystemTime,
) -> Error {
    let item = match there {
        StoredItem::Item(item) => item.as_str(),
        StoredItem::Absent => return absent(precondition).of_entity(E::SCHEMA.name),
        StoredItem::Unreadable => return unreadable(precondition).of_entity(E::SCHEMA.name),
    };
    let current = match decode_text::<E>(item) {
        Ok(current) => current,
        Err(error) if error.kind() == ErrorKind::WrongEntity => return error,
        Err(error) => {
            let (kind, message) = judge::<E>(precondition, item, now);
            return Error::new(kind, format!("{message}; and the item there cannot be read"))
                .at_attribute(place_of::<E>(kind))
                .of_entity(E::SCHEMA.name)
                .at_key(key_text::<E>(item))
                .with_leftovers(Box::new(RawItem::of::<E::Table>(item)))
                .with_source(error);
        }
    };
    let (kind, message) = judge::<E>(precondition, item, now);
    Error::new(kind, message)
        .at_attribute(place_of::<E>(kind))
        .of_entity(E::SCHEMA.name)
        .at_key(key_text::<E>(item))
        .with_current(Box::new(current))
}

/// The attribute that a refusal is about: the version, where that is used up.
fn place_of<E: Entity>(kind: ErrorKind) -> &'static str {
    E::SCHEMA.version.filter(|_| kind == ErrorKind::InvalidValue).unwrap_or_default()
}

/// What a refused condition means when an earlier try of the same write may have been carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The earlier try was carried out: the item bears its random version.
    Applied,
    /// No try was carried out: the item still bears the random version that was read.
    NotApplied,
    /// It cannot be told.
    Unknown,
}

/// Tells them apart by the item that is there.
pub(crate) fn outcome_by_item<E: Entity>(precondition: &Precondition<E::Version>, item: Option<&str>) -> Outcome {
    // An update that leaves the version as it is leaves no trace of itself.
    let tells = precondition.verb != Verb::Update || precondition.written.is_some();
    outcome_by_version::<E>(precondition.written.as_ref(), precondition.expected.as_ref().filter(|_| tells), item)
}

/// The same by the version that the write stores, and the one that it expects.
pub(crate) fn outcome_by_version<E: Entity>(
    written: Option<&E::Version>,
    expected: Option<&E::Version>,
    item: Option<&str>,
) -> Outcome {
    let stored = item.zip(E::SCHEMA.version).and_then(|(item, name)| peek::<E::Version>(item, name));
    let Some(stored) = stored else { return Outcome::Unknown };
    // A counted version comes again where an item is deleted and created again.
    if !E::Version::RANDOM {
        Outcome::Unknown
    } else if written == Some(&stored) {
        Outcome::Applied
    } else if expected == Some(&stored) {
        Outcome::NotApplied
    } else {
        Outcome::Unknown
    }
}

/// What is known without the item.
fn unreadable<V>(precondition: &Precondition<V>) -> Error {
    let (kind, message) = match precondition.verb {
        Verb::Create | Verb::CheckAbsent => (
            ErrorKind::AlreadyExists,
            "the item exists already; the engine did not send it along, and it could not be read",
        ),
        _ => (
            ErrorKind::ConditionFailed,
            "a condition of the write does not hold; the engine did not send the item along, and it could not be read: read it to see which",
        ),
    };
    Error::new(kind, message)
}

fn absent<V: VersionField>(precondition: &Precondition<V>) -> Error {
    let checked = precondition.expected.as_ref().is_some_and(|version| V::PRESENT && !version.is_fresh());
    let (kind, message) = match precondition.verb {
        Verb::Update => (ErrorKind::NotFound, "there is no such item to update; `create` it first"),
        Verb::Check => (ErrorKind::NotFound, "there is no such item, and the check asks for one"),
        _ if !checked => (ErrorKind::ConditionFailed, "the condition does not hold: there is no such item"),
        Verb::Delete => (ErrorKind::NotFound, "there is no such item any more"),
        _ => (
            ErrorKind::NotFound,
            "there is no such item any more: it was deleted since it was read; `create` it again if that is meant",
        ),
    };
    Error::new(kind, message)
}

/// Which part of the precondition failed.
fn judge<E: Entity>(precondition: &Precondition<E::Version>, item: &str, now: SystemTime) -> (ErrorKind, String) {
    let expired = E::SCHEMA.ttl.and_then(|ttl| peek::<Expiry>(item, ttl)).is_some_and(|expiry| expiry.is_past(now));
    if precondition.verb == Verb::CheckAbsent && !expired {
        return (ErrorKind::AlreadyExists, "there is such an item, and the check asks for none".to_owned());
    }
    if precondition.verb == Verb::Create && !expired {
        return (ErrorKind::AlreadyExists, "the item exists already; `put` replaces it, the error holds it".to_owned());
    }
    if expired && matches!(precondition.verb, Verb::Save | Verb::Update | Verb::Check) {
        let message = "the item's time to live has passed, so it is gone; `create` a new one in its place";
        return (ErrorKind::Expired, message.to_owned());
    }
    if !expired
        && precondition.verb != Verb::Create
        && precondition.expected.as_ref().is_some_and(VersionField::is_fresh)
    {
        let message = "the value is a new one (its version says it was never stored), and the item exists already";
        return (ErrorKind::AlreadyExists, message.to_owned());
    }
    let stored = E::SCHEMA.version.and_then(|name| peek::<E::Version>(item, name));
    let checked = precondition.expected.as_ref().is_some_and(|version| E::Version::PRESENT && !version.is_fresh());
    if checked && stored != precondition.expected {
        let message = "another writer changed the item since it was read; the error holds it as it is now";
        return (ErrorKind::Conflict, message.to_owned());
    }
    if precondition.verb == Verb::Update
        && precondition.expected.is_none()
        && stored.is_some()
        && stored == E::Version::last()
    {
        return (ErrorKind::InvalidValue, VERSION_EXHAUSTED.to_owned());
    }
    (ErrorKind::ConditionFailed, "the condition does not hold; the error holds the item".to_owned())
}
