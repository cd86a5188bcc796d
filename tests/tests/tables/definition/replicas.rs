//! Templates of tables with replicas.

use dynamodel::define::{Alarms, Billing, Policy, Replica, StreamView, TableDefinition, Template, Throughput};
use dynamodel_tests::keys::Market;
use serde_json::Value;

fn template(definition: TableDefinition) -> Value {
    // The policy is of a definition that knows nothing of the replicas.
    let policy = Policy::new("All").allow(Market::definition().permissions().allow_all());
    let json = Template::new().table(definition.alarms(Alarms::default())).policy(policy).to_json().unwrap();
    serde_json::from_str(&json).unwrap()
}

/// The names to which the template refers.
fn referred(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                match name.as_str() {
                    "Ref" => out.push(value.as_str().unwrap().to_owned()),
                    "Fn::GetAtt" => out.push(value[0].as_str().unwrap().to_owned()),
                    "Fn::Sub" => {
                        let parts = value.as_str().unwrap().split("${").skip(1);
                        out.extend(parts.map(|part| part.split(['.', '}']).next().unwrap().to_owned()));
                    }
                    _ => referred(value, out),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| referred(value, out)),
        _ => {}
    }
}

/// CloudFormation cannot make a global table of a table, and under one name it might delete it.
#[test]
fn a_table_with_replicas_has_another_name_in_the_template() {
    let alone = Market::definition().stream(StreamView::NewAndOldImages);
    let global = Market::definition().replicas(["us-east-1", "eu-west-1"]);
    for (definition, own, other) in
        [(alone, "MarketTable", "MarketGlobalTable"), (global, "MarketGlobalTable", "MarketTable")]
    {
        let template = template(definition);
        assert!(template["Resources"][own].is_object() && template["Resources"][other].is_null());
        let mut names = Vec::new();
        referred(&template, &mut names);
        assert!(names.iter().filter(|name| *name == own).count() > 10, "{names:?}");
        let known = |name: &str| !template["Resources"][name].is_null() || !template["Parameters"][name].is_null();
        let lost: Vec<_> = names.iter().filter(|name| !known(name) && !name.starts_with("AWS::")).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}

/// An alarm looks at the table of its own region, which may have read units of its own.
#[test]
fn alarms_know_the_read_units_of_each_region() {
    let base = Market::definition().billing(Billing::OnDemandUpTo(Throughput { read: 1000, write: 500 }));
    let of = |definition: TableDefinition| {
        let template = template(definition);
        let threshold = |name: &str| template["Resources"][name]["Properties"]["Threshold"].clone();
        let reads = threshold("MarketTableReadCapacityAlarm");
        assert_eq!(threshold("MarketTableWriteCapacityAlarm"), 500 * 60 * 80 / 100);
        (reads, template["Mappings"].clone())
    };
    assert_eq!(of(base.clone().replicas(["us-east-1"])), (48_000.into(), Value::Null));
    let (reads, mappings) = of(base.replica("us-east-1").replica(Replica::new("eu-west-1").read_units(10)));
    let found = serde_json::json!({"Fn::FindInMap": ["MarketThresholds", {"Ref": "AWS::Region"}, "ReadCapacity"]});
    assert_eq!(reads, found);
    let regions = serde_json::json!({"us-east-1": {"ReadCapacity": 48_000}, "eu-west-1": {"ReadCapacity": 480}});
    assert_eq!(mappings["MarketThresholds"], regions);
}
