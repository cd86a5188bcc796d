//! What the source promises of itself: its rooms, generated code in any scope, the codec's allocations, and the decoder
//! under mutated documents.

mod budget;
mod fuzz;
// Public, so that lints on what is public look into it.
pub mod hygiene;
mod layering;
