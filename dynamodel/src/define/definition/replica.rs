//! A replica of a global table in one region, and the settings that it does not share with the others.

use super::options::{ContributorInsights, TableClass};

/// A replica of a global table. Settings that it does not set are the definition's.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::{Replica, TableClass, Template};
///
/// let archive = Replica::new("eu-west-1").class(TableClass::StandardInfrequentAccess).tag("use", "archive");
/// let definition = Shop::definition().tag("team", "checkout").replica("us-east-1").replica(archive);
/// let yaml = Template::new().table(definition).to_yaml()?;
/// assert!(yaml.contains("AWS::DynamoDB::GlobalTable") && yaml.contains("TableClass: STANDARD_INFREQUENT_ACCESS"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[must_use = "a replica is a plain value: hand it to `TableDefinition::replica`"]
pub struct Replica {
    /// The region.
    pub region: String,
    /// The KMS key of that region: its id, ARN or alias.
    pub kms_key: Option<String>,
    /// The most read units per second, of an on-demand table.
    pub read_units: Option<u32>,
    /// Point-in-time recovery: for how many days back it can be restored.
    pub point_in_time_recovery: Option<u32>,
    /// Whether DynamoDB refuses to delete it.
    pub deletion_protection: Option<bool>,
    /// The table class.
    pub class: Option<TableClass>,
    /// Which keys Contributor Insights counts.
    pub contributor_insights: Option<ContributorInsights>,
    /// Its tags in addition to the definition's; a tag of the same key replaces the definition's.
    pub tags: Vec<(String, String)>,
    /// Its resource policy as JSON, instead of the definition's.
    pub resource_policy: Option<String>,
}

impl Replica {
    /// A replica in the region, with the definition's settings.
    pub fn new(region: impl Into<String>) -> Self {
        Self {
            region: region.into(),
            kms_key: None,
            read_units: None,
            point_in_time_recovery: None,
            deletion_protection: None,
            class: None,
            contributor_insights: None,
            tags: Vec::new(),
            resource_policy: None,
        }
    }

    /// Encrypted with this KMS key, by id, ARN or alias. A key belongs to one region, unless it is a
    /// multi-region key; an alias can exist in each region.
    pub fn kms_key(mut self, key: impl Into<String>) -> Self {
        self.kms_key = Some(key.into());
        self
    }

    /// The most read units per second, of an on-demand table. The limit of writes is the same in all regions.
    pub fn read_units(mut self, most: u32) -> Self {
        self.read_units = Some(most);
        self
    }

    /// Point-in-time recovery: the table can be restored to any second of the last `days` days, 1 to 35.
    pub fn point_in_time_recovery(mut self, days: u32) -> Self {
        self.point_in_time_recovery = Some(days);
        self
    }

    /// Whether DynamoDB refuses to delete it.
    pub fn deletion_protection(mut self, on: bool) -> Self {
        self.deletion_protection = Some(on);
        self
    }

    /// The table class.
    pub fn class(mut self, class: TableClass) -> Self {
        self.class = Some(class);
        self
    }

    /// Contributor Insights: CloudWatch counts the most used keys.
    pub fn contributor_insights(mut self, counted: ContributorInsights) -> Self {
        self.contributor_insights = Some(counted);
        self
    }

    /// Adds a tag.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push((key.into(), value.into()));
        self
    }

    /// Its resource policy, as JSON: see [`TableDefinition::resource_policy`](crate::define::TableDefinition::resource_policy).
    /// Outside the stack's region it cannot be set by the update that creates the replica: deploy the template without it
    /// first.
    pub fn resource_policy(mut self, json: impl Into<String>) -> Self {
        self.resource_policy = Some(json.into());
        self
    }

    /// All its tags: the definition's, but for those whose keys it sets itself, and its own.
    pub(in crate::define) fn all_tags<'a>(
        &'a self,
        shared: &'a [(String, String)],
    ) -> impl Iterator<Item = &'a (String, String)> {
        let own = |key: &str| self.tags.iter().any(|(own, _)| own == key);
        shared.iter().filter(move |(key, _)| !own(key)).chain(&self.tags)
    }
}

impl From<&str> for Replica {
    fn from(region: &str) -> Self {
        Self::new(region)
    }
}

impl From<String> for Replica {
    fn from(region: String) -> Self {
        Self::new(region)
    }
}
