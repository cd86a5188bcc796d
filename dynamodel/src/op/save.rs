//! `save`: a value that was read and changed goes back, and learns its new version.

use super::{PutPlan, Unsent, Values, Verb};
use crate::entity::{Entity, WrittenWhole};
use crate::expr::Condition;

/// Writes a value back: PutItem, as [`Put`](super::Put), and the value's version is bumped in place once it succeeded.
///
/// So is its updated-at; created-at is kept, and set where the value was never stored (version 0 or nil).
///
/// An item that has expired in the meantime is gone, and is not brought back. On an error the value stays as it was.
///
/// # Errors
/// [`Conflict`](crate::ErrorKind::Conflict) with the [current](crate::Error::current) item when another writer wrote
/// since; [`NotFound`](crate::ErrorKind::NotFound) and [`Expired`](crate::ErrorKind::Expired);
/// [`SentinelMissing`](crate::ErrorKind::SentinelMissing) when a unique value changes that has no sentinel; in all else as
/// [`Put`](super::Put).
#[must_use = "an operation does nothing until awaited"]
pub struct Save<'e, E: Entity, V = Unsent> {
    pub(crate) entity: &'e mut E,
    pub(crate) plan: PutPlan<E>,
    pub(crate) via: V,
}

impl<'e, E: Entity> Save<'e, E> {
    /// An operation without a client.
    pub fn new(entity: &'e mut E) -> Self
    where
        E::Version: WrittenWhole,
    {
        Self::via(entity, Unsent)
    }
}

impl<'e, E: Entity, V> Save<'e, E, V> {
    pub(crate) fn via(entity: &'e mut E, via: V) -> Self {
        let plan = PutPlan::new(Verb::Save, entity);
        Self { entity, plan, via }
    }

    /// The same, where it is known what the item said of its unique values before.
    pub(crate) fn with_values_before(mut self, before: Option<Values>) -> Self {
        self.plan = self.plan.with_values_before(before);
        self
    }

    /// Writes only over an item for which this holds too. Several conditions must all hold.
    pub fn condition(mut self, condition: impl FnOnce(E::Fields) -> Condition<E>) -> Self {
        self.plan.conditions.push(condition(E::fields()));
        self
    }
}
