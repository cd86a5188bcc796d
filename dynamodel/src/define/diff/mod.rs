//! What a live table has otherwise than its definition: comparing the definition with the descriptions that DynamoDB gives.

mod difference;
mod extra_settings;
mod live_table;
mod policy_eq;
mod schema;
mod settings;
mod text;

pub use difference::{Aspect, Difference, Remedy};
pub(crate) use live_table::{ExtraSettings, Insights, LivePolicy, LiveTable};
