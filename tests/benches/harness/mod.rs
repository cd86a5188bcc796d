//! What the benchmarks share.

pub mod race;
