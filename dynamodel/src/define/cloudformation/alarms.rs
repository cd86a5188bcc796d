//! CloudWatch alarms of a table: throttling, DynamoDB's own errors, and capacity that is nearly used up.

use super::super::document::{Map, Node};
use super::super::{Alarms, TableDefinition, Throughput};
use super::{call, logical_id, table};
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
    let table = vec![("TableName", call("Ref", table::id(definition).as_str()))];
    let settings = definition.settings();
    let most = settings.auto_scaling.map(|scaling| scaling.up_to);
    let mut resources =
        watched(resources, alarms, &format!("{id}Table"), &table, most.or(settings.billing.throughput()));
    for index in definition.indexes_of(IndexKind::Global) {
        let own = format!("{id}Index{}", logical_id(index.name));
        let dimensions = [table.clone(), vec![("GlobalSecondaryIndexName", index.name.into())]].concat();
        let most = most.or_else(|| definition.throughput_of(index.name));
        resources = watched(resources, alarms, &own, &dimensions, most);
    }
    resources.with(format!("{id}TableSystemErrorsAlarm"), system_errors(alarms, &table))
}

/// Throttling of the table or of an index, and the use of its capacity where that has an end.
fn watched(
    mut resources: Map,
    alarms: &Alarms,
    own: &str,
    dimensions: &[(&str, Node)],
    most: Option<Throughput>,
) -> Map {
    for way in ["Read", "Write"] {
        let throttled = single(&format!("{way}ThrottleEvents"), dimensions, 300, 1).with("Threshold", 0);
        resources = resources.with(format!("{own}{way}ThrottledAlarm"), alarm(alarms, throttled));
        if let Some(most) = most {
            let units = if way == "Read" { most.read } else { most.write };
            // Units are consumed in a minute and granted for a second.
            let threshold = u64::from(units) * 60 * u64::from(alarms.capacity_percent) / 100;
            let used = single(&format!("Consumed{way}CapacityUnits"), dimensions, 60, 5)
                .with("Threshold", Node::Number(threshold));
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
        // CloudWatch's ids begin with a small letter.
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
        // A table that nobody uses is well.
        .with("TreatMissingData", "notBreaching")
        .list("AlarmActions", topic);
    Map::new().with("Type", "AWS::CloudWatch::Alarm").with("Properties", properties)
}
