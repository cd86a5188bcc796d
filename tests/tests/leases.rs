//! Leases: owners, waiters, contenders, the dead, the paused, and those whose responses are lost.

#[path = "leases/basics.rs"]
mod basics;
#[path = "leases/by_hand.rs"]
mod by_hand;
#[path = "leases/contenders.rs"]
mod contenders;
#[path = "leases/drops.rs"]
mod drops;
#[path = "leases/ends.rs"]
mod ends;
#[path = "leases/first.rs"]
mod first;
#[path = "leases/hanging.rs"]
mod hanging;
#[path = "leases/lost_responses.rs"]
mod lost_responses;
#[path = "leases/many.rs"]
mod many;
#[path = "leases/model.rs"]
mod model;
#[path = "leases/processes.rs"]
mod processes;
#[path = "leases/storm.rs"]
mod storm;
#[path = "leases/time.rs"]
mod time;
#[path = "leases/tokens.rs"]
mod tokens;
#[path = "leases/waiting.rs"]
mod waiting;
