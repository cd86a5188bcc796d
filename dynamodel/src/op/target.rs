//! What a write is given: an item's key alone, or a value that was read.

use super::unique::Values;
use crate::entity::{Entity, Key, VersionField};
use crate::error::{Error, ErrorKind, Result};

/// An item to write to, by its key alone or by a value that was read: then its version is checked.
pub struct Target<E: Entity> {
    pub(crate) key: Key<E>,
    pub(crate) expected: Option<E::Version>,
    /// What the value says of its unique fields.
    pub(crate) before: Option<Values>,
}

impl<E: Entity> From<Key<E>> for Target<E> {
    fn from(key: Key<E>) -> Self {
        Self { key, expected: None, before: None }
    }
}

impl<E: Entity> From<&Key<E>> for Target<E> {
    fn from(key: &Key<E>) -> Self {
        Self { key: key.clone(), expected: None, before: None }
    }
}

impl<E: Entity> From<&E> for Target<E> {
    fn from(entity: &E) -> Self {
        Self {
            key: entity.primary_key(),
            expected: E::Version::PRESENT.then(|| entity.version().clone()),
            before: Values::of_entity(entity),
        }
    }
}

/// A value that was never stored has no version to compare with.
pub(crate) fn check_stored<E: Entity>(key: &Key<E>, expected: Option<&E::Version>) -> Result<()> {
    match expected {
        Some(version) if version.is_fresh() => Err(Error::new(
            ErrorKind::InvalidRequest,
            "the value was never stored: its version says so; give the key instead to write without a check",
        )
        .of_entity(E::SCHEMA.name)
        .at_key(key)),
        _ => Ok(()),
    }
}
