//! Unique fields: which sentinels a write puts and deletes, so that no two items share a value; sends nothing.

mod plan;
mod sentinel;
mod values;
mod write;

pub(crate) use plan::{Planned, plan, sentinels_of, sentinels_to_delete, sentinels_to_write};
pub(crate) use sentinel::{Change as SentinelChange, Sentinel, join};
pub(crate) use values::{Values, sentinel_start, watched};
pub(crate) use write::{KnownItem, Start, UniqueWrite};
