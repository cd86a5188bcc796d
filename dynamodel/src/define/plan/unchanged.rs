//! What a plan leaves unchanged.

use crate::define::diff::{Aspect, Difference};

/// A difference that a plan leaves unchanged, with the reason. `Display` gives the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unchanged {
    /// DynamoDB cannot change it: the key, local indexes, and the types of their attributes.
    NeedsNewTable(Difference),
    /// An index has another key, other types or another projection, which DynamoDB cannot change.
    ReplaceIndex {
        /// The index.
        index: String,
        /// How it differs.
        differences: Vec<Difference>,
    },
    /// An index cannot be created while an attribute of its key has another type in the table.
    BlockedIndex {
        /// The index that cannot be created.
        index: String,
        /// The attribute.
        attribute: String,
    },
    /// The table already has 20 global indexes, DynamoDB's limit.
    TooManyIndexes {
        /// The index that cannot be created.
        index: String,
        /// The table's indexes that the definition does not have.
        unknown: Vec<String>,
    },
    /// The definition does not have this global index, but others may query it.
    RemoveIndex(String),
    /// `allow_removing_index` names an index that the definition has.
    StillDefined(String),
    /// A setting of the table would be removed or replaced.
    RemoveSetting(Aspect, Difference),
    /// The replicas are in other regions. Plans do not add or remove replicas: removing one deletes its items, and adding
    /// one takes hours.
    Replicas(Difference),
    /// The change would apply to every replica of a global table, which are to stay different; or DynamoDB refuses it for
    /// global tables.
    EveryRegion(Difference),
    /// A setting that is not DynamoDB's own (auto scaling, alarms), which plans do not compare: templates set it.
    NotCompared(&'static str),
}
