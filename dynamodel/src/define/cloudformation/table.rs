//! One table: `AWS::DynamoDB::Table`, the parameter for its name, and its outputs.

use super::super::document::{Map, Node};
use super::super::{Billing, Encryption, Held, IndexDefinition, TableClass, TableDefinition, Throughput};
use super::call;
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
        .with("AllowedPattern", "^[a-zA-Z0-9_.-]+$");
    parameters.with(format!("{id}TableName"), parameter)
}

/// The table.
pub(super) fn resource(definition: &TableDefinition, id: &str) -> Map {
    let removal = definition.settings().removal.word();
    Map::new()
        .with("Type", "AWS::DynamoDB::Table")
        .with("DeletionPolicy", removal)
        .with("UpdateReplacePolicy", removal)
        .with("Properties", properties(definition, id))
}

/// Name, ARN and the stream's ARN.
pub(super) fn outputs(outputs: Map, definition: &TableDefinition, id: &str) -> Map {
    let table = format!("{id}Table");
    let output = |what: &str, value: Node| {
        Map::new()
            .with("Description", format!("{what} of the table {}", definition.table()).as_str())
            .with("Value", value)
    };
    let attribute = |name: &str| call("Fn::GetAtt", Node::List(vec![table.as_str().into(), name.into()]));
    let stream = definition.settings().stream.map(|_| output("ARN of the stream", attribute("StreamArn")));
    outputs
        .with(format!("{id}Name"), output("Name", call("Ref", table.as_str())))
        .with(format!("{id}Arn"), output("ARN", attribute("Arn")))
        .maybe(&format!("{id}StreamArn"), stream)
}

fn properties(definition: &TableDefinition, id: &str) -> Map {
    let settings = definition.settings();
    let name = match &settings.name {
        Some(name) => name.as_str().into(),
        None => call("Ref", format!("{id}TableName").as_str()),
    };
    let attributes = definition.attributes().iter().map(|attribute| {
        Map::new().with("AttributeName", attribute.name).with("AttributeType", attribute.kind.letter()).into()
    });
    let key = keys(&[definition.partition_key()], definition.sort_key().as_slice());
    let indexes = |kind| definition.indexes_of(kind).map(|own| index(definition, own).into()).collect();
    let tags = settings
        .tags
        .iter()
        .map(|(key, value)| Map::new().with("Key", key.as_str()).with("Value", value.as_str()).into());
    let expiry = definition.ttl().map(|name| Map::new().with("AttributeName", name).with("Enabled", true));
    let recovery = settings
        .point_in_time_recovery
        .map(|days| Map::new().with("PointInTimeRecoveryEnabled", true).with("RecoveryPeriodInDays", days));
    let insights =
        settings.contributor_insights.map(|counted| Map::new().with("Enabled", true).with("Mode", counted.word()));
    let properties = Map::new()
        .with("TableName", name)
        .list("AttributeDefinitions", attributes.collect())
        .list("KeySchema", key)
        .with("BillingMode", settings.billing.word());
    throughput(properties, settings.billing, settings.billing.throughput())
        .list("GlobalSecondaryIndexes", indexes(IndexKind::Global))
        .list("LocalSecondaryIndexes", indexes(IndexKind::Local))
        .maybe("TimeToLiveSpecification", expiry)
        .maybe("StreamSpecification", settings.stream.map(|view| Map::new().with("StreamViewType", view.word())))
        .maybe("SSESpecification", encryption(&settings.encryption))
        .maybe("PointInTimeRecoverySpecification", recovery)
        .maybe("DeletionProtectionEnabled", settings.deletion_protection.then_some(true))
        .maybe("TableClass", (settings.class != TableClass::default()).then(|| settings.class.word()))
        .maybe(
            "WarmThroughput",
            settings.warm_throughput.map(|units| rate(units, ["ReadUnitsPerSecond", "WriteUnitsPerSecond"])),
        )
        .maybe("ContributorInsightsSpecification", insights)
        .list("Tags", tags.collect())
}

fn index(definition: &TableDefinition, index: &IndexDefinition) -> Map {
    let map = Map::new()
        .with("IndexName", index.name)
        .list("KeySchema", keys(index.partition_key, index.sort_key))
        .with("Projection", projection(&index.holds));
    match index.kind {
        IndexKind::Global => throughput(map, definition.settings().billing, definition.throughput_of(index.name)),
        // A local index lives on the table's.
        IndexKind::Local => map,
    }
}

fn keys(partition: &[&str], sort: &[&str]) -> Vec<Node> {
    let keys = partition.iter().map(|name| (name, "HASH")).chain(sort.iter().map(|name| (name, "RANGE")));
    keys.map(|(name, kind)| Map::new().with("AttributeName", *name).with("KeyType", kind).into()).collect()
}

fn projection(holds: &Held) -> Map {
    let included = holds.included().iter().map(|name| (*name).into()).collect();
    Map::new().with("ProjectionType", holds.word()).list("NonKeyAttributes", included)
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

fn rate(throughput: Throughput, [read, write]: [&str; 2]) -> Map {
    Map::new().with(read, throughput.read).with(write, throughput.write)
}

fn encryption(encryption: &Encryption) -> Option<Map> {
    let enabled = Map::new().with("SSEEnabled", true).with("SSEType", "KMS");
    match encryption {
        Encryption::AwsOwned => None,
        Encryption::AwsManaged => Some(enabled),
        Encryption::Kms(key) => Some(enabled.with("KMSMasterKeyId", key.as_str())),
    }
}
