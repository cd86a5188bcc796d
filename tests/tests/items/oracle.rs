//! Conditions and updates against an oracle: what the engine makes of a random typed expression is what the same
//! expression means in Rust.

#[path = "oracle/conditions.rs"]
mod conditions;
#[path = "oracle/model.rs"]
mod model;
#[path = "oracle/updates.rs"]
mod updates;
