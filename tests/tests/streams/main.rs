//! Change streams: decoding, handling, filters, the poller, and an asynchronous API on them.

mod away;
mod decoding;
mod dropped;
mod error_codes;
mod faulty;
mod filters;
mod from_latest;
mod handling;
mod killed;
mod lambda;
mod lost_positions;
mod model;
mod orders;
mod outbox;
mod pollers_under_faults;
mod polling;
mod replaced;
mod scripted;
mod shards;
mod shards_under_faults;
mod transient_faults;
mod weather;
