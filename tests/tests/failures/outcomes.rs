//! What is told of a write is what became of it, whatever the connection and the server do: nothing lost, nothing done
//! twice, no false word.

#[path = "outcomes/applied.rs"]
mod applied;
#[path = "outcomes/codes.rs"]
mod codes;
#[path = "outcomes/contention.rs"]
mod contention;
#[path = "outcomes/engines.rs"]
mod engines;
#[path = "outcomes/leftovers.rs"]
mod leftovers;
#[path = "outcomes/mixed_up.rs"]
mod mixed_up;
#[allow(dead_code, reason = "not every path to every field is taken")]
#[path = "outcomes/second_writer.rs"]
mod second_writer;
#[path = "outcomes/secrets.rs"]
mod secrets;
#[path = "outcomes/told.rs"]
mod told;
#[path = "outcomes/transactions.rs"]
mod transactions;
