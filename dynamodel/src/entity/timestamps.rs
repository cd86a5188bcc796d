//! Created-at and updated-at fields: what writes set by the client's clock.

use crate::key::Timestamp;

/// A type that can be an entity's `#[dynamo(created_at)]` or `#[dynamo(updated_at)]`: [`Timestamp`], or an `Option` of it.
///
/// # Examples
/// ```
/// use dynamodel::Timestamp;
/// use dynamodel::bounds::TimestampField;
///
/// let mut updated_at = None;
/// updated_at.set_timestamp(Timestamp::EPOCH);
/// assert_eq!(updated_at, Some(Timestamp::EPOCH));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold when an item was written",
    label = "not a type for `#[dynamo(created_at)]` and `#[dynamo(updated_at)]`",
    note = "the library writes the timestamp by itself, in a form whose order is the order of time: use `dynamodel::Timestamp` or `Option<Timestamp>`; it converts from and to the types of jiff, chrono and time"
)]
pub trait TimestampField {
    /// Puts the timestamp into the value.
    fn set_timestamp(&mut self, timestamp: Timestamp);
}

impl TimestampField for Timestamp {
    fn set_timestamp(&mut self, timestamp: Timestamp) {
        *self = timestamp;
    }
}

impl TimestampField for Option<Timestamp> {
    fn set_timestamp(&mut self, timestamp: Timestamp) {
        *self = Some(timestamp);
    }
}

/// The timestamps that a write has set in its item.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timestamps {
    pub(crate) created: Option<Timestamp>,
    pub(crate) updated: Option<Timestamp>,
}

impl Timestamps {
    /// Puts the timestamp of creation into a field, if the write set it.
    pub fn created<F: TimestampField>(&self, field: &mut F) {
        self.created.into_iter().for_each(|timestamp| field.set_timestamp(timestamp));
    }

    /// Puts the timestamp of the write into a field, if the write set it.
    pub fn updated<F: TimestampField>(&self, field: &mut F) {
        self.updated.into_iter().for_each(|timestamp| field.set_timestamp(timestamp));
    }
}
