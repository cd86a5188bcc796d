//! A table with replicas: `AWS::DynamoDB::GlobalTable`, where much of what a table has stands in each replica.

use super::super::document::{Map, Node};
use super::super::{Encryption, IndexDefinition, StreamView, TableClass, TableDefinition};
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
    let replicas = settings.replicas.iter().map(|region| replica(definition, region).into());
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
        .maybe("WarmThroughput", table::warm(definition))
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
}

fn replica(definition: &TableDefinition, region: &str) -> Map {
    let settings = definition.settings();
    let read = |units: super::super::Throughput| Map::new().with("MaxReadRequestUnits", units.read);
    let indexes = definition.indexes_of(IndexKind::Global).filter_map(|index| {
        let units = definition.throughput_of(index.name)?;
        Some(Node::from(Map::new().with("IndexName", index.name).with("ReadOnDemandThroughputSettings", read(units))))
    });
    let key = match &settings.encryption {
        Encryption::Kms(key) => Some(Map::new().with("KMSMasterKeyId", key.as_str())),
        _ => None,
    };
    Map::new()
        .with("Region", region)
        .maybe("ReadOnDemandThroughputSettings", settings.billing.throughput().map(read))
        .list("GlobalSecondaryIndexes", indexes.collect())
        .maybe("SSESpecification", key)
        .maybe("PointInTimeRecoverySpecification", recovery(definition))
        .maybe("DeletionProtectionEnabled", settings.deletion_protection.then_some(true))
        .maybe("TableClass", (settings.class != TableClass::default()).then(|| settings.class.word()))
        .maybe("ContributorInsightsSpecification", insights(definition))
        .list("Tags", tags(definition))
}
