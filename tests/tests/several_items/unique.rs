//! Unique fields, verb by verb: values are claimed and given up with the writes of their items, and with no others.

#[path = "unique/expiry.rs"]
mod expiry;
#[path = "unique/groups.rs"]
mod groups;
#[path = "unique/look.rs"]
mod look;
#[path = "unique/missing.rs"]
mod missing;
#[path = "unique/model.rs"]
mod model;
#[path = "unique/neighbours.rs"]
mod neighbours;
#[path = "unique/requests.rs"]
mod requests;
#[allow(dead_code, reason = "not every path to every field is taken")]
#[path = "unique/storm.rs"]
mod storm;
#[path = "unique/verbs.rs"]
mod verbs;
