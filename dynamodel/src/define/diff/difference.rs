//! A difference between a definition and a live table, as types for programs and as text for people.

use std::fmt;

/// One difference between a definition and a live table.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::{Aspect, Remedy, StreamView};
///
/// let shop = Shop::embedded().await?;
/// let wanted = Shop::definition().stream(StreamView::KeysOnly);
/// let found = shop.check_schema_with(&wanted).await?;
/// assert_eq!(found[0].aspect, Aspect::Stream);
/// assert_eq!(found[0].remedy, Remedy::InPlace);
/// assert_eq!(
///     found[0].to_string(),
///     "the stream: the definition says KEYS_ONLY, the table has none; can be changed in place",
/// );
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What is different.
    pub aspect: Aspect,
    /// What the definition says.
    pub expected: String,
    /// What the table has.
    pub found: String,
    /// What it takes to remove the difference.
    pub remedy: Remedy,
}

/// What can be different between a definition and a live table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Aspect {
    /// The table's key.
    Key,
    /// The type of a key attribute.
    AttributeType(String),
    /// Whether the index exists.
    Index(String),
    /// An index's key.
    IndexKey(String),
    /// Which attributes of an item an index holds.
    IndexProjection(String),
    /// The throughput of a global index.
    IndexThroughput(String),
    /// The attribute by which items expire.
    TimeToLive,
    /// The billing mode: on demand or provisioned.
    Billing,
    /// The table's throughput.
    Throughput,
    /// What the records of its stream hold.
    Stream,
    /// The key that encrypts it.
    Encryption,
    /// Whether it is protected from deletion.
    DeletionProtection,
    /// The table class.
    Class,
    /// Tags that it lacks or that have other values. Tags that only the table has are not a difference.
    Tags,
    /// For how many days back it can be restored.
    PointInTimeRecovery,
    /// Which keys Contributor Insights counts.
    ContributorInsights,
    /// Its resource policy.
    ResourcePolicy,
    /// Its warm throughput, where that is less than the definition says.
    WarmThroughput,
    /// The warm throughput of a global index, where that is less than the definition says.
    IndexWarmThroughput(String),
    /// The other regions that have a replica of it.
    Replicas,
}

/// What it takes to make a table match its definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Remedy {
    /// UpdateTable, or another request for single settings, changes it; the items stay.
    InPlace,
    /// A global index is created or recreated: DynamoDB fills it from the items.
    NewIndex,
    /// The table must be recreated, and the items moved.
    NewTable,
}

/// The differences so far.
pub(super) struct Differences(pub(super) Vec<Difference>);

impl Differences {
    pub(super) fn compare(&mut self, aspect: Aspect, expected: String, found: String, remedy: Remedy) {
        if expected != found {
            self.add(aspect, expected, found, remedy);
        }
    }

    pub(super) fn add(&mut self, aspect: Aspect, expected: String, found: String, remedy: Remedy) {
        self.0.push(Difference { aspect, expected, found, remedy });
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { aspect, expected, found, remedy } = self;
        write!(f, "{aspect}: the definition says {expected}, the table has {found}; {remedy}")
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("the table's key"),
            Self::AttributeType(name) => write!(f, "the type of `{name}`"),
            Self::Index(name) => write!(f, "the index `{name}`"),
            Self::IndexKey(name) => write!(f, "the key of the index `{name}`"),
            Self::IndexProjection(name) => write!(f, "the projection of the index `{name}`"),
            Self::IndexThroughput(name) => write!(f, "the throughput of the index `{name}`"),
            Self::TimeToLive => f.write_str("the time to live"),
            Self::Billing => f.write_str("the billing"),
            Self::Throughput => f.write_str("the throughput"),
            Self::Stream => f.write_str("the stream"),
            Self::Encryption => f.write_str("the encryption"),
            Self::DeletionProtection => f.write_str("the deletion protection"),
            Self::Class => f.write_str("the table class"),
            Self::Tags => f.write_str("the tags"),
            Self::PointInTimeRecovery => f.write_str("the point-in-time recovery"),
            Self::ContributorInsights => f.write_str("the contributor insights"),
            Self::ResourcePolicy => f.write_str("the resource policy"),
            Self::WarmThroughput => f.write_str("the warm throughput"),
            Self::IndexWarmThroughput(name) => write!(f, "the warm throughput of the index `{name}`"),
            Self::Replicas => f.write_str("the replicas in other regions"),
        }
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InPlace => "can be changed in place",
            Self::NewIndex => "needs a new index",
            Self::NewTable => "needs a new table",
        })
    }
}
