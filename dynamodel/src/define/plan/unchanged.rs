//! What a plan does not change.

use crate::define::diff::{Aspect, Difference};

/// What a live table has otherwise than its definition and a plan leaves so, with the reason. `Display` says the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unchanged {
    /// No table can be changed so: key, local indexes, types of their attributes.
    NeedsNewTable(Difference),
    /// An index has another key, other types or another projection, and DynamoDB changes none of them.
    ReplaceIndex {
        /// The index.
        index: String,
        /// In what it is another one.
        differences: Vec<Difference>,
    },
    /// An index cannot be made while an attribute of its key has another type in the table.
    BlockedIndex {
        /// The index that cannot be made.
        index: String,
        /// The attribute.
        attribute: String,
    },
    /// A table has no more than 20 global indexes, and has them.
    TooManyIndexes {
        /// The index that cannot be made.
        index: String,
        /// Those that the definition does not know.
        unknown: Vec<String>,
    },
    /// The definition does not know this global index. Others may query it.
    RemoveIndex(String),
    /// `allow_removing_index` was asked for an index that the definition has.
    StillDefined(String),
    /// A setting that the table has would be taken away.
    RemoveSetting(Aspect, Difference),
    /// The replicas are in other regions. A replica that goes takes its items along, and one that comes is filled for hours:
    /// no plan does either.
    Replicas(Difference),
    /// A change goes to every replica of a global table, and these are to be different; or DynamoDB refuses it there.
    EveryRegion(Difference),
    /// A setting that is no part of the table in DynamoDB, and which plans do not look at: templates set it.
    NotCompared(&'static str),
}
