//! The settings of `#[dynamo(settings(..))]`, as constants of generated code.

use super::options::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, TableClass, Throughput,
};
use super::table::TableDefinition;
use crate::schema::TableSchema;

/// One entry of `settings(..)`, as generated code writes it: the method of [`TableDefinition`] of the same name.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Setting {
    Name(&'static str),
    DefaultName(&'static str),
    Billing(Billing),
    IndexThroughput(&'static str, Throughput),
    IndexWarmThroughput(&'static str, Throughput),
    AutoScaling(AutoScaling),
    Alarms { topic: Option<&'static str>, capacity_percent: u32 },
    Stream(StreamView),
    AwsOwned,
    AwsManaged,
    Kms(&'static str),
    PointInTimeRecovery(u32),
    DeletionProtection,
    Class(TableClass),
    WarmThroughput(Throughput),
    ContributorInsights(ContributorInsights),
    Tag(&'static str, &'static str),
    Replica(&'static str),
    Removal(RemovalPolicy),
}

impl TableDefinition {
    /// The definition that the derive generates: from the types and the settings.
    #[doc(hidden)]
    pub fn of_derive(schema: &'static TableSchema, settings: &[Setting]) -> Self {
        settings.iter().fold(Self::from_schema(schema), Self::set)
    }

    fn set(self, setting: &Setting) -> Self {
        match *setting {
            Setting::Name(name) => self.named(name),
            Setting::DefaultName(name) => self.default_name(name),
            Setting::Billing(billing) => self.billing(billing),
            Setting::IndexThroughput(index, units) => self.index_throughput(index, units),
            Setting::IndexWarmThroughput(index, units) => self.index_warm_throughput(index, units),
            Setting::AutoScaling(scaling) => self.auto_scaling(scaling),
            Setting::Alarms { topic, capacity_percent } => {
                self.alarms(Alarms { topic: topic.map(str::to_owned), capacity_percent })
            }
            Setting::Stream(view) => self.stream(view),
            Setting::AwsOwned => self.encryption(Encryption::AwsOwned),
            Setting::AwsManaged => self.encryption(Encryption::AwsManaged),
            Setting::Kms(key) => self.encryption(Encryption::Kms(key.to_owned())),
            Setting::PointInTimeRecovery(days) => self.point_in_time_recovery(days),
            Setting::DeletionProtection => self.deletion_protection(),
            Setting::Class(class) => self.class(class),
            Setting::WarmThroughput(units) => self.warm_throughput(units),
            Setting::ContributorInsights(counted) => self.contributor_insights(counted),
            Setting::Tag(key, value) => self.tag(key, value),
            Setting::Replica(region) => self.replica(region),
            Setting::Removal(policy) => self.removal(policy),
        }
    }
}
