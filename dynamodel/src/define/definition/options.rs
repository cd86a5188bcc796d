//! The values that single settings take.

/// Read and write units per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Throughput {
    /// Read units per second.
    pub read: u32,
    /// Write units per second.
    pub write: u32,
}

/// How a table is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Billing {
    /// By request.
    #[default]
    OnDemand,
    /// By request, and throttled above so much.
    OnDemandUpTo(Throughput),
    /// By the hour, for so much.
    Provisioned(Throughput),
}

/// How the throughput of a provisioned table and of its global indexes follows their use: from what is provisioned up to
/// a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AutoScaling {
    /// The most, of the table and of each index.
    pub up_to: Throughput,
    /// How much of it is to be in use, in percent: 20 to 90.
    pub target_percent: u32,
}

/// CloudWatch alarms: throttled requests, DynamoDB's own errors, and capacity that is nearly used up, of the table and of
/// its global indexes. Of a global table they are of the stack's own region.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alarms {
    /// The ARN of the SNS topic that is told.
    pub topic: Option<String>,
    /// How much of a capacity with an end may be in use for five minutes, in percent: 1 to 100.
    pub capacity_percent: u32,
}

impl Default for Alarms {
    /// No topic, and 80 percent.
    fn default() -> Self {
        Self { topic: None, capacity_percent: 80 }
    }
}

/// What a stream's records hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StreamView {
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// Both.
    NewAndOldImages,
    /// The key.
    KeysOnly,
}

/// Whose key encrypts the items.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Encryption {
    /// DynamoDB's own.
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
    /// The dearer storage and the cheaper requests.
    #[default]
    Standard,
    /// The cheaper storage and the dearer requests.
    StandardInfrequentAccess,
}

/// Which keys Contributor Insights counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContributorInsights {
    /// All that are used, and those that are throttled.
    AccessedAndThrottledKeys,
    /// Those that are throttled.
    ThrottledKeys,
}

/// What becomes of a table when it leaves its stack.
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
