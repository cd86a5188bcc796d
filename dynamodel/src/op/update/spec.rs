//! What an update does to its item: clauses, conditions, the new values that index keys follow, and the lifetime.

use crate::entity::Entity;
use crate::error::Result;
use crate::expr::{Clauses, Condition, Place};
use crate::key::KeyPart;
use crate::op::item::not_storable;
use crate::path::ChangedField;
use crate::wire::CodecError;
use std::time::Duration;

/// What the update does, as far as it was said.
pub(super) struct UpdateSpec<E> {
    pub(super) clauses: Clauses,
    pub(super) changes: Changes,
    pub(super) conditions: Vec<Condition<E>>,
    /// How long the item lives from the time it is sent.
    pub(super) lifetime: Option<Duration>,
}

/// The fields whose new values are known, by their names in Rust.
#[derive(Default)]
pub(super) struct Changes {
    fields: Vec<ChangedField>,
}

impl Changes {
    pub(super) fn record(&mut self, name: &'static str, value: impl KeyPart + Send + Sync + 'static) {
        self.fields.push((name, Box::new(value)));
    }

    pub(super) fn extend(&mut self, changed: Option<ChangedField>) {
        self.fields.extend(changed);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(super) fn get(&self, name: &str) -> Option<&(dyn KeyPart + Send + Sync)> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }
}

impl<E> UpdateSpec<E> {
    /// An update that does nothing yet.
    pub(super) fn new() -> Self {
        Self { clauses: Clauses::default(), changes: Changes::default(), conditions: Vec::new(), lifetime: None }
    }
}

impl<E: Entity> UpdateSpec<E> {
    /// Sets an attribute to what `write` writes, or removes it.
    pub(super) fn set(
        &mut self,
        place: Place,
        write: impl FnOnce(&mut Vec<u8>) -> Result<bool, CodecError>,
        changed: fn(&[u8]) -> Option<ChangedField>,
    ) -> Result<()> {
        let wire = self
            .clauses
            .set(place, |place, out| write(out).map_err(|error| not_storable::<E>(error.in_field(place.hint()))))?;
        self.changes.extend(changed(wire.unwrap_or(b"{\"NULL\":true}")));
        Ok(())
    }
}
