//! A global table as it is in one region.

use super::options::{Billing, Encryption, Throughput};
use super::settings::Settings;
use super::table::TableDefinition;
use crate::schema::IndexKind;
use aws_sdk_dynamodb::types::TableDescription;

impl TableDefinition {
    /// The definition with the settings of the replica in the live table's region. Without replicas, or in a region that
    /// the definition does not name, the definition itself.
    pub(crate) fn in_region_of(&self, live: &TableDescription) -> Self {
        let mut own = self.clone();
        let replica =
            region(live).and_then(|region| self.settings().replicas.iter().find(|replica| replica.region == region));
        let Some(replica) = replica else { return own };
        let Settings { billing, encryption, .. } = self.settings();
        let settings = own.settings_mut();
        if let (Encryption::Kms(_), Some(key)) = (encryption, &replica.kms_key) {
            settings.encryption = Encryption::Kms(key.clone());
        }
        if let (Billing::OnDemandUpTo(units), Some(read)) = (billing, replica.read_units) {
            // A replica's read units apply to its table alone; indexes keep the units that they have in every region.
            let named = |index: &str| settings.index_throughput.iter().any(|(known, _)| known == index);
            let unnamed: Vec<_> = self.indexes_of(IndexKind::Global).filter(|index| !named(index.name)).collect();
            settings.index_throughput.extend(unnamed.into_iter().map(|index| (index.name.to_owned(), *units)));
            settings.billing = Billing::OnDemandUpTo(Throughput { read, ..*units });
        }
        settings.point_in_time_recovery = replica.point_in_time_recovery.or(settings.point_in_time_recovery);
        settings.deletion_protection = replica.deletion_protection.unwrap_or(settings.deletion_protection);
        settings.class = replica.class.unwrap_or(settings.class);
        settings.contributor_insights = replica.contributor_insights.or(settings.contributor_insights);
        settings.tags.retain(|(key, _)| !replica.tags.iter().any(|(own, _)| own == key));
        settings.tags.extend(replica.tags.iter().cloned());
        if let Some(policy) = &replica.resource_policy {
            settings.resource_policy = Some(policy.clone());
        }
        own
    }
}

/// The region of a table, from its ARN.
pub(in crate::define) fn region(live: &TableDescription) -> Option<&str> {
    live.table_arn()?.split(':').nth(3).filter(|region| !region.is_empty())
}
