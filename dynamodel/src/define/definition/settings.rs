//! What the types cannot know of a table: billing, monitoring, backups, encryption.

use super::options::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, TableClass, Throughput,
};
use super::replica::Replica;

/// What the app adds to what its types know of a table. The default is on-demand billing and a table that is retained
/// when its stack is deleted; everything else is off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The physical name, if it is fixed.
    pub name: Option<String>,
    /// The default of the template's parameter for the name.
    pub default_name: Option<String>,
    /// The billing mode.
    pub billing: Billing,
    /// The throughput of single global indexes, instead of the table's.
    pub index_throughput: Vec<(String, Throughput)>,
    /// Auto scaling of the provisioned throughput, in templates.
    pub auto_scaling: Option<AutoScaling>,
    /// CloudWatch alarms, in templates.
    pub alarms: Option<Alarms>,
    /// What the records of its stream hold, if it has a stream.
    pub stream: Option<StreamView>,
    /// The key that encrypts its items.
    pub encryption: Encryption,
    /// Point-in-time recovery: for how many days back it can be restored, 1 to 35.
    pub point_in_time_recovery: Option<u32>,
    /// Whether DynamoDB refuses to delete it.
    pub deletion_protection: bool,
    /// The table class.
    pub class: TableClass,
    /// Warm throughput: what it can serve from the first second.
    pub warm_throughput: Option<Throughput>,
    /// The warm throughput of single global indexes.
    pub index_warm_throughput: Vec<(String, Throughput)>,
    /// The resource policy: an IAM policy, as JSON.
    pub resource_policy: Option<String>,
    /// Which keys Contributor Insights counts, if it is on.
    pub contributor_insights: Option<ContributorInsights>,
    /// Tags, in their order.
    pub tags: Vec<(String, String)>,
    /// The replicas of a global table, the stack's own region among them; none for a table in one region.
    pub replicas: Vec<Replica>,
    /// What happens to it when it is removed from its stack.
    pub removal: RemovalPolicy,
}
