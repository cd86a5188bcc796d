//! Leases: owners, waiters, contenders, the dead, the paused, and those whose responses are lost.

mod basics;
mod by_hand;
mod contenders;
mod drops;
mod ends;
mod first;
mod hanging;
mod lost_responses;
mod many;
mod model;
mod processes;
mod storm;
mod time;
mod tokens;
mod waiting;
