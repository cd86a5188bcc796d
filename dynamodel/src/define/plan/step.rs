//! One step of a plan.

/// One change of a live table: a request, and the wait until it is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Waits for an index that is being created, changed or deleted already: DynamoDB works on one index at a time.
    WaitForIndex(String),
    /// Creates a global index: UpdateTable, until DynamoDB has filled it from the items.
    CreateIndex(String),
    /// Deletes a global index: UpdateTable, until it is gone.
    DeleteIndex(String),
    /// Changes the billing mode, with the throughput of the table and of every index.
    Billing(String),
    /// Changes the table's throughput.
    Throughput(String),
    /// Changes an index's throughput.
    IndexThroughput(String, String),
    /// Switches the stream off.
    StreamOff,
    /// Switches a stream on, with records that hold this.
    StreamOn(String),
    /// Changes the key that encrypts the items.
    Encryption(String),
    /// Switches deletion protection on or off.
    DeletionProtection(String),
    /// Changes the table class.
    Class(String),
    /// Sets these tags: `TagResource`. Others stay.
    Tags(Vec<String>),
    /// Sets for how many days back the table can be restored: UpdateContinuousBackups.
    PointInTimeRecovery(String),
    /// Lets Contributor Insights count these keys: UpdateContributorInsights.
    ContributorInsights(String),
    /// Sets the definition's resource policy: PutResourcePolicy, which replaces only the policy that the plan has seen.
    ResourcePolicy,
    /// Raises the table's warm throughput.
    WarmThroughput(String),
    /// Raises a global index's warm throughput.
    IndexWarmThroughput(String, String),
    /// Switches the time to live by this attribute off: UpdateTimeToLive.
    TimeToLiveOff(String),
    /// Switches the time to live by this attribute on: UpdateTimeToLive.
    TimeToLiveOn(String),
}
