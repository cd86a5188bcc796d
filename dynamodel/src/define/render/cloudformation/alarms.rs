//! CloudWatch alarms of a table: throttling, DynamoDB's system errors, and capacity that is nearly used up.

use super::parts::{call, logical_id, table_id};
use crate::define::definition::{Alarms, TableDefinition, Throughput};
use crate::define::document::{Map, Node};
use crate::schema::IndexKind;

/// CloudWatch counts system errors by operation.
const OPERATIONS: [&str; 10] = [
    "GetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "Query",
    "Scan",
    "BatchGetItem",
    "BatchWriteItem",
    "TransactGetItems",
    "TransactWriteItems",
];

pub(super) fn resources(resources: Map, definition: &TableDefinition, id: &str) -> Map {
    let Some(alarms) = &definition.settings().alarms else { return resources };
    let table = vec![("TableName", call("Ref", table_id(definition).as_str()))];
    let settings = definition.settings();
    let most = settings.auto_scaling.map(|scaling| scaling.up_to);
    let mut of_table = thresholds(alarms, most.or(settings.billing.throughput()));
    if mapping(definition, id).is_some() {
        let region = call("Ref", "AWS::Region");
        let found = vec![mapping_id(id).as_str().into(), region, READ.into()];
        of_table[0] = Some(call("Fn::FindInMap", Node::List(found)));
    }
    let mut resources = watched(resources, alarms, &format!("{id}Table"), &table, of_table);
    for index in definition.indexes_of(IndexKind::Global) {
        let own = format!("{id}Index{}", logical_id(index.name));
        let dimensions = [table.clone(), vec![("GlobalSecondaryIndexName", index.name.into())]].concat();
        let most = most.or_else(|| definition.throughput_of(index.name));
        resources = watched(resources, alarms, &own, &dimensions, thresholds(alarms, most));
    }
    resources.with(format!("{id}TableSystemErrorsAlarm"), system_errors(alarms, &table))
}

/// The units per minute above which the read and the write capacity are nearly used up.
fn thresholds(alarms: &Alarms, most: Option<Throughput>) -> [Option<Node>; 2] {
    [most.map(|most| most.read), most.map(|most| most.write)].map(|units| Some(Node::Number(threshold(alarms, units?))))
}

/// CloudWatch counts consumed units per minute; capacity is given per second.
fn threshold(alarms: &Alarms, units: u32) -> u64 {
    u64::from(units) * 60 * u64::from(alarms.capacity_percent) / 100
}

/// The name of the value in the mapping.
const READ: &str = "ReadCapacity";

fn mapping_id(id: &str) -> String {
    format!("{id}Thresholds")
}

/// The read threshold of each region, if a replica has read units of its own: an alarm watches the table in the stack's own
/// region.
pub(super) fn mapping(definition: &TableDefinition, id: &str) -> Option<(String, Map)> {
    let settings = definition.settings();
    let alarms = settings.alarms.as_ref()?;
    let shared = settings.billing.throughput()?.read;
    if settings.replicas.iter().all(|replica| replica.read_units.is_none()) {
        return None;
    }
    let regions = settings.replicas.iter().fold(Map::new(), |regions, replica| {
        let most = threshold(alarms, replica.read_units.unwrap_or(shared));
        regions.with(replica.region.as_str(), Map::new().with(READ, Node::Number(most)))
    });
    Some((mapping_id(id), regions))
}

/// Alarms on throttling of the table or of an index, and on the use of its capacity where that is limited.
fn watched(
    mut resources: Map,
    alarms: &Alarms,
    own: &str,
    dimensions: &[(&str, Node)],
    thresholds: [Option<Node>; 2],
) -> Map {
    for (way, threshold) in ["Read", "Write"].into_iter().zip(thresholds) {
        let throttled = single(&format!("{way}ThrottleEvents"), dimensions, 300, 1).with("Threshold", 0);
        resources = resources.with(format!("{own}{way}ThrottledAlarm"), alarm(alarms, throttled));
        if let Some(threshold) = threshold {
            let used = single(&format!("Consumed{way}CapacityUnits"), dimensions, 60, 5).with("Threshold", threshold);
            resources = resources.with(format!("{own}{way}CapacityAlarm"), alarm(alarms, used));
        }
    }
    resources
}

/// An alarm on one metric.
fn single(metric: &str, dimensions: &[(&str, Node)], period: u32, periods: u32) -> Map {
    metric_of(metric, dimensions).with("Statistic", "Sum").with("Period", period).with("EvaluationPeriods", periods)
}

fn metric_of(metric: &str, dimensions: &[(&str, Node)]) -> Map {
    let dimensions = dimensions.iter().map(|(name, value)| Map::new().with("Name", *name).with("Value", value.clone()));
    Map::new()
        .with("Namespace", "AWS/DynamoDB")
        .with("MetricName", metric)
        .list("Dimensions", dimensions.map(Node::from).collect())
}

/// The sum over the operations.
fn system_errors(alarms: &Alarms, table: &[(&str, Node)]) -> Map {
    let of_operation = OPERATIONS.iter().map(|operation| {
        let dimensions = [table, &[("Operation", Node::from(*operation))]].concat();
        let stat =
            Map::new().with("Metric", metric_of("SystemErrors", &dimensions)).with("Period", 300).with("Stat", "Sum");
        // CloudWatch requires ids that begin with a lower-case letter.
        let id = operation.to_ascii_lowercase();
        Map::new().with("Id", id.as_str()).with("MetricStat", stat).with("ReturnData", false).into()
    });
    let sum = Map::new().with("Id", "errors").with("Expression", "SUM(METRICS())").with("ReturnData", true);
    let metrics = of_operation.chain(std::iter::once(sum.into())).collect();
    let errors = Map::new().list("Metrics", metrics).with("EvaluationPeriods", 1).with("Threshold", 0);
    alarm(alarms, errors)
}

fn alarm(alarms: &Alarms, properties: Map) -> Map {
    let topic = alarms.topic.iter().map(|topic| topic.as_str().into()).collect();
    let properties = properties
        .with("ComparisonOperator", "GreaterThanThreshold")
        // A table without requests has no data, and is fine.
        .with("TreatMissingData", "notBreaching")
        .list("AlarmActions", topic);
    Map::new().with("Type", "AWS::CloudWatch::Alarm").with("Properties", properties)
}
