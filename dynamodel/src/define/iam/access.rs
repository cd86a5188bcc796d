//! What an application does with a table, and the IAM actions that it needs.

use crate::define::definition::TableDefinition;

/// Something that an application does with a table: one of this library's verbs.
///
/// # Examples
/// ```
/// use dynamodel::define::Access;
///
/// assert_eq!(Access::Upsert.actions(), ["dynamodb:PutItem", "dynamodb:UpdateItem"]);
/// // In a transaction, a verb needs the same actions as alone.
/// assert_eq!(Access::Check.actions(), ["dynamodb:ConditionCheckItem"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Access {
    /// `get`, also in `transact_get`.
    Get,
    /// `batch_get` and `hydrate`.
    BatchGet,
    /// `query` with all its options; with [`Delete`](Self::Delete) or [`Update`](Self::Update) also `delete_each` and
    /// `update_each`.
    Query,
    /// `scan` with all its options, likewise.
    Scan,
    /// `create`, also in a transaction.
    Create,
    /// `put`, also in a transaction.
    Put,
    /// `save`, also in a transaction.
    Save,
    /// `get_or_create`.
    GetOrCreate,
    /// `modify`.
    Modify,
    /// `update`, also in a transaction. After a lost response, an item with a random version is read: without
    /// [`Get`](Self::Get) it stays unknown whether the update was applied.
    Update,
    /// `upsert`: an update, and a put where the item under the key has expired.
    Upsert,
    /// `delete`, also in a transaction.
    Delete,
    /// `Check`, a condition in a transaction.
    Check,
    /// `batch_write`.
    BatchWrite,
    /// `check_schema` and `check_schema_with`.
    CheckSchema,
    /// `ensure_table` and `ensure_table_with`.
    EnsureTable,
    /// `plan` and `plan_with`: reads only, nothing is changed.
    Plan,
    /// `apply`, with any plan.
    Apply,
    /// Reading the table's stream, whose name is known: by a Lambda function's event source, or with the streams' own
    /// API. IAM has no resource for `ListStreams`, which Lambda needs, so that this action is allowed on `*`: it lists the
    /// names of streams.
    ReadStream,
    /// A `Poller` (feature `streams`), which asks the table for its stream. Its bookmarks are items of the table, for
    /// which it needs [`Get`](Self::Get) and [`Save`](Self::Save), and [`Delete`](Self::Delete) to delete the bookmarks of
    /// closed shards; without it they stay.
    PollStream,
}

/// The actions whose resource is the stream.
const OF_STREAM: &[&str] = &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
/// The actions for which IAM has no resource: they are allowed on `*`, or not at all.
const OF_ALL: &[&str] = &["dynamodb:ListStreams"];

/// Where an access takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Table,
    Index(String),
    Stream,
    Everywhere,
}

impl Place {
    /// What follows the table's ARN; `None` for actions that have no resource.
    pub(super) fn suffix(&self) -> Option<String> {
        match self {
            Self::Table => Some(String::new()),
            Self::Index(name) => Some(format!("/index/{name}")),
            Self::Stream => Some("/stream/*".to_owned()),
            Self::Everywhere => None,
        }
    }
}

impl Access {
    /// All reads of items.
    pub const READS: [Self; 4] = [Self::Get, Self::BatchGet, Self::Query, Self::Scan];
    /// All writes of items.
    pub const WRITES: [Self; 10] = [
        Self::Create,
        Self::Put,
        Self::Save,
        Self::GetOrCreate,
        Self::Modify,
        Self::Update,
        Self::Upsert,
        Self::Delete,
        Self::Check,
        Self::BatchWrite,
    ];

    /// The IAM actions that it needs, in alphabetical order. A policy also has the actions of settings with requests of
    /// their own (tags, a resource policy, recovery, contributor insights), where the access creates, compares or changes
    /// such a table; and those that writes of entities with [unique fields](crate::guide::unique) need, in statements of
    /// their own that are restricted to the sentinels' partitions.
    pub const fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Get => &["dynamodb:GetItem"],
            Self::BatchGet => &["dynamodb:BatchGetItem"],
            Self::Query => &["dynamodb:Query"],
            Self::Scan => &["dynamodb:Scan"],
            Self::Create | Self::Put | Self::Save | Self::GetOrCreate => &["dynamodb:PutItem"],
            Self::Modify => &["dynamodb:GetItem", "dynamodb:PutItem"],
            Self::Update => &["dynamodb:UpdateItem"],
            Self::Upsert => &["dynamodb:PutItem", "dynamodb:UpdateItem"],
            Self::Delete => &["dynamodb:DeleteItem"],
            Self::Check => &["dynamodb:ConditionCheckItem"],
            Self::BatchWrite => &["dynamodb:BatchWriteItem"],
            Self::CheckSchema | Self::Plan => &["dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive"],
            Self::EnsureTable => &[
                "dynamodb:CreateTable",
                "dynamodb:DescribeTable",
                "dynamodb:DescribeTimeToLive",
                "dynamodb:UpdateTimeToLive",
            ],
            Self::Apply => &[
                "dynamodb:DescribeTable",
                "dynamodb:DescribeTimeToLive",
                "dynamodb:UpdateTable",
                "dynamodb:UpdateTimeToLive",
            ],
            Self::ReadStream => {
                &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
            }
            Self::PollStream => &[
                "dynamodb:DescribeStream",
                "dynamodb:DescribeTable",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
            ],
        }
    }

    /// All actions that it needs on this table or index, each with its place.
    pub(super) fn placed(self, definition: &TableDefinition, index: Option<&str>) -> Vec<(Place, Vec<&'static str>)> {
        let here = index.map_or(Place::Table, |index| Place::Index(index.to_owned()));
        let all = self.actions().iter().copied().chain(self.more_actions(definition));
        let (of_all, others): (Vec<_>, Vec<_>) = all.partition(|action| OF_ALL.contains(action));
        let (of_stream, others) = others.into_iter().partition(|action| OF_STREAM.contains(action));
        let placed = [(here, others), (Place::Stream, of_stream), (Place::Everywhere, of_all)];
        placed.into_iter().filter(|(_, actions)| !actions.is_empty()).collect()
    }

    /// The further actions that it needs on this table.
    fn more_actions(self, definition: &TableDefinition) -> Vec<&'static str> {
        let settings = definition.settings();
        // Settings with requests of their own: the action that reads each, and the action that changes it.
        let replicas = || settings.replicas.iter();
        let tags = (
            !settings.tags.is_empty() || replicas().any(|own| !own.tags.is_empty()),
            "dynamodb:ListTagsOfResource",
            "dynamodb:TagResource",
        );
        let policy = (
            settings.resource_policy.is_some() || replicas().any(|own| own.resource_policy.is_some()),
            "dynamodb:GetResourcePolicy",
            "dynamodb:PutResourcePolicy",
        );
        let recovery = (
            settings.point_in_time_recovery.is_some() || replicas().any(|own| own.point_in_time_recovery.is_some()),
            "dynamodb:DescribeContinuousBackups",
            "dynamodb:UpdateContinuousBackups",
        );
        let insights = (
            settings.contributor_insights.is_some() || replicas().any(|own| own.contributor_insights.is_some()),
            "dynamodb:DescribeContributorInsights",
            "dynamodb:UpdateContributorInsights",
        );
        let set = |all: &[(bool, &'static str, &'static str)]| -> Vec<_> {
            all.iter().copied().filter(|(set, ..)| *set).collect()
        };
        let all = set(&[tags, policy, recovery, insights]);
        match self {
            Self::CheckSchema | Self::Plan => all.iter().map(|(_, look, _)| *look).collect(),
            Self::Apply => all.iter().flat_map(|(_, look, change)| [*look, *change]).collect(),
            // CreateTable sets these two; a definition with the others is refused.
            Self::EnsureTable => set(&[tags, policy]).iter().map(|(.., change)| *change).collect(),
            _ => Vec::new(),
        }
    }

    /// The actions on the sentinels of unique values, each in a transaction with the item itself.
    pub(super) const fn sentinel_actions(self) -> &'static [&'static str] {
        match self {
            Self::Create | Self::GetOrCreate => &["dynamodb:PutItem"],
            Self::Put | Self::Save | Self::Modify | Self::Update | Self::Upsert => {
                &["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem"]
            }
            Self::Delete => &["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem"],
            _ => &[],
        }
    }

    /// Whether it reads the item's unique values first.
    pub(super) const fn reads_unique(self) -> bool {
        matches!(self, Self::Update | Self::Upsert | Self::Delete)
    }

    /// Whether its requests name a partition, so that IAM can compare it.
    pub(super) const fn has_partition(self) -> bool {
        !matches!(self, Self::Scan | Self::CheckSchema | Self::EnsureTable | Self::Plan | Self::Apply)
            && !self.is_of_stream()
    }

    /// Whether it reads items, and can be restricted to some of their attributes.
    pub(super) const fn reads_parts(self) -> bool {
        matches!(self, Self::Get | Self::BatchGet | Self::Query | Self::Scan)
    }

    /// Whether it may be part of a transaction.
    pub(super) const fn is_transactional(self) -> bool {
        matches!(self, Self::Get | Self::Create | Self::Put | Self::Save | Self::Update | Self::Delete | Self::Check)
    }

    /// Whether it needs the table's stream.
    pub(super) const fn is_of_stream(self) -> bool {
        matches!(self, Self::ReadStream | Self::PollStream)
    }

    pub(super) const fn is_of_indexes(self) -> bool {
        matches!(self, Self::Query | Self::Scan)
    }
}
