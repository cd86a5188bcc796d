//! What the lock says to an update of its record, beside what users do.

use super::Update;
use crate::entity::Entity;
use std::time::Duration;

impl<E: Entity, V> Update<E, V> {
    /// The version that it stores, in place of the next one.
    pub(crate) fn set_version(mut self, version: E::Version) -> Self {
        self.becomes = Some(version);
        self
    }

    /// How long the item lives from the time it is sent, where it has a time to live. Not where it has unique fields:
    /// their sentinels would have to follow at every renewal.
    pub(crate) fn set_lifetime(mut self, lifetime: Option<Duration>) -> Self {
        if let Ok(spec) = &mut self.spec {
            spec.lifetime = lifetime.filter(|_| E::SCHEMA.ttl.is_some() && E::SCHEMA.unique.is_empty());
        }
        self
    }
}
