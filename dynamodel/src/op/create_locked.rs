//! A lock's record that is created with an owner.

use super::item::{begin_with_item, not_storable};
use super::precondition::version_wire;
use super::timestamps::{self, TimestampNames};
use crate::entity::{Entity, decode_text};
use crate::error::Result;
use crate::wire::{self, CodecError, Reader};
use std::time::{Duration, SystemTime};

/// The value with this version, and living so long from now where it has a time to live. Not where it has unique fields,
/// as later: their sentinels would have to follow at every renewal.
pub(crate) fn locked_item<E: Entity>(
    fresh: &E,
    version: &E::Version,
    lifetime: Option<Duration>,
    now: SystemTime,
) -> Result<E> {
    let version = version_wire::<E>(version)?;
    let (mut item, _) = begin_with_item(&[], fresh, Some(&version), TimestampNames::default())?;
    let lifetime = lifetime.filter(|_| E::SCHEMA.unique.is_empty());
    if let Some((name, lifetime)) = E::SCHEMA.ttl.zip(lifetime) {
        let expiry = timestamps::expiry(&fresh.primary_key(), lifetime, now)?;
        replace(&mut item, name, expiry).map_err(not_storable::<E>)?;
    }
    decode_text(&String::from_utf8_lossy(&item))
}

/// Gives an attribute of an item this value, also one that is not there.
fn replace(item: &mut Vec<u8>, name: &str, value: Vec<u8>) -> Result<(), CodecError> {
    let mut place = None;
    Reader::new(item)?.object(|reader, found| {
        let start = reader.position();
        reader.skip()?;
        if found == name {
            place = Some(start..reader.position());
        }
        Ok(())
    })?;
    if let Some(place) = place {
        item.splice(place, value);
    } else {
        // An item has a key at least.
        item.pop();
        item.push(b',');
        wire::write_string(item, name);
        item.push(b':');
        item.extend_from_slice(&value);
        item.push(b'}');
    }
    Ok(())
}
