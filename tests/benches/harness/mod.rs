//! What the benchmarks share.

pub mod effort;
pub mod race;
