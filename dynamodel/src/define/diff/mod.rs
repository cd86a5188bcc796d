//! Comparing a definition with a live table: DynamoDB's descriptions of the table go in, differences come out.

mod difference;
mod extra_settings;
mod live_table;
mod policy_eq;
mod schema;
mod settings;
mod text;

pub use difference::{Aspect, Difference, Remedy};
pub(crate) use live_table::{ExtraSettings, Insights, LivePolicy, LiveTable};
