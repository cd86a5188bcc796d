//! Definitions that break a rule of DynamoDB's.

use dynamodel::ErrorKind;
use dynamodel::define::{
    Alarms, AutoScaling, Billing, Encryption, Replica, StreamView, TableDefinition, Template, Throughput,
};
use dynamodel::schema::{AccessPattern, EntitySchema, IndexKind, IndexSchema, ProjectionSchema, TableSchema};
use dynamodel_tests::model::Shop;

#[test]
fn a_replica_twice_a_provisioned_one_and_another_stream_are_named() {
    let message = refused(
        &Shop::definition()
            .replicas(["us-east-1", "us-east-1"])
            .billing(Billing::Provisioned(Throughput { read: 1, write: 1 }))
            .stream(StreamView::KeysOnly),
    );
    for part in
        ["two `replicas` are in `us-east-1`", "needs auto scaling: add `auto_scaling`", "must hold new and old images"]
    {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn what_a_replica_cannot_have_is_named() {
    let arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let message = refused(
        &Shop::definition()
            .encryption(Encryption::Kms(arn.into()))
            .replica("us-east-1")
            .replica(Replica::new("eu-west-1").point_in_time_recovery(36).read_units(5).tag("aws:a", "b"))
            .replica(Replica::new("EU West").resource_policy("{}").kms_key("alias/shop")),
    );
    for part in [
        "the KMS key of the replica in eu-west-1 is in us-east-1",
        "`point_in_time_recovery of eu-west-1` is 36 days",
        "`read_units` of eu-west-1 needs `Billing::OnDemandUpTo`",
        "the tag `aws:a` is invalid",
        "\"EU West\" is not a region",
        "`resource_policy of EU West` has no `Statement`",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    let foreign = refused(&Shop::definition().replica(Replica::new("us-east-1").kms_key("alias/shop")));
    assert!(foreign.contains("`kms_key` of us-east-1 needs the table's encryption to be"), "{foreign}");
}

#[test]
fn a_table_is_warm_for_no_less_than_it_has_anyway() {
    let warm = |read, write| Shop::definition().warm_throughput(Throughput { read, write });
    let provisioned = Billing::Provisioned(Throughput { read: 100, write: 50 });
    let limited = Billing::OnDemandUpTo(Throughput { read: 100, write: 50 });
    warm(12_000, 4_000).check().unwrap();
    warm(100, 50).billing(provisioned).check().unwrap();
    for (definition, least) in [
        (warm(11_999, 4_000), "the warm throughput that an on-demand table starts with, 12000 and 4000: raise it"),
        (warm(12_000, 3_999), "the warm throughput that an on-demand table starts with, 12000 and 4000: raise it"),
        (
            warm(100, 50).billing(limited),
            "the warm throughput that an on-demand table starts with, 12000 and 4000: raise it",
        ),
        (
            warm(99, 50).billing(provisioned),
            "99 read and 50 write units is less than the provisioned throughput, 100 and 50",
        ),
        (
            warm(100, 49).billing(provisioned),
            "100 read and 49 write units is less than the provisioned throughput, 100 and 50",
        ),
    ] {
        let told = refused(&definition);
        assert!(told.contains(least), "{told}");
    }
}

#[test]
fn a_replica_has_fifty_tags_with_those_of_the_definition() {
    let base = (0..30).fold(Shop::definition(), |own, at| own.tag(format!("shared-{at}"), "x"));
    let replica = |names: std::ops::Range<u32>| {
        let shared = Replica::new("us-east-1").tag("shared-0", "of its own");
        names.fold(shared, |own, at| own.tag(format!("own-{at}"), "x"))
    };
    base.clone().replica(replica(0..20)).check().unwrap();
    let told = refused(&base.replica(replica(0..21)));
    assert!(
        told.contains("together with the definition's, the replica in us-east-1 has 51 tags, and DynamoDB allows 50"),
        "{told}"
    );
}

#[test]
fn a_key_without_a_name_and_a_topic_without_an_arn_are_named() {
    let topic = Alarms { topic: Some("ops".into()), ..Alarms::default() };
    let message = refused(&Shop::definition().encryption(Encryption::Kms(String::new())).alarms(topic));
    assert!(
        message.contains("has an empty key") && message.contains("\"ops\", which is not the ARN of an SNS topic"),
        "{message}"
    );
}

#[test]
fn a_resource_policy_is_json_with_statements() {
    let told = |text: &str| refused(&Shop::definition().resource_policy(text));
    assert!(told("Statement").contains("`resource_policy` is not a JSON object"), "{}", told("Statement"));
    assert!(told("[]").contains("it is another JSON value"));
    assert!(told("{\"Statement\": []} x").contains("is not a JSON object"));
    assert!(told("{\"Statement\": [], \"Statement\": []}").contains("`Statement` is in it twice"));
    assert!(told("{\"Version\": \"2012-10-17\"}").contains("has no `Statement`"));
    let long = format!("{{\"Statement\": [\"{}\"]}}", "x".repeat(20 * 1024));
    assert!(told(&long).contains("and DynamoDB allows 20480"));
    let deep = format!("{{\"Statement\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(told(&deep).contains("is not a JSON object"));
}

fn refused(definition: &TableDefinition) -> String {
    let error = Template::new().table(definition.clone()).to_yaml().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDefinition);
    assert_eq!(definition.create_table().unwrap_err().to_string(), error.to_string());
    error.to_string()
}

#[test]
fn every_setting_out_of_its_range_is_named_at_once() {
    let message = refused(
        &Shop::definition()
            .named("x")
            .point_in_time_recovery(36)
            .index_throughput("Gsi9", Throughput { read: 0, write: 1 })
            .auto_scaling(AutoScaling { up_to: Throughput { read: 1, write: 1 }, target_percent: 95 })
            .alarms(Alarms { capacity_percent: 0, ..Alarms::default() })
            .tag("a", "1")
            .tag("a", "2"),
    );
    for part in [
        "\"x\" is not a table name",
        "36 days",
        "`Gsi9`, which is not a global index",
        "has 0 units",
        "the tag `a` is given twice",
        "needs a billing",
        "needs `Billing::Prov",
        "a `capacity_percent` of 0",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn auto_scaling_out_of_its_range_is_named() {
    let scaling = AutoScaling { up_to: Throughput { read: 1, write: 1 }, target_percent: 95 };
    let least = Throughput { read: 2, write: 1 };
    let message = refused(&Shop::definition().billing(Billing::Provisioned(least)).auto_scaling(scaling));
    assert!(
        message.contains("a `target_percent` of 95") && message.contains("below the provisioned throughput"),
        "{message}"
    );
}

#[test]
fn limits_on_indexes_are_named() {
    static NAMES: [[&str; 1]; 1] = [["k"]];
    const fn indexes<const N: usize>(kind: IndexKind) -> [IndexSchema; N] {
        [IndexSchema { name: "i", kind, partition_key: &NAMES[0], sort_key: &[] }; N]
    }
    static GLOBAL: [IndexSchema; 21] = indexes(IndexKind::Global);
    static LOCAL: [IndexSchema; 6] = indexes(IndexKind::Local);
    static INCLUDED: [&str; 101] = {
        // A name each: what is named twice counts once.
        let text =
            "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
        let mut names = [""; 101];
        let mut at = 0;
        while at < 101 {
            names[at] = text.split_at(at + 1).0;
            at += 1;
        }
        names
    };
    static WIDE: EntitySchema = EntitySchema {
        name: "Wide",
        type_name: "Wide",
        keys: &[],
        attributes: &[],
        version: None,
        lock: false,
        ttl: None,
        created_at: None,
        updated_at: None,
        patterns: &[AccessPattern {
            name: "by_i",
            index: Some("i"),
            projection: ProjectionSchema::Include(&INCLUDED),
            mixed: false,
        }],
        unique: &[],
    };
    const BASE: TableSchema = TableSchema {
        name: "T",
        partition_key: "PK",
        sort_key: Some("SK"),
        type_attribute: "_t",
        indexes: &[],
        entities: &[],
    };
    static MANY_GLOBAL: TableSchema = TableSchema { indexes: &GLOBAL, ..BASE };
    static MANY_LOCAL: TableSchema = TableSchema { indexes: &LOCAL, ..BASE };
    static MANY_INCLUDED: TableSchema = TableSchema { indexes: &[GLOBAL[0]], entities: &[&WIDE], ..BASE };
    assert!(refused(&TableDefinition::from_schema(&MANY_GLOBAL)).contains("21 global secondary indexes"));
    assert!(refused(&TableDefinition::from_schema(&MANY_LOCAL)).contains("6 local secondary indexes"));
    assert!(refused(&TableDefinition::from_schema(&MANY_LOCAL)).contains("\"i\" is not an index name"));
    // The entity's type beside what it includes.
    let told = refused(&TableDefinition::from_schema(&MANY_INCLUDED));
    assert!(told.contains("include 102 non-key attributes"), "{told}");
    assert!(told.contains("the index `i` includes 102 non-key attributes, and DynamoDB allows 20 in one"), "{told}");
}

/// An index that is full: 18 fields, the type attribute and the time to live.
mod full {
    use dynamodel::{Entity, Expiry, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", gsi(ByA, pk = "GSI1PK"), entities(Wide))]
    pub struct Full;

    #[derive(Entity, Serialize, Deserialize, Debug)]
    #[dynamo(table = Full, pk = "WIDE#{id}")]
    #[dynamo(index(by_a = ByA, pk = "A#{id}", include(
        f00, f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15, f16, f17
    )))]
    pub struct Wide {
        id: String,
        f00: u8,
        f01: u8,
        f02: u8,
        f03: u8,
        f04: u8,
        f05: u8,
        f06: u8,
        f07: u8,
        f08: u8,
        f09: u8,
        f10: u8,
        f11: u8,
        f12: u8,
        f13: u8,
        f14: u8,
        f15: u8,
        f16: u8,
        f17: u8,
        #[dynamo(ttl)]
        expires_at: Expiry,
    }
}

#[test]
fn an_index_holds_twenty_attributes_beside_its_keys() {
    let definition = full::Full::definition();
    assert_eq!(definition.indexes()[0].projection.included().len(), 20);
    definition.check().unwrap();
}
