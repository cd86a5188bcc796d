//! One table: `AWS::DynamoDB::Table`, or its replicas' common part; the parameter for its name, and its outputs.

use super::super::document::{Map, Node, json};
use super::super::{
    Billing, ContributorInsights, Encryption, Held, IndexDefinition, TableClass, TableDefinition, Throughput,
};
use super::{call, logical_id};
use crate::schema::IndexKind;

/// What the table is called in the template. With replicas it is another type of resource, and CloudFormation cannot make
/// the one of the other: another name makes such an update fail where the table's name is taken, instead of replacing it.
pub(super) fn id(definition: &TableDefinition) -> String {
    let kind = if definition.settings().replicas.is_empty() { "Table" } else { "GlobalTable" };
    format!("{}{kind}", logical_id(definition.table()))
}

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
    let removal = definition.settings().removal.word();
    let (kind, properties) = match definition.settings().replicas[..] {
        [] => ("AWS::DynamoDB::Table", properties(definition, id)),
        _ => ("AWS::DynamoDB::GlobalTable", super::global::properties(definition, id)),
    };
    Map::new()
        .with("Type", kind)
        .with("DeletionPolicy", removal)
        .with("UpdateReplacePolicy", removal)
        .with("Properties", properties)
}

/// Name, ARN and the stream's ARN.
pub(super) fn outputs(outputs: Map, definition: &TableDefinition, id: &str) -> Map {
    let table = self::id(definition);
    let output = |what: &str, value: Node| {
        Map::new()
            .with("Description", format!("{what} of the table {}", definition.table()).as_str())
            .with("Value", value)
    };
    let attribute = |name: &str| call("Fn::GetAtt", Node::List(vec![table.as_str().into(), name.into()]));
    let settings = definition.settings();
    // A global table has one by itself.
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
        .with("BillingMode", settings.billing.word());
    throughput(properties, settings.billing, settings.billing.throughput())
        .list("GlobalSecondaryIndexes", indexes(IndexKind::Global))
        .list("LocalSecondaryIndexes", indexes(IndexKind::Local))
        .maybe("TimeToLiveSpecification", expiry(definition))
        .maybe("StreamSpecification", settings.stream.map(|view| Map::new().with("StreamViewType", view.word())))
        .maybe("SSESpecification", encryption(&settings.encryption))
        .maybe("PointInTimeRecoverySpecification", settings.point_in_time_recovery.map(recovery))
        .maybe("DeletionProtectionEnabled", settings.deletion_protection.then_some(true))
        .maybe("TableClass", (settings.class != TableClass::default()).then(|| settings.class.word()))
        .maybe("WarmThroughput", settings.warm_throughput.map(warm))
        .maybe("ResourcePolicy", policy(settings.resource_policy.as_deref()))
        .maybe("ContributorInsightsSpecification", settings.contributor_insights.map(insights))
        .list("Tags", tags(&settings.tags))
}

/// As it is fixed, or as the parameter says.
pub(super) fn name(definition: &TableDefinition, id: &str) -> Node {
    match &definition.settings().name {
        Some(name) => name.as_str().into(),
        None => call("Ref", format!("{id}TableName").as_str()),
    }
}

pub(super) fn attributes(definition: &TableDefinition) -> Vec<Node> {
    let attributes = definition.attributes().iter();
    attributes
        .map(|own| Map::new().with("AttributeName", own.name).with("AttributeType", own.kind.letter()).into())
        .collect()
}

pub(super) fn expiry(definition: &TableDefinition) -> Option<Map> {
    definition.ttl().map(|name| Map::new().with("AttributeName", name).with("Enabled", true))
}

pub(super) fn recovery(days: u32) -> Map {
    Map::new().with("PointInTimeRecoveryEnabled", true).with("RecoveryPeriodInDays", days)
}

pub(super) fn insights(counted: ContributorInsights) -> Map {
    Map::new().with("Enabled", true).with("Mode", counted.word())
}

pub(super) fn warm(units: Throughput) -> Map {
    rate(units, ["ReadUnitsPerSecond", "WriteUnitsPerSecond"])
}

/// The check has read it.
pub(super) fn policy(text: Option<&str>) -> Option<Map> {
    text.and_then(|text| json::read(text).ok()).map(|policy| Map::new().with("PolicyDocument", policy))
}

pub(super) fn tags<'a>(tags: impl IntoIterator<Item = &'a (String, String)>) -> Vec<Node> {
    let tag = |(key, value): &(String, String)| {
        Node::from(Map::new().with("Key", key.as_str()).with("Value", value.as_str()))
    };
    tags.into_iter().map(tag).collect()
}

fn index(definition: &TableDefinition, index: &IndexDefinition) -> Map {
    let map = Map::new()
        .with("IndexName", index.name)
        .list("KeySchema", keys(index.partition_key, index.sort_key))
        .with("Projection", projection(&index.holds));
    match index.kind {
        IndexKind::Global => throughput(map, definition.settings().billing, definition.throughput_of(index.name))
            .maybe("WarmThroughput", definition.warm_throughput_of(index.name).map(warm)),
        // A local index lives on the table's.
        IndexKind::Local => map,
    }
}

pub(super) fn keys(partition: &[&str], sort: &[&str]) -> Vec<Node> {
    let keys = partition.iter().map(|name| (name, "HASH")).chain(sort.iter().map(|name| (name, "RANGE")));
    keys.map(|(name, kind)| Map::new().with("AttributeName", *name).with("KeyType", kind).into()).collect()
}

pub(super) fn projection(holds: &Held) -> Map {
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
