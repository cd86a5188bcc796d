//! What an update does to its item: clauses, conditions, the new values that index keys follow, and the lifetime.

use super::Update;
use super::index_keys::Changes;
use crate::entity::Entity;
use crate::error::Result;
use crate::expr::{Clauses, Condition, Node, Place};
use crate::op::delete::Target;
use crate::op::item::not_storable;
use crate::path::Touched;
use crate::wire::CodecError;
use std::marker::PhantomData;
use std::time::Duration;

/// What the update was told so far.
pub(super) struct UpdateSpec<E> {
    pub(super) clauses: Clauses,
    pub(super) changes: Changes,
    pub(super) conditions: Vec<Condition<E>>,
    /// How long the item lives from the moment it is sent.
    pub(super) lifetime: Option<Duration>,
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
