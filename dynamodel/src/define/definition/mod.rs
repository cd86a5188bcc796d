//! The definition of a table: what its types say (keys, indexes, projections, time to live), what the app adds (billing,
//! stream, encryption, sample items), and DynamoDB's limits on both.

mod builder;
mod from_derive;
mod limits;
pub(super) mod pattern;
mod region;
mod replica;
mod sample;
mod sample_value;
mod settings;
mod table;

pub use from_derive::Setting;
#[cfg(feature = "embedded")]
pub(crate) use limits::table_name;
pub(crate) use limits::{is_name, no_table_name};
pub(super) use region::region;
pub use replica::Replica;
pub(super) use sample::Sample;
pub(super) use sample_value::Attribute;
pub use settings::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, Settings, StreamView, TableClass,
    Throughput,
};
pub use table::{AttributeDefinition, IndexDefinition, TableDefinition};
