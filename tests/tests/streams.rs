//! Change streams: decoding, handling, filters, the poller, and an asynchronous API on them.

#[path = "streams/away.rs"]
mod away;
#[path = "streams/decoding.rs"]
mod decoding;
#[path = "streams/dropped.rs"]
mod dropped;
#[path = "streams/error_codes.rs"]
mod error_codes;
#[path = "streams/faulty.rs"]
mod faulty;
#[path = "streams/filters.rs"]
mod filters;
#[path = "streams/from_latest.rs"]
mod from_latest;
#[path = "streams/handling.rs"]
mod handling;
#[path = "streams/killed.rs"]
mod killed;
#[path = "streams/lambda.rs"]
mod lambda;
#[path = "streams/lost_positions.rs"]
mod lost_positions;
#[path = "streams/model.rs"]
mod model;
#[path = "streams/orders.rs"]
mod orders;
#[path = "streams/outbox.rs"]
mod outbox;
#[path = "streams/pollers_under_faults.rs"]
mod pollers_under_faults;
#[path = "streams/polling.rs"]
mod polling;
#[path = "streams/replaced.rs"]
mod replaced;
#[path = "streams/scripted.rs"]
mod scripted;
#[path = "streams/shards.rs"]
mod shards;
#[path = "streams/shards_under_faults.rs"]
mod shards_under_faults;
#[path = "streams/transient_faults.rs"]
mod transient_faults;
#[path = "streams/weather.rs"]
mod weather;
