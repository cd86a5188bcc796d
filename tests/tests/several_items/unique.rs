//! Unique fields, verb by verb: values are claimed and given up with the writes of their items, and with no others.

mod expiry;
mod groups;
pub mod look;
mod missing;
mod model;
mod neighbours;
mod requests;
#[allow(dead_code, reason = "not every path to every field is taken")]
mod storm;
mod verbs;
