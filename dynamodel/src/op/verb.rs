//! The verbs of the library.

/// Which verb of the library a request carries out: the same refusal means another thing for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Create,
    Put,
    /// A put that asks nothing, also of a versioned item.
    Overwrite,
    Save,
    Update,
    Delete,
    Check,
    /// A check that there is no item.
    CheckAbsent,
}
