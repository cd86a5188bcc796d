//! What is told of a write is what became of it, whatever the connection and the server do: nothing lost, nothing done
//! twice, no false word.

mod applied;
mod attempts;
mod codes;
mod contention;
mod engines;
mod leftovers;
mod mixed_up;
#[allow(dead_code, reason = "not every path to every field is taken")]
mod second_writer;
mod secrets;
mod told;
mod transactions;
