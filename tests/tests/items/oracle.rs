//! Conditions and updates against an oracle: what the engine makes of a random typed expression is what the same
//! expression means in Rust.

mod conditions;
mod model;
mod updates;
