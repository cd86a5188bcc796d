//! A table with replicas: `AWS::DynamoDB::GlobalTable`, where much of what a table has stands in each replica.

use super::super::document::{Map, Node};
use super::super::{Encryption, IndexDefinition, Replica, StreamView, TableClass, TableDefinition};
use super::table::{self, attributes, expiry, insights, keys, projection, recovery, tags};
use crate::schema::IndexKind;

pub(super) fn properties(definition: &TableDefinition, id: &str) -> Map {
    let settings = definition.settings();
    let key = keys(&[definition.partition_key()], definition.sort_key().as_slice());
    let indexes = |kind| definition.indexes_of(kind).map(|own| index(definition, own).into()).collect();
    let write = settings.billing.throughput().map(|units| Map::new().with("MaxWriteRequestUnits", units.write));
    // Replication reads both images.
    let stream = Map::new().with("StreamViewType", StreamView::NewAndOldImages.word());
    let encrypted = (settings.encryption != Encryption::AwsOwned)
        .then(|| Map::new().with("SSEEnabled", true).with("SSEType", "KMS"));
    let replicas = settings.replicas.iter().map(|own| replica(definition, own).into());
    Map::new()
        .with("TableName", table::name(definition, id))
        .list("AttributeDefinitions", attributes(definition))
        .list("KeySchema", key)
        .with("BillingMode", settings.billing.word())
        .maybe("WriteOnDemandThroughputSettings", write)
        .list("GlobalSecondaryIndexes", indexes(IndexKind::Global))
        .list("LocalSecondaryIndexes", indexes(IndexKind::Local))
        .maybe("TimeToLiveSpecification", expiry(definition))
        .with("StreamSpecification", stream)
        .maybe("SSESpecification", encrypted)
        .maybe("WarmThroughput", settings.warm_throughput.map(table::warm))
        .list("Replicas", replicas.collect())
}

fn index(definition: &TableDefinition, index: &IndexDefinition) -> Map {
    let units = definition.throughput_of(index.name).filter(|_| index.kind == IndexKind::Global);
    Map::new()
        .with("IndexName", index.name)
        .list("KeySchema", keys(index.partition_key, index.sort_key))
        .with("Projection", projection(&index.holds))
        .maybe(
            "WriteOnDemandThroughputSettings",
            units.map(|units| Map::new().with("MaxWriteRequestUnits", units.write)),
        )
        .maybe("WarmThroughput", definition.warm_throughput_of(index.name).map(table::warm))
}

/// What it says of itself, else what the definition says.
fn replica(definition: &TableDefinition, replica: &Replica) -> Map {
    let settings = definition.settings();
    let read = |units: u32| Map::new().with("MaxReadRequestUnits", units);
    let indexes = definition.indexes_of(IndexKind::Global).filter_map(|index| {
        let units = definition.throughput_of(index.name)?.read;
        Some(Node::from(Map::new().with("IndexName", index.name).with("ReadOnDemandThroughputSettings", read(units))))
    });
    let key = match &settings.encryption {
        Encryption::Kms(shared) => replica.kms_key.as_ref().or(Some(shared)),
        _ => None,
    };
    let shared = settings.billing.throughput().map(|units| units.read);
    let class = replica.class.unwrap_or(settings.class);
    let days = replica.point_in_time_recovery.or(settings.point_in_time_recovery);
    let protected = replica.deletion_protection.unwrap_or(settings.deletion_protection);
    let own = |key: &str| replica.tags.iter().any(|(own, _)| own == key);
    let tagged = settings.tags.iter().filter(|(key, _)| !own(key)).chain(&replica.tags);
    let policy = replica.resource_policy.as_deref().or(settings.resource_policy.as_deref());
    Map::new()
        .with("Region", replica.region.as_str())
        .maybe("ReadOnDemandThroughputSettings", replica.read_units.or(shared).map(read))
        .list("GlobalSecondaryIndexes", indexes.collect())
        .maybe("SSESpecification", key.map(|key| Map::new().with("KMSMasterKeyId", key.as_str())))
        .maybe("PointInTimeRecoverySpecification", days.map(recovery))
        .maybe("DeletionProtectionEnabled", protected.then_some(true))
        .maybe("TableClass", (class != TableClass::default()).then(|| class.word()))
        .maybe("ResourcePolicy", table::policy(policy))
        .maybe(
            "ContributorInsightsSpecification",
            replica.contributor_insights.or(settings.contributor_insights).map(insights),
        )
        .list("Tags", tags(tagged))
}
