//! Auto scaling of a provisioned table and its global indexes: a target and a policy each for reads and for writes.

use super::parts::{call, logical_id};
use crate::define::definition::{AutoScaling, Billing, TableDefinition, Throughput};
use crate::define::document::{Map, Node};
use crate::schema::IndexKind;

/// The table or an index, with its name in the template and its minimum throughput.
struct Scaled<'a> {
    id: String,
    index: Option<&'a str>,
    least: Throughput,
}

pub(super) fn resources(mut resources: Map, definition: &TableDefinition, id: &str) -> Map {
    let settings = definition.settings();
    let (Some(scaling), Billing::Provisioned(least)) = (settings.auto_scaling, settings.billing) else {
        return resources;
    };
    // A global table has auto scaling in its own properties.
    if !settings.replicas.is_empty() {
        return resources;
    }
    let mut all = vec![Scaled { id: format!("{id}Table"), index: None, least }];
    all.extend(definition.indexes_of(IndexKind::Global).map(|index| Scaled {
        id: format!("{id}Index{}", logical_id(index.name)),
        index: Some(index.name),
        least: definition.throughput_of(index.name).unwrap_or(least),
    }));
    for scaled in all {
        let pairs =
            [("Read", scaled.least.read, scaling.up_to.read), ("Write", scaled.least.write, scaling.up_to.write)];
        for (way, least, most) in pairs {
            let own = format!("{}{way}", scaled.id);
            resources = resources
                .with(format!("{own}Target"), target(&scaled, id, way, [least, most]))
                .with(format!("{own}Policy"), policy(&own, way, scaling));
        }
    }
    resources
}

fn target(scaled: &Scaled<'_>, id: &str, way: &str, [least, most]: [u32; 2]) -> Map {
    let kind = if scaled.index.is_some() { "index" } else { "table" };
    let index = scaled.index.map(|index| format!("/index/{index}")).unwrap_or_default();
    let resource = call("Fn::Sub", format!("table/${{{id}Table}}{index}").as_str());
    let properties = Map::new()
        .with("ServiceNamespace", "dynamodb")
        .with("ResourceId", resource)
        .with("ScalableDimension", format!("dynamodb:{kind}:{way}CapacityUnits").as_str())
        .with("MinCapacity", least)
        .with("MaxCapacity", most);
    Map::new().with("Type", "AWS::ApplicationAutoScaling::ScalableTarget").with("Properties", properties)
}

fn policy(own: &str, way: &str, scaling: AutoScaling) -> Map {
    let metric = Map::new().with("PredefinedMetricType", format!("DynamoDB{way}CapacityUtilization").as_str());
    let tracking: Node =
        Map::new().with("PredefinedMetricSpecification", metric).with("TargetValue", scaling.target_percent).into();
    let properties = Map::new()
        .with("PolicyName", own)
        .with("PolicyType", "TargetTrackingScaling")
        .with("ScalingTargetId", call("Ref", format!("{own}Target").as_str()))
        .with("TargetTrackingScalingPolicyConfiguration", tracking);
    Map::new().with("Type", "AWS::ApplicationAutoScaling::ScalingPolicy").with("Properties", properties)
}
