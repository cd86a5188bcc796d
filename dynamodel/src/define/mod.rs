//! What can be made of a table's schema without a table: its definition, CreateTable, templates, differences, pictures;
//! knows no item but those that the app gives to look at, and sends nothing.

mod beside;
mod build;
mod check;
mod cloudformation;
mod cost;
mod create_table;
mod definition;
mod difference;
mod document;
mod drift;
mod iam;
mod live;
mod live_settings;
mod markdown;
mod mermaid;
mod page;
mod pattern;
mod plan;
mod region;
mod replica;
mod setting;
mod settings;

pub use crate::schema::Held;
pub(crate) use beside::{Beside, Insights, LivePolicy};
#[cfg(feature = "embedded")]
pub(crate) use check::table_name;
pub(crate) use check::{is_name, no_table_name};
pub use cloudformation::{Format, Template};
pub use definition::{AttributeDefinition, IndexDefinition, TableDefinition};
pub use difference::{Aspect, Difference, Remedy};
pub use iam::{Access, Grant, Permissions, Policy, Principal};
pub use page::HtmlPage;
pub use plan::{Applied, Left, Plan, Step};
pub(crate) use plan::{Change, LiveTable, Progress, Scope};
pub use replica::Replica;
#[doc(hidden)]
pub use setting::Setting;
pub use settings::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, Settings, StreamView, TableClass,
    Throughput,
};
