//! Operations on one item: get, create, put, save, update, delete, modify, and the exact request of each.

#[cfg(feature = "lock")]
mod create_locked;
mod explain;
mod modify;
mod run;

pub use modify::{Change, GotOrCreated, Modified, Modify};
pub(super) use run::IfMissing;
