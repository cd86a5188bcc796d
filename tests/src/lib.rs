//! What the tests share: entities of every kind, and tables on the engine of the day.

pub mod engine;
pub mod model;

pub use engine::{both, clock, connect};
