//! Lanes that take turns, so that a change of the machine's mood meets all of them, and tables of what came out.

#[path = "../../../benches/harness/effort.rs"]
pub mod effort;
pub mod process;
pub mod race;
pub mod report;
pub mod spent;

pub use effort::Effort;
pub use race::{Lane, Time, race, race_of};
pub use report::Report;
