//! A live table, as DynamoDB describes it.

use aws_sdk_dynamodb::types::{TableDescription, TimeToLiveDescription, TimeToLiveStatus};

/// A live table, as far as it is compared with a definition.
#[derive(Debug, Clone)]
pub(crate) struct LiveTable {
    pub(crate) table: TableDescription,
    pub(crate) ttl: Option<TimeToLiveDescription>,
    pub(crate) extra: ExtraSettings,
}

/// Settings that DescribeTable does not return. Requested only if the definition sets them, and else as if they were off.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExtraSettings {
    pub(crate) tags: Vec<(String, String)>,
    /// For how many days back the table can be restored.
    pub(crate) recovery: Option<u32>,
    pub(crate) insights: Insights,
    pub(crate) policy: Option<LivePolicy>,
}

/// The status of Contributor Insights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Insights {
    #[default]
    Disabled,
    /// It could not be switched on: the reason that DynamoDB gives.
    Failed(String),
    /// Which keys it is going to count.
    Enabling(String),
    /// Which keys it counts.
    Enabled(String),
}

/// The resource policy that a table has.
#[derive(Debug, Clone)]
pub(crate) struct LivePolicy {
    pub(crate) text: String,
    pub(crate) revision: Option<String>,
}

impl LiveTable {
    /// The attribute by which items expire.
    pub(crate) fn expires_by(&self) -> Option<&str> {
        let on = self.ttl.as_ref().filter(|ttl| {
            matches!(ttl.time_to_live_status(), Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling))
        });
        on.and_then(|ttl| ttl.attribute_name())
    }
}
