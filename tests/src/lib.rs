//! What the tests share: entities of every kind, and tables on the engine of the day.

pub mod browser;
pub mod codec;
pub mod engine;
pub mod keys;
pub mod model;
pub mod record;
pub mod shapes;
pub mod storm;
pub mod tap;
pub mod weather;
pub mod wrap;

pub use engine::{both, clock, connect};

/// The code in the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
