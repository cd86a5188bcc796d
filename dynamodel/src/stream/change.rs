//! What a change of an entity's item tells, view by view: an image that the stream does not hold has no field.

use super::{ChangedFields, RemovedBy};
use crate::entity::Key;

/// A change of an item, in a stream of new and old images.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemChange<E> {
    /// There is a new item.
    Insert {
        /// The item.
        new: E,
    },
    /// An item was changed.
    Modify {
        /// The item before.
        old: E,
        /// The item after.
        new: E,
        /// Which of its attributes are different.
        changed: ChangedFields<E>,
    },
    /// An item was deleted.
    Remove {
        /// The item as it was.
        old: E,
        /// By whom.
        by: RemovedBy,
    },
}

/// A change of an item, in a stream of new images.
#[derive(Debug, Clone, PartialEq)]
pub enum NewImageChange<E> {
    /// There is a new item.
    Insert {
        /// The item.
        new: E,
    },
    /// An item was changed.
    Modify {
        /// The item after.
        new: E,
    },
    /// An item was deleted.
    Remove {
        /// The key under which it was.
        key: Key<E>,
        /// By whom.
        by: RemovedBy,
    },
}

/// A change of an item, in a stream of old images.
#[derive(Debug, Clone, PartialEq)]
pub enum OldImageChange<E> {
    /// There is a new item.
    Insert {
        /// The key under which it is.
        key: Key<E>,
    },
    /// An item was changed.
    Modify {
        /// The item before.
        old: E,
    },
    /// An item was deleted.
    Remove {
        /// The item as it was.
        old: E,
        /// By whom.
        by: RemovedBy,
    },
}

/// A change of an item, in a stream of keys.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyChange<E> {
    /// There is a new item.
    Insert {
        /// The key under which it is.
        key: Key<E>,
    },
    /// An item was changed.
    Modify {
        /// The key under which it is.
        key: Key<E>,
    },
    /// An item was deleted.
    Remove {
        /// The key under which it was.
        key: Key<E>,
        /// By whom.
        by: RemovedBy,
    },
}
