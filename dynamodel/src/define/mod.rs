//! Everything that is made from a table's schema without a live table: its definition, CreateTable, templates, the comparison
//! with a table's description, plans, policies, diagrams. It knows no items but the app's samples, and sends nothing.
//!
//! Its rooms, lowest first, each using only those before it: `document`, `definition`, `diff`, `request`, `plan`, `iam`,
//! `render`.

mod definition;
mod diff;
mod document;
mod iam;
mod plan;
mod render;
mod request;

pub use crate::schema::ProjectionType;
#[doc(hidden)]
pub use definition::Setting;
#[cfg(feature = "embedded")]
pub(crate) use definition::table_name;
pub use definition::{
    Alarms, AttributeDefinition, AutoScaling, Billing, ContributorInsights, Encryption, IndexDefinition, RemovalPolicy,
    Replica, Settings, StreamView, TableClass, TableDefinition, Throughput,
};
pub(crate) use definition::{invalid_table_name, is_name};
pub use diff::{Aspect, Difference, Remedy};
pub(crate) use diff::{ExtraSettings, Insights, LivePolicy, LiveTable};
pub use iam::{Access, Grant, Permissions, Policy, Principal};
pub use plan::{ApplyReport, Plan, Step, Unchanged};
pub(crate) use plan::{Scope, StepProgress, StepRequest};
pub use render::{Format, HtmlPage, Template};
