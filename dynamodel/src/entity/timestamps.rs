//! Created-at and updated-at fields: what writes stamp by the client's clock.

use crate::key::Timestamp;

/// A type that can be an entity's `#[dynamo(created_at)]` or `#[dynamo(updated_at)]`: [`Timestamp`], or an `Option` of it.
///
/// # Examples
/// ```
/// use dynamodel::{StampField, Timestamp};
///
/// let mut updated_at = None;
/// updated_at.stamp(Timestamp::EPOCH);
/// assert_eq!(updated_at, Some(Timestamp::EPOCH));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold when an item was written",
    label = "not a type for `#[dynamo(created_at)]` and `#[dynamo(updated_at)]`",
    note = "the library writes the moment by itself, in a form whose order is the order of time: use `dynamodel::Timestamp` or `Option<Timestamp>`; it converts from and to the types of jiff, chrono and time"
)]
pub trait StampField {
    /// Puts the moment into the value.
    fn stamp(&mut self, moment: Timestamp);
}

impl StampField for Timestamp {
    fn stamp(&mut self, moment: Timestamp) {
        *self = moment;
    }
}

impl StampField for Option<Timestamp> {
    fn stamp(&mut self, moment: Timestamp) {
        *self = Some(moment);
    }
}

/// The moments that a write has set in its item.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamps {
    pub(crate) created: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
}

impl Stamps {
    /// Puts the moment of creation into a field, if the write set it.
    pub fn created<F: StampField>(&self, field: &mut F) {
        self.created.into_iter().for_each(|moment| field.stamp(moment));
    }

    /// Puts the moment of the write into a field, if the write set it.
    pub fn updated<F: StampField>(&self, field: &mut F) {
        self.updated.into_iter().for_each(|moment| field.stamp(moment));
    }
}
