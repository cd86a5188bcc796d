//! Change streams: decoding, handling, filters, the poller, and an asynchronous API on them.

#[path = "streams/decoding.rs"]
mod decoding;
#[path = "streams/filters.rs"]
mod filters;
#[path = "streams/handling.rs"]
mod handling;
#[path = "streams/killed.rs"]
mod killed;
#[path = "streams/lambda.rs"]
mod lambda;
#[path = "streams/model.rs"]
mod model;
#[path = "streams/orders.rs"]
mod orders;
#[path = "streams/outbox.rs"]
mod outbox;
#[path = "streams/polling.rs"]
mod polling;
#[path = "streams/scripted.rs"]
mod scripted;
#[path = "streams/shards.rs"]
mod shards;
