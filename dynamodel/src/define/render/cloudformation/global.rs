//! A table with replicas: `AWS::DynamoDB::GlobalTable`, where many settings belong to each replica.

use super::parts::{attributes, expiry, insights, keys, name, policy, projection, recovery, tags, warm_throughput};
use crate::define::definition::{
    AutoScaling, Billing, Encryption, IndexDefinition, Replica, StreamView, TableClass, TableDefinition,
};
use crate::define::document::{Map, Node};
use crate::schema::IndexKind;

pub(super) fn properties(definition: &TableDefinition, id: &str) -> Map {
    let settings = definition.settings();
    let key = keys(&[definition.partition_key()], definition.sort_key().as_slice());
    let indexes = |kind| definition.indexes_of(kind).map(|own| index(definition, own).into()).collect();
    // Replication needs both images.
    let stream = Map::new().with("StreamViewType", StreamView::NewAndOldImages.as_str());
    let encrypted = (settings.encryption != Encryption::AwsOwned)
        .then(|| Map::new().with("SSEEnabled", true).with("SSEType", "KMS"));
    let replicas = settings.replicas.iter().map(|own| replica(definition, own).into());
    let map = Map::new()
        .with("TableName", name(definition, id))
        .list("AttributeDefinitions", attributes(definition))
        .list("KeySchema", key)
        .with("BillingMode", settings.billing.as_str());
    throughput(map, definition, "Write", settings.billing.throughput().map(|units| units.write))
        .list("GlobalSecondaryIndexes", indexes(IndexKind::Global))
        .list("LocalSecondaryIndexes", indexes(IndexKind::Local))
        .maybe("TimeToLiveSpecification", expiry(definition))
        .with("StreamSpecification", stream)
        .maybe("SSESpecification", encrypted)
        .maybe("WarmThroughput", settings.warm_throughput.map(warm_throughput))
        .list("Replicas", replicas.collect())
}

fn index(definition: &TableDefinition, index: &IndexDefinition) -> Map {
    let units = definition.throughput_of(index.name).filter(|_| index.kind == IndexKind::Global);
    let map = Map::new()
        .with("IndexName", index.name)
        .list("KeySchema", keys(index.partition_key, index.sort_key))
        .with("Projection", projection(&index.projection));
    throughput(map, definition, "Write", units.map(|units| units.write))
        .maybe("WarmThroughput", definition.warm_throughput_of(index.name).map(warm_throughput))
}

/// A replica: its own settings, or else the definition's.
fn replica(definition: &TableDefinition, replica: &Replica) -> Map {
    let settings = definition.settings();
    let read = |map: Map, units: Option<u32>| throughput(map, definition, "Read", units);
    let indexes = definition.indexes_of(IndexKind::Global).filter_map(|index| {
        let units = definition.throughput_of(index.name)?.read;
        Some(Node::from(read(Map::new().with("IndexName", index.name), Some(units))))
    });
    let key = match &settings.encryption {
        Encryption::Kms(shared) => replica.kms_key.as_ref().or(Some(shared)),
        _ => None,
    };
    let shared = settings.billing.throughput().map(|units| units.read);
    let class = replica.class.unwrap_or(settings.class);
    let days = replica.point_in_time_recovery.or(settings.point_in_time_recovery);
    let protected = replica.deletion_protection.unwrap_or(settings.deletion_protection);
    let own_policy = replica.resource_policy.as_deref().or(settings.resource_policy.as_deref());
    read(Map::new().with("Region", replica.region.as_str()), replica.read_units.or(shared))
        .list("GlobalSecondaryIndexes", indexes.collect())
        .maybe("SSESpecification", key.map(|key| Map::new().with("KMSMasterKeyId", key.as_str())))
        .maybe("PointInTimeRecoverySpecification", days.map(recovery))
        .maybe("DeletionProtectionEnabled", protected.then_some(true))
        .maybe("TableClass", (class != TableClass::default()).then(|| class.as_str()))
        .maybe("ResourcePolicy", policy(own_policy))
        .maybe(
            "ContributorInsightsSpecification",
            replica.contributor_insights.or(settings.contributor_insights).map(insights),
        )
        .list("Tags", tags(replica.all_tags(&settings.tags)))
}

/// The on-demand limit or the auto scaling. Reads are set by each replica, writes by the table.
fn throughput(map: Map, definition: &TableDefinition, way: &str, units: Option<u32>) -> Map {
    let settings = definition.settings();
    match (settings.billing, settings.auto_scaling, units) {
        (Billing::Provisioned(_), Some(AutoScaling { up_to, target_percent }), Some(least)) => {
            let most = if way == "Read" { up_to.read } else { up_to.write };
            let scaling = Map::new()
                .with("MinCapacity", least)
                .with("MaxCapacity", most)
                .with("TargetTrackingScalingPolicyConfiguration", Map::new().with("TargetValue", target_percent));
            let scaled = Map::new().with(format!("{way}CapacityAutoScalingSettings"), scaling);
            map.with(format!("{way}ProvisionedThroughputSettings"), scaled)
        }
        (Billing::OnDemandUpTo(_), _, Some(most)) => {
            let most = Map::new().with(format!("Max{way}RequestUnits"), most);
            map.with(format!("{way}OnDemandThroughputSettings"), most)
        }
        _ => map,
    }
}
