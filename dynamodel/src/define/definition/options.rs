//! The types of single settings.

/// Read and write units per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Throughput {
    /// Read units per second.
    pub read: u32,
    /// Write units per second.
    pub write: u32,
}

/// The billing mode of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Billing {
    /// On demand: paid by request.
    #[default]
    OnDemand,
    /// On demand, and throttled above this throughput.
    OnDemandUpTo(Throughput),
    /// Provisioned: this throughput is paid by the hour.
    Provisioned(Throughput),
}

/// Auto scaling of a provisioned table and of its global indexes: from the provisioned throughput up to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AutoScaling {
    /// The upper limit, of the table and of each index.
    pub up_to: Throughput,
    /// Target utilization in percent: 20 to 90.
    pub target_percent: u32,
}

/// CloudWatch alarms: throttled requests, DynamoDB's own errors, and capacity that is nearly used up, of the table and of
/// its global indexes. For a global table they watch the stack's own region.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alarms {
    /// The ARN of the SNS topic that is notified.
    pub topic: Option<String>,
    /// How much of a limited capacity may be in use for five minutes before the alarm, in percent: 1 to 100.
    pub capacity_percent: u32,
}

impl Default for Alarms {
    /// No topic, and 80 percent.
    fn default() -> Self {
        Self { topic: None, capacity_percent: 80 }
    }
}

/// What the records of a stream hold (`StreamViewType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StreamView {
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// The item before and after the change.
    NewAndOldImages,
    /// The item's key only.
    KeysOnly,
}

/// The key that encrypts the items.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Encryption {
    /// A key that DynamoDB owns.
    #[default]
    AwsOwned,
    /// The account's key `aws/dynamodb` in KMS.
    AwsManaged,
    /// The KMS key of this id, ARN or alias.
    Kms(String),
}

/// DynamoDB's table classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum TableClass {
    /// Expensive storage, cheap requests.
    #[default]
    Standard,
    /// Cheap storage, expensive requests.
    StandardInfrequentAccess,
}

/// Which keys Contributor Insights counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContributorInsights {
    /// The most accessed keys, and the most throttled ones.
    AccessedAndThrottledKeys,
    /// The most throttled keys.
    ThrottledKeys,
}

/// What happens to a table when it is removed from its stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RemovalPolicy {
    /// It stays.
    #[default]
    Retain,
    /// It is deleted, with its items.
    Delete,
}

impl Billing {
    pub(in crate::define) fn throughput(self) -> Option<Throughput> {
        match self {
            Self::OnDemand => None,
            Self::OnDemandUpTo(throughput) | Self::Provisioned(throughput) => Some(throughput),
        }
    }

    pub(in crate::define) fn as_str(self) -> &'static str {
        match self {
            Self::OnDemand | Self::OnDemandUpTo(_) => "PAY_PER_REQUEST",
            Self::Provisioned(_) => "PROVISIONED",
        }
    }
}

impl StreamView {
    pub(in crate::define) fn as_str(self) -> &'static str {
        match self {
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
            Self::KeysOnly => "KEYS_ONLY",
        }
    }
}

impl TableClass {
    pub(in crate::define) fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::StandardInfrequentAccess => "STANDARD_INFREQUENT_ACCESS",
        }
    }
}

impl ContributorInsights {
    pub(in crate::define) fn as_str(self) -> &'static str {
        match self {
            Self::AccessedAndThrottledKeys => "ACCESSED_AND_THROTTLED_KEYS",
            Self::ThrottledKeys => "THROTTLED_KEYS",
        }
    }
}

impl RemovalPolicy {
    pub(in crate::define) fn as_str(self) -> &'static str {
        match self {
            Self::Retain => "Retain",
            Self::Delete => "Delete",
        }
    }
}
