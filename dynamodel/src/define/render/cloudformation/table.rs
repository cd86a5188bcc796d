//! A table as a resource, the parameter for its name, and its outputs.

use super::global;
use super::parts::{
    attributes, call, expiry, insights, keys, name, policy, projection, rate, recovery, table_id, tags, warm_throughput,
};
use crate::define::definition::{Billing, Encryption, IndexDefinition, TableClass, TableDefinition, Throughput};
use crate::define::document::{Map, Node};
use crate::schema::IndexKind;

/// The parameter for the name, unless it is fixed.
pub(super) fn parameter(parameters: Map, definition: &TableDefinition, id: &str) -> Map {
    if definition.settings().name.is_some() {
        return parameters;
    }
    let parameter = Map::new()
        .with("Type", "String")
        .with("Description", format!("Name of the table {}", definition.table()).as_str())
        .with("MinLength", 3)
        .with("MaxLength", 255)
        .with("AllowedPattern", "^[a-zA-Z0-9_.-]+$")
        .maybe("Default", definition.settings().default_name.as_deref());
    parameters.with(format!("{id}TableName"), parameter)
}

/// The table.
pub(super) fn resource(definition: &TableDefinition, id: &str) -> Map {
    let removal = definition.settings().removal.as_str();
    let (kind, properties) = match definition.settings().replicas[..] {
        [] => ("AWS::DynamoDB::Table", properties(definition, id)),
        _ => ("AWS::DynamoDB::GlobalTable", global::properties(definition, id)),
    };
    Map::new()
        .with("Type", kind)
        .with("DeletionPolicy", removal)
        .with("UpdateReplacePolicy", removal)
        .with("Properties", properties)
}

/// Name, ARN and the stream's ARN.
pub(super) fn outputs(outputs: Map, definition: &TableDefinition, id: &str) -> Map {
    let table = table_id(definition);
    let output = |what: &str, value: Node| {
        Map::new()
            .with("Description", format!("{what} of the table {}", definition.table()).as_str())
            .with("Value", value)
    };
    let attribute = |name: &str| call("Fn::GetAtt", Node::List(vec![table.as_str().into(), name.into()]));
    let settings = definition.settings();
    // DynamoDB gives every global table a stream.
    let has_stream = settings.stream.is_some() || !settings.replicas.is_empty();
    let stream = has_stream.then(|| output("ARN of the stream", attribute("StreamArn")));
    outputs
        .with(format!("{id}Name"), output("Name", call("Ref", table.as_str())))
        .with(format!("{id}Arn"), output("ARN", attribute("Arn")))
        .maybe(&format!("{id}StreamArn"), stream)
}

fn properties(definition: &TableDefinition, id: &str) -> Map {
    let settings = definition.settings();
    let key = keys(&[definition.partition_key()], definition.sort_key().as_slice());
    let indexes = |kind| definition.indexes_of(kind).map(|own| index(definition, own).into()).collect();
    let properties = Map::new()
        .with("TableName", name(definition, id))
        .list("AttributeDefinitions", attributes(definition))
        .list("KeySchema", key)
        .with("BillingMode", settings.billing.as_str());
    throughput(properties, settings.billing, settings.billing.throughput())
        .list("GlobalSecondaryIndexes", indexes(IndexKind::Global))
        .list("LocalSecondaryIndexes", indexes(IndexKind::Local))
        .maybe("TimeToLiveSpecification", expiry(definition))
        .maybe("StreamSpecification", settings.stream.map(|view| Map::new().with("StreamViewType", view.as_str())))
        .maybe("SSESpecification", encryption(&settings.encryption))
        .maybe("PointInTimeRecoverySpecification", settings.point_in_time_recovery.map(recovery))
        .maybe("DeletionProtectionEnabled", settings.deletion_protection.then_some(true))
        .maybe("TableClass", (settings.class != TableClass::default()).then(|| settings.class.as_str()))
        .maybe("WarmThroughput", settings.warm_throughput.map(warm_throughput))
        .maybe("ResourcePolicy", policy(settings.resource_policy.as_deref()))
        .maybe("ContributorInsightsSpecification", settings.contributor_insights.map(insights))
        .list("Tags", tags(&settings.tags))
}

fn index(definition: &TableDefinition, index: &IndexDefinition) -> Map {
    let map = Map::new()
        .with("IndexName", index.name)
        .list("KeySchema", keys(index.partition_key, index.sort_key))
        .with("Projection", projection(&index.projection));
    match index.kind {
        IndexKind::Global => throughput(map, definition.settings().billing, definition.throughput_of(index.name))
            .maybe("WarmThroughput", definition.warm_throughput_of(index.name).map(warm_throughput)),
        // A local index uses the table's throughput.
        IndexKind::Local => map,
    }
}

fn throughput(map: Map, billing: Billing, throughput: Option<Throughput>) -> Map {
    match (billing, throughput) {
        (_, None) => map,
        (Billing::Provisioned(_), Some(units)) => {
            map.with("ProvisionedThroughput", rate(units, ["ReadCapacityUnits", "WriteCapacityUnits"]))
        }
        (_, Some(units)) => {
            map.with("OnDemandThroughput", rate(units, ["MaxReadRequestUnits", "MaxWriteRequestUnits"]))
        }
    }
}

fn encryption(encryption: &Encryption) -> Option<Map> {
    let enabled = Map::new().with("SSEEnabled", true).with("SSEType", "KMS");
    match encryption {
        Encryption::AwsOwned => None,
        Encryption::AwsManaged => Some(enabled),
        Encryption::Kms(key) => Some(enabled.with("KMSMasterKeyId", key.as_str())),
    }
}
