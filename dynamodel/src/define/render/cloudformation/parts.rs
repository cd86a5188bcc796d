//! The parts that resources of a template share: names, references, and properties of both types of table.

use crate::define::definition::{ContributorInsights, TableDefinition, Throughput};
use crate::define::document::{Map, Node, json};
use crate::error::{Error, ErrorKind};
use crate::schema::ProjectionType;

pub(super) fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidDefinition, message)
}

/// A name in the template: CloudFormation allows letters and digits.
pub(super) fn logical_id(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A call of one of CloudFormation's functions.
pub(super) fn call(function: &str, argument: impl Into<Node>) -> Node {
    Map::new().with(function, argument).into()
}

/// The table's name in the template. With replicas it is another type of resource, and CloudFormation cannot turn one type
/// into the other: with another name such an update fails, because the table's name is taken, instead of replacing the table.
pub(super) fn table_id(definition: &TableDefinition) -> String {
    let kind = if definition.settings().replicas.is_empty() { "Table" } else { "GlobalTable" };
    format!("{}{kind}", logical_id(definition.table()))
}

/// The fixed name, or a reference to the parameter.
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
    Map::new().with("Enabled", true).with("Mode", counted.as_str())
}

pub(super) fn warm_throughput(units: Throughput) -> Map {
    rate(units, ["ReadUnitsPerSecond", "WriteUnitsPerSecond"])
}

/// The policy's document. The check has read it already, so that it is valid JSON.
pub(super) fn policy(text: Option<&str>) -> Option<Map> {
    text.and_then(|text| json::read(text).ok()).map(|policy| Map::new().with("PolicyDocument", policy))
}

pub(super) fn tags<'a>(tags: impl IntoIterator<Item = &'a (String, String)>) -> Vec<Node> {
    let tag = |(key, value): &(String, String)| {
        Node::from(Map::new().with("Key", key.as_str()).with("Value", value.as_str()))
    };
    tags.into_iter().map(tag).collect()
}

pub(super) fn keys(partition: &[&str], sort: &[&str]) -> Vec<Node> {
    let keys = partition.iter().map(|name| (name, "HASH")).chain(sort.iter().map(|name| (name, "RANGE")));
    keys.map(|(name, kind)| Map::new().with("AttributeName", *name).with("KeyType", kind).into()).collect()
}

pub(super) fn projection(projection: &ProjectionType) -> Map {
    let included = projection.included().iter().map(|name| (*name).into()).collect();
    Map::new().with("ProjectionType", projection.as_str()).list("NonKeyAttributes", included)
}

pub(super) fn rate(throughput: Throughput, [read, write]: [&str; 2]) -> Map {
    Map::new().with(read, throughput.read).with(write, throughput.write)
}
