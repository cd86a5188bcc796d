//! What the source promises of itself: its rooms, the documents that lead through it, generated code in any scope, the
//! codec's allocations, and the decoder under mutated documents.

mod budget;
mod documents;
mod fuzz;
// Public, so that lints on what is public look into it.
pub mod hygiene;
mod imports;
mod layering;
mod public;
