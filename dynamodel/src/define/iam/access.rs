//! What an application does with a table, and the IAM actions that DynamoDB asks for it.

use crate::define::TableDefinition;

/// Something that an application does with a table, by this library's words.
///
/// # Examples
/// ```
/// use dynamodel::define::Access;
///
/// assert_eq!(Access::Upsert.actions(), ["dynamodb:PutItem", "dynamodb:UpdateItem"]);
/// // In a transaction a write needs what it needs by itself.
/// assert_eq!(Access::Check.actions(), ["dynamodb:ConditionCheckItem"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Access {
    /// `get`, also in `transact_get`.
    Get,
    /// `batch_get` and `hydrate`.
    BatchGet,
    /// `query` with everything on it; with [`Delete`](Self::Delete) or [`Update`](Self::Update) also `delete_each` and
    /// `update_each`.
    Query,
    /// `scan`, likewise.
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
    /// `update`, also in a transaction.
    Update,
    /// `upsert`: an update, and a put where the item under the key has expired.
    Upsert,
    /// `delete`, also in a transaction.
    Delete,
    /// `Check`, a condition in a transaction.
    Check,
    /// `batch_write`.
    BatchWrite,
    /// `check_schema` and `check_schema_as`.
    CheckSchema,
    /// `ensure_table` and `ensure_table_as`.
    EnsureTable,
    /// Reading the table's stream: by a Lambda function's event source, or with the streams' own API.
    ReadStream,
}

/// Where an access takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Table,
    Index(String),
    Stream,
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

    /// The IAM actions that it needs, in the order of the alphabet. [`EnsureTable`](Self::EnsureTable) needs more where
    /// the definition has tags or a resource policy, and writes of a table with [unique fields](crate::guide::unique) where
    /// they change sentinels: a policy then has these too.
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
            Self::CheckSchema => &["dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive"],
            Self::EnsureTable => &[
                "dynamodb:CreateTable",
                "dynamodb:DescribeTable",
                "dynamodb:DescribeTimeToLive",
                "dynamodb:UpdateTimeToLive",
            ],
            Self::ReadStream => {
                &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
            }
        }
    }

    /// What it needs besides, of this table.
    pub(super) fn more_actions(self, definition: &TableDefinition) -> Vec<&'static str> {
        let settings = definition.settings();
        let asked = [
            ("dynamodb:TagResource", !settings.tags.is_empty()),
            ("dynamodb:PutResourcePolicy", settings.resource_policy.is_some()),
        ];
        let asked = asked.into_iter().filter(|(_, asked)| *asked && self == Self::EnsureTable);
        let sentinels = if definition.schema().has_unique() { self.sentinel_actions() } else { &[] };
        asked.map(|(action, _)| action).chain(sentinels.iter().copied()).collect()
    }

    /// What it does to the sentinels of unique values, and the read of the old ones.
    pub(super) const fn sentinel_actions(self) -> &'static [&'static str] {
        match self {
            Self::Create | Self::GetOrCreate => &["dynamodb:PutItem"],
            Self::Put | Self::Save => &["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem"],
            Self::Modify | Self::Update | Self::Upsert => {
                &["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
            }
            Self::Delete => &["dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem"],
            _ => &[],
        }
    }

    /// Whether a request says which partition it is for, so that IAM can compare it.
    pub(super) const fn has_partition(self) -> bool {
        !matches!(self, Self::Scan | Self::CheckSchema | Self::EnsureTable | Self::ReadStream)
    }

    /// Whether it reads items, and can be asked for some of their attributes only.
    pub(super) const fn reads_parts(self) -> bool {
        matches!(self, Self::Get | Self::BatchGet | Self::Query | Self::Scan)
    }

    /// Whether it may stand in a transaction, by one request for each.
    pub(super) const fn is_transactional(self) -> bool {
        matches!(self, Self::Get | Self::Create | Self::Put | Self::Save | Self::Update | Self::Delete | Self::Check)
    }

    pub(super) const fn is_of_indexes(self) -> bool {
        matches!(self, Self::Query | Self::Scan)
    }
}
