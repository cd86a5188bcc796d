//! What became of a write: the item behind a condition that does not hold, and what it says of a write whose response was
//! lost.

mod read_back;
mod unknown_outcome;

pub(super) use read_back::SendsItems;
pub(super) use unknown_outcome::{holding, repeated, unknown_outcome};
