//! Changes of an entity's item, one type for each view: an image that the stream does not hold has no field.

use super::{ChangedFields, RemovedBy};
use crate::entity::Key;

/// A change of an item, in a stream of new and old images.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemChange<E> {
    /// A new item was created.
    Insert {
        /// The item.
        new: E,
    },
    /// An item was changed.
    Modify {
        /// The item before the change.
        old: E,
        /// The item after the change.
        new: E,
        /// Which of its attributes differ.
        changed: ChangedFields<E>,
    },
    /// An item was deleted.
    Remove {
        /// The item before it was deleted.
        old: E,
        /// Who deleted it.
        by: RemovedBy,
    },
}

/// A change of an item, in a stream of new images.
#[derive(Debug, Clone, PartialEq)]
pub enum NewImageChange<E> {
    /// A new item was created.
    Insert {
        /// The item.
        new: E,
    },
    /// An item was changed.
    Modify {
        /// The item after the change.
        new: E,
    },
    /// An item was deleted.
    Remove {
        /// Its key.
        key: Key<E>,
        /// Who deleted it.
        by: RemovedBy,
    },
}

/// A change of an item, in a stream of old images.
#[derive(Debug, Clone, PartialEq)]
pub enum OldImageChange<E> {
    /// A new item was created.
    Insert {
        /// Its key.
        key: Key<E>,
    },
    /// An item was changed.
    Modify {
        /// The item before the change.
        old: E,
    },
    /// An item was deleted.
    Remove {
        /// The item before it was deleted.
        old: E,
        /// Who deleted it.
        by: RemovedBy,
    },
}

/// A change of an item, in a stream of keys.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyChange<E> {
    /// A new item was created.
    Insert {
        /// Its key.
        key: Key<E>,
    },
    /// An item was changed.
    Modify {
        /// Its key.
        key: Key<E>,
    },
    /// An item was deleted.
    Remove {
        /// Its key.
        key: Key<E>,
        /// Who deleted it.
        by: RemovedBy,
    },
}
