//! Unique fields: which sentinels a write claims and gives up, so that no two items share a value; sends nothing.

mod plan;
mod sentinel;
mod values;
mod write;

pub(crate) use plan::{Planned, Seen, claim_all, give_up, plan, sentinels_of};
pub(crate) use sentinel::{Change as SentinelChange, Sentinel, join};
pub(crate) use values::{Values, sentinel_start, watched};
pub(crate) use write::{Start, UniqueWrite};
