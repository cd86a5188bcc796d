//! What a type cannot know of its table: how it is paid for, watched and kept.

use super::TableDefinition;

/// What the app says of a table besides its types; by default on demand, kept when its stack goes, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The physical name, where it is fixed.
    pub name: Option<String>,
    /// How it is paid for.
    pub billing: Billing,
    /// The throughput of single global indexes, in place of the table's.
    pub index_throughput: Vec<(String, Throughput)>,
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
    /// Whether its most used keys are counted.
    pub contributor_insights: Option<ContributorInsights>,
    /// Tags, in their order.
    pub tags: Vec<(String, String)>,
    /// What becomes of it when its stack goes.
    pub removal: RemovalPolicy,
}

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

/// What the app says besides its types.
impl TableDefinition {
    /// The physical name. Without it a template has a parameter for the name.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// How it is paid for. Global indexes have the table's throughput each, unless
    /// [`index_throughput`](Self::index_throughput) says another.
    pub fn billing(mut self, billing: Billing) -> Self {
        self.settings.billing = billing;
        self
    }

    /// The throughput of a global index, in place of the table's.
    pub fn index_throughput(mut self, index: impl Into<String>, throughput: Throughput) -> Self {
        self.settings.index_throughput.push((index.into(), throughput));
        self
    }

    /// A stream of its changes.
    pub fn stream(mut self, view: StreamView) -> Self {
        self.settings.stream = Some(view);
        self
    }

    /// Whose key encrypts its items.
    pub fn encryption(mut self, encryption: Encryption) -> Self {
        self.settings.encryption = encryption;
        self
    }

    /// It can be restored as it was at any second of so many days, 1 to 35.
    pub fn point_in_time_recovery(mut self, days: u32) -> Self {
        self.settings.point_in_time_recovery = Some(days);
        self
    }

    /// DynamoDB refuses to delete it until this is taken back.
    pub fn deletion_protection(mut self) -> Self {
        self.settings.deletion_protection = true;
        self
    }

    /// Its table class.
    pub fn class(mut self, class: TableClass) -> Self {
        self.settings.class = class;
        self
    }

    /// What it must bear from its first second.
    pub fn warm_throughput(mut self, throughput: Throughput) -> Self {
        self.settings.warm_throughput = Some(throughput);
        self
    }

    /// Its most used keys are counted.
    pub fn contributor_insights(mut self, counted: ContributorInsights) -> Self {
        self.settings.contributor_insights = Some(counted);
        self
    }

    /// A tag.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.tags.push((key.into(), value.into()));
        self
    }

    /// What becomes of it when it leaves its stack.
    pub fn removal(mut self, policy: RemovalPolicy) -> Self {
        self.settings.removal = policy;
        self
    }

    /// The throughput of a global index, if the billing has one.
    pub(super) fn throughput_of(&self, index: &str) -> Option<Throughput> {
        let own = self.settings.index_throughput.iter().find(|(name, _)| name == index).map(|(_, own)| *own);
        own.or(self.settings.billing.throughput())
    }
}

impl Billing {
    pub(super) fn throughput(self) -> Option<Throughput> {
        match self {
            Self::OnDemand => None,
            Self::OnDemandUpTo(throughput) | Self::Provisioned(throughput) => Some(throughput),
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::OnDemand | Self::OnDemandUpTo(_) => "PAY_PER_REQUEST",
            Self::Provisioned(_) => "PROVISIONED",
        }
    }
}

impl StreamView {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
            Self::KeysOnly => "KEYS_ONLY",
        }
    }
}

impl TableClass {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::StandardInfrequentAccess => "STANDARD_INFREQUENT_ACCESS",
        }
    }
}

impl ContributorInsights {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::AccessedAndThrottledKeys => "ACCESSED_AND_THROTTLED_KEYS",
            Self::ThrottledKeys => "THROTTLED_KEYS",
        }
    }
}

impl RemovalPolicy {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Retain => "Retain",
            Self::Delete => "Delete",
        }
    }
}
