//! The definition of a table: what its types say (keys, indexes, projections, time to live), what the app adds (billing,
//! stream, encryption, sample items), and DynamoDB's limits on both.

mod builder;
mod from_derive;
mod limits;
mod options;
pub(super) mod pattern;
mod region;
mod replica;
mod sample;
mod sample_value;
mod samples;
mod settings;
mod table;

pub use from_derive::Setting;
pub(super) use limits::MOST_GLOBAL_INDEXES;
#[cfg(feature = "embedded")]
pub(crate) use limits::table_name;
pub(crate) use limits::{invalid_table_name, is_name};
pub use options::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, TableClass, Throughput,
};
pub(super) use region::region;
pub use replica::Replica;
pub(super) use sample::Sample;
pub(super) use sample_value::Attribute;
pub use settings::Settings;
pub use table::{AttributeDefinition, IndexDefinition, TableDefinition};
