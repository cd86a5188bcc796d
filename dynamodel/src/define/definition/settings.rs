//! What a type cannot know of its table: how it is paid for, watched and kept.

use super::options::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, TableClass, Throughput,
};
use super::replica::Replica;

/// What the app says of a table besides its types; by default on demand, kept when its stack goes, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The physical name, where it is fixed.
    pub name: Option<String>,
    /// What the name is where nobody says another: the default of a template's parameter.
    pub default_name: Option<String>,
    /// How it is paid for.
    pub billing: Billing,
    /// The throughput of single global indexes, in place of the table's.
    pub index_throughput: Vec<(String, Throughput)>,
    /// How far its provisioned throughput follows its use, if it does.
    pub auto_scaling: Option<AutoScaling>,
    /// What CloudWatch watches, in templates.
    pub alarms: Option<Alarms>,
    /// What its stream holds, if it has one.
    pub stream: Option<StreamView>,
    /// Whose key its items are encrypted with.
    pub encryption: Encryption,
    /// For how many days back it can be restored, if at all: 1 to 35.
    pub point_in_time_recovery: Option<u32>,
    /// Whether DynamoDB refuses to delete it.
    pub deletion_protection: bool,
    /// The table class.
    pub class: TableClass,
    /// What it must bear from the first second.
    pub warm_throughput: Option<Throughput>,
    /// What single global indexes must bear from the first second.
    pub index_warm_throughput: Vec<(String, Throughput)>,
    /// Who else may use it: an IAM policy, as JSON.
    pub resource_policy: Option<String>,
    /// Whether its most used keys are counted.
    pub contributor_insights: Option<ContributorInsights>,
    /// Tags, in their order.
    pub tags: Vec<(String, String)>,
    /// The replicas of a global table, the stack's own region among them; none for a table in one region.
    pub replicas: Vec<Replica>,
    /// What becomes of it when its stack goes.
    pub removal: RemovalPolicy,
}
