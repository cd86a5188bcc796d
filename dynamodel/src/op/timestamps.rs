//! The timestamps that a write sets by the client's clock. An item is encoded when the operation is made, and the time
//! is known when it is sent: until then a timestamp of the same length holds the place.

use super::Verb;
use crate::entity::{Entity, Expiry, ExpiryError, Key, Timestamps, VersionField};
use crate::error::{Error, ErrorKind, Result};
use crate::key::Timestamp;
use crate::wire::{self, CodecError, Reader};
use std::time::{Duration, SystemTime};

/// When an item that lives so long from now expires, as DynamoDB JSON.
pub(crate) fn expiry<E: Entity>(key: &Key<E>, lifetime: Duration, now: SystemTime) -> Result<Vec<u8>> {
    let refused = |error: ExpiryError| {
        Error::new(ErrorKind::InvalidValue, "the time to live cannot be stored")
            .of_entity(E::SCHEMA.name)
            .at_key(key)
            .at_attribute(E::SCHEMA.ttl.unwrap_or_default())
            .with_source(error)
    };
    let expiry = now.checked_add(lifetime).ok_or(ExpiryError::TooLate(u64::MAX)).and_then(Expiry::at);
    let mut out = Vec::with_capacity(20);
    wire::write_n(&mut out, itoa::Buffer::new().format(expiry.map_err(refused)?.epoch_seconds()));
    Ok(out)
}

/// What holds the place: the first timestamp of 1970.
pub(crate) const PLACEHOLDER: &[u8] = b"{\"S\":\"1970-01-01T00:00:00.000000000Z\"}";

/// What stands before the text in it.
const FRAME: usize = b"{\"S\":\"".len();

/// Which timestamps a write sets: the names of their attributes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TimestampNames {
    created: Option<&'static str>,
    updated: Option<&'static str>,
}

impl TimestampNames {
    /// What the verb sets in the item of a value with this version. A value that was never stored is created by `save`.
    pub(crate) fn by<E: Entity>(verb: Verb, version: &E::Version) -> Self {
        let creates = match verb {
            Verb::Create => true,
            Verb::Save => E::Version::PRESENT && version.is_fresh(),
            _ => false,
        };
        Self { created: E::SCHEMA.created_at.filter(|_| creates), updated: E::SCHEMA.updated_at }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.created.into_iter().chain(self.updated)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.created.is_none() && self.updated.is_none()
    }

    /// The timestamps, and those of a finished item set to them.
    pub(crate) fn fill(self, places: &[usize], body: &mut [u8], now: SystemTime) -> Result<Timestamps> {
        let timestamps = self.at(now)?;
        if let Some(timestamp) = timestamps.created.or(timestamps.updated) {
            fill(places, body, timestamp);
        }
        Ok(timestamps)
    }

    /// The timestamps of a write that is sent now.
    pub(crate) fn at(self, now: SystemTime) -> Result<Timestamps> {
        if self.is_empty() {
            return Ok(Timestamps::default());
        }
        let timestamp = timestamp_at(now)?;
        Ok(Timestamps { created: self.created.map(|_| timestamp), updated: self.updated.map(|_| timestamp) })
    }
}

/// The time as a timestamp that can be stored.
pub(crate) fn timestamp_at(now: SystemTime) -> Result<Timestamp> {
    Timestamp::try_from(now).map_err(|error| {
        Error::new(ErrorKind::InvalidValue, "the client's clock shows a time that cannot be stored").with_source(error)
    })
}

/// The timestamp as DynamoDB JSON.
pub(crate) fn wire(timestamp: Timestamp) -> Vec<u8> {
    let mut out = PLACEHOLDER.to_vec();
    fill(&[0], &mut out, timestamp);
    out
}

/// Writes the timestamp where the placeholders stand: both are of one length.
pub(crate) fn fill(places: &[usize], body: &mut [u8], timestamp: Timestamp) {
    if places.is_empty() {
        return;
    }
    let text = timestamp.to_string();
    for at in places {
        let start = at + FRAME;
        if let Some(slot) = body.get_mut(start..start + text.len()) {
            slot.copy_from_slice(text.as_bytes());
        }
    }
}

/// Where the values of these attributes begin in an item; `None` for one that serde has left out.
pub(crate) fn places(item: &[u8], names: TimestampNames) -> Result<Vec<(&'static str, Option<usize>)>, CodecError> {
    let mut out: Vec<_> = names.iter().map(|name| (name, None)).collect();
    Reader::new(item)?.object(|reader, found| {
        if let Some((_, place)) = out.iter_mut().find(|(name, _)| *name == found) {
            *place = Some(reader.position());
        }
        reader.skip()
    })?;
    Ok(out)
}
