//! Change streams: decoding, handling, filters, the poller, and an asynchronous API on them.

mod away;
mod decoding;
mod dropped;
mod faulty;
mod filters;
mod from_latest;
mod handling;
mod killed;
mod lambda;
mod lost_places;
mod model;
mod orders;
mod outbox;
mod passing_faults;
mod pollers_under_faults;
mod polling;
mod replaced;
mod scripted;
mod shards;
mod shards_under_faults;
mod weather;
