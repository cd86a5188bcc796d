//! One change of a table.

/// One change of a live table: a request, and the wait until it is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// An index is being built or deleted already: it is waited for. DynamoDB does one at a time.
    WaitForIndex(String),
    /// A global index is made: UpdateTable, until DynamoDB has filled it from the items.
    CreateIndex(String),
    /// A global index is deleted: UpdateTable, until it is gone.
    DeleteIndex(String),
    /// The billing is another one, with its throughput and that of every index.
    Billing(String),
    /// The table's throughput is another one.
    Throughput(String),
    /// An index's throughput is another one.
    IndexThroughput(String, String),
    /// The stream ends.
    StreamOff,
    /// There is a stream that holds this.
    StreamOn(String),
    /// Another key encrypts the items.
    Encryption(String),
    /// DynamoDB refuses to delete the table, or no longer.
    DeletionProtection(String),
    /// The table class is another one.
    Class(String),
    /// These tags are set: `TagResource`. Others stay.
    Tags(Vec<String>),
    /// It can be restored as it was at any second of so many days: UpdateContinuousBackups.
    PointInTimeRecovery(String),
    /// Contributor Insights counts these keys: UpdateContributorInsights.
    ContributorInsights(String),
    /// The table's resource policy is the definition's: PutResourcePolicy, of the policy that was found and no other.
    ResourcePolicy,
    /// The table bears this from one second to the next.
    WarmThroughput(String),
    /// A global index does.
    IndexWarmThroughput(String, String),
    /// Items no longer expire by this attribute: UpdateTimeToLive.
    TimeToLiveOff(String),
    /// Items expire by this attribute: UpdateTimeToLive.
    TimeToLiveOn(String),
}
