//! What an update does to its item: clauses, conditions, the new values that index keys follow, and the lifetime.

use super::Update;
use crate::entity::Entity;
use crate::error::Result;
use crate::expr::{Clauses, Condition, Node, Place};
use crate::key::KeyPart;
use crate::op::item::not_storable;
use crate::op::target::Target;
use crate::path::Touched;
use crate::wire::CodecError;
use std::marker::PhantomData;
use std::time::Duration;

/// What the update does, as far as it was said.
pub(super) struct UpdateSpec<E> {
    pub(super) clauses: Clauses,
    pub(super) changes: Changes,
    pub(super) conditions: Vec<Condition<E>>,
    /// How long the item lives from the moment it is sent.
    pub(super) lifetime: Option<Duration>,
}

/// The fields whose new values are known, by their names in Rust.
#[derive(Default)]
pub(super) struct Changes {
    fields: Vec<Touched>,
}

impl Changes {
    pub(super) fn record(&mut self, name: &'static str, value: impl KeyPart + Send + Sync + 'static) {
        self.fields.push((name, Box::new(value)));
    }

    pub(super) fn extend(&mut self, touched: Option<Touched>) {
        self.fields.extend(touched);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(super) fn get(&self, name: &str) -> Option<&(dyn KeyPart + Send + Sync)> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }
}

impl<E: Entity> UpdateSpec<E> {
    /// Sets an attribute to what `write` writes, or removes it.
    pub(super) fn set(
        &mut self,
        place: Place,
        write: impl FnOnce(&mut Vec<u8>) -> Result<bool, CodecError>,
        touch: fn(&[u8]) -> Option<Touched>,
    ) -> Result<()> {
        let wire = self
            .clauses
            .set(place, |place, out| write(out).map_err(|error| not_storable::<E>(error.in_field(place.hint()))))?;
        self.changes.extend(touch(wire.unwrap_or(b"{\"NULL\":true}")));
        Ok(())
    }
}

impl<E: Entity, V> Update<E, V> {
    pub(crate) fn via(target: Target<E>, via: V) -> Self {
        let spec = UpdateSpec {
            clauses: Clauses::default(),
            changes: Changes::default(),
            conditions: Vec::new(),
            lifetime: None,
        };
        let Target { key, expected, before } = target;
        let (spec, becomes) = (Ok(spec), None);
        Self { key, expected, becomes, before, spec, otherwise: None, via, returning: PhantomData }
    }

    /// The same update, sent by another.
    pub(crate) fn with_client<W>(self, via: W) -> Update<E, W> {
        let Self { key, expected, becomes, before, spec, otherwise, via: _, returning } = self;
        Update { key, expected, becomes, before, spec, otherwise, via, returning }
    }

    /// One more condition.
    pub(crate) fn and_condition(&mut self, condition: Option<Node>) {
        if let (Ok(spec), Some(node)) = (&mut self.spec, condition) {
            spec.conditions.push(Condition::new(Ok(node)));
        }
    }
}
