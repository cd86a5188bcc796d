//! Definitions of tables, and what is made of them.

use dynamodel::ErrorKind;
use dynamodel::define::{
    Access, Alarms, AutoScaling, Billing, ContributorInsights, Encryption, Format, Grant, Policy, Principal,
    ProjectionType, RemovalPolicy, Replica, StreamView, TableClass, TableDefinition, Template, Throughput,
};
use dynamodel_tests::keys::Market;
use dynamodel_tests::model::{Readings, Shop};
use versions::v2;

mod browser;
mod drift;
mod hostile;
mod limits;
mod lines;
mod page;
mod refused;
mod replicas;
mod settings;
mod versions;

mod snapshots {
    pub const YAML: &str = include_str!("definition/shop.yaml");
    pub const JSON: &str = include_str!("definition/shop.json");
    pub const GLOBAL: &str = include_str!("definition/global.yaml");
    pub const GLOBAL_JSON: &str = include_str!("definition/global.json");
    pub const MARKDOWN: &str = include_str!("definition/market.md");
    pub const MERMAID: &str = include_str!("definition/store.mmd");
    pub const HOSTILE: &str = include_str!("definition/hostile.mmd");
}

/// Who may read from another account.
const RESOURCE_POLICY: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [{
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        "Action": ["dynamodb:GetItem", "dynamodb:Query"],
        "Resource": "*",
        "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}, "Bool": {"aws:SecureTransport": true}}
    }]
}"#;

/// Everything that can be said.
fn whole() -> TableDefinition {
    Shop::definition()
        .billing(Billing::Provisioned(Throughput { read: 10, write: 5 }))
        .index_throughput("by-owner", Throughput { read: 2, write: 1 })
        .auto_scaling(AutoScaling { up_to: Throughput { read: 100, write: 50 }, target_percent: 70 })
        .alarms(Alarms { topic: Some("arn:aws:sns:us-east-1:123456789012:ops".into()), ..Alarms::default() })
        .stream(StreamView::NewAndOldImages)
        .encryption(Encryption::Kms("alias/shop".into()))
        .point_in_time_recovery(7)
        .deletion_protection()
        .class(TableClass::StandardInfrequentAccess)
        .warm_throughput(Throughput { read: 12_000, write: 4_000 })
        .index_warm_throughput("Gsi1", Throughput { read: 13_000, write: 5_000 })
        .resource_policy(RESOURCE_POLICY)
        .contributor_insights(ContributorInsights::ThrottledKeys)
        .tag("team", "no")
        .tag("note", "a \"quoted\": text # of two\nlines")
        .removal(RemovalPolicy::Delete)
        .named("shop-prod")
}

fn readings() -> TableDefinition {
    Readings::definition().billing(Billing::OnDemandUpTo(Throughput { read: 100, write: 50 }))
}

/// With indexes of both kinds, of several attributes, and with less than the items in them.
fn template() -> Template {
    let template = Template::new().description("The tables of the tests").table(whole()).table(readings());
    template.table(Market::definition()).table(v2::Orders::definition()).policy(member()).policy(operator())
}

/// With one's own partitions, a guard, and an index.
fn member() -> Policy {
    let sub = || Principal::condition_key("auth.example.com:sub");
    let own = Grant::on_table([Access::Get, Access::Query, Access::Create, Access::Update, Access::Delete])
        .own_partitions("Session", [("user_id", Principal::tag("user_id"))])
        .own_partitions("Note", [("user_id", Principal::tag("user_id"))]);
    let by_owner = Grant::pattern("Note", "by_owner").own_partitions("Note", [("owner", sub())]);
    let parts = Grant::on_table([Access::Get, Access::Query]).attributes(["hits", "nick"]);
    Policy::new("Member").allow(whole().permissions().allow(own).allow(by_owner).allow(parts))
}

/// Over two tables.
fn operator() -> Policy {
    let tables = [Access::CheckSchema, Access::EnsureTable, Access::Plan, Access::Apply];
    let streams = [Access::ReadStream, Access::PollStream];
    let shop = whole().permissions().allow_all().allow(Grant::on_table(tables.into_iter().chain(streams)));
    let checked = Grant::on_table([Access::Check, Access::Create]).in_transactions_only();
    Policy::new("Operator").allow(shop).allow(readings().permissions().allow(checked))
}

/// Compares with the file, or writes it where `UPDATE_SNAPSHOTS` is set.
fn assert_snapshot(name: &str, recorded: &str, text: &str) {
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables/definition").join(name);
        std::fs::write(path, text).unwrap();
        return;
    }
    assert_eq!(text, recorded, "{name} is made anew by UPDATE_SNAPSHOTS=1");
}

#[test]
fn templates_are_as_recorded() {
    assert_snapshot("shop.yaml", snapshots::YAML, &template().to_yaml().unwrap());
    assert_snapshot("shop.json", snapshots::JSON, &template().to_text(Format::Json).unwrap());
}

/// Tables with replicas.
fn global() -> [TableDefinition; 3] {
    let orders = v2::Orders::definition()
        .billing(Billing::OnDemandUpTo(Throughput { read: 100, write: 50 }))
        .encryption(Encryption::Kms("alias/orders".into()))
        .point_in_time_recovery(7)
        .deletion_protection()
        .contributor_insights(ContributorInsights::AccessedAndThrottledKeys)
        .tag("team", "orders")
        .resource_policy(RESOURCE_POLICY)
        .index_warm_throughput("ByDay", Throughput { read: 13_000, write: 5_000 })
        .alarms(Alarms::default())
        .replica("us-east-1")
        .replica(
            Replica::new("eu-west-1")
                .kms_key("alias/orders-eu")
                .read_units(200)
                .point_in_time_recovery(35)
                .deletion_protection(false)
                .class(TableClass::StandardInfrequentAccess)
                .contributor_insights(ContributorInsights::ThrottledKeys)
                .tag("team", "archive")
                .tag("use", "reports"),
        );
    let shop = Shop::definition()
        .billing(Billing::Provisioned(Throughput { read: 10, write: 5 }))
        .index_throughput("by-owner", Throughput { read: 2, write: 1 })
        .auto_scaling(AutoScaling { up_to: Throughput { read: 100, write: 50 }, target_percent: 70 })
        .replicas(["us-east-1", "eu-west-1"]);
    [orders, Market::definition().replicas(["us-east-1"]), shop]
}

#[test]
fn a_table_with_replicas_is_a_global_table() {
    let [orders, market, shop] = global();
    let policy = Policy::new("Everything").allow(orders.permissions().allow_all());
    let global = Template::new().table(orders).table(market).table(shop).policy(policy);
    assert_snapshot("global.yaml", snapshots::GLOBAL, &global.to_yaml().unwrap());
    assert_snapshot("global.json", snapshots::GLOBAL_JSON, &global.to_json().unwrap());
}

#[test]
fn the_pictures_are_as_recorded() {
    assert_snapshot("market.md", snapshots::MARKDOWN, &Market::definition().markdown());
    assert_snapshot("store.mmd", snapshots::MERMAID, &dynamodel_examples::carts::Store::definition().mermaid());
    assert_snapshot("hostile.mmd", snapshots::HOSTILE, &hostile::Hostile::definition().mermaid());
}

#[test]
fn the_json_is_read_by_another_reader_and_says_the_same() {
    let read: serde_json::Value = serde_json::from_str(&template().to_json().unwrap()).unwrap();
    let properties = &read["Resources"]["ShopTable"]["Properties"];
    assert_eq!(properties["TimeToLiveSpecification"]["AttributeName"], "expires_at");
    assert_eq!(properties["Tags"][1]["Value"], "a \"quoted\": text # of two\nlines");
    assert_eq!(properties["GlobalSecondaryIndexes"][1]["ProvisionedThroughput"]["ReadCapacityUnits"], 2);
    assert_eq!(read["Resources"]["ReadingsTable"]["Properties"]["AttributeDefinitions"][1]["AttributeType"], "N");
    assert_eq!(read["Resources"]["ReadingsTable"]["Properties"]["TableName"]["Ref"], "ReadingsTableName");
}

#[test]
fn an_index_of_several_attributes_and_one_that_includes_some_are_in_the_template() {
    let read: serde_json::Value = serde_json::from_str(&template().to_json().unwrap()).unwrap();
    let market = &read["Resources"]["MarketTable"]["Properties"];
    let keys = market["GlobalSecondaryIndexes"][1]["KeySchema"].as_array().unwrap();
    let keys: Vec<_> = keys.iter().map(|key| (key["AttributeName"].as_str(), key["KeyType"].as_str())).collect();
    let [hash, range] = [Some("HASH"), Some("RANGE")];
    let names = [Some("country"), Some("region"), Some("city"), Some("since")];
    assert_eq!(keys, [(names[0], hash), (names[1], hash), (names[2], range), (names[3], range)]);
    assert_eq!(market["LocalSecondaryIndexes"][0]["KeySchema"][0]["AttributeName"], "PK");
    let projection = &read["Resources"]["OrdersTable"]["Properties"]["GlobalSecondaryIndexes"][0]["Projection"];
    assert_eq!(
        *projection,
        serde_json::json!({
            "ProjectionType": "INCLUDE",
            "NonKeyAttributes": ["total", "note", "_type", "expires"],
        })
    );
}

#[test]
fn a_definition_knows_what_the_types_know() {
    let definition = Shop::definition();
    assert_eq!((definition.table(), definition.partition_key(), definition.sort_key()), ("Shop", "PK", Some("SK")));
    assert_eq!(definition.ttl(), Some("expires_at"));
    let indexes: Vec<_> = definition.indexes().iter().map(|index| (index.name, &index.projection)).collect();
    assert_eq!(indexes, [("Gsi1", &ProjectionType::All), ("by-owner", &ProjectionType::All)]);
    let names: Vec<_> = definition.attributes().iter().map(|attribute| attribute.name).collect();
    assert_eq!(names, ["PK", "SK", "GSI1PK", "GSI1SK", "owner"]);
}

#[test]
fn a_template_with_one_table_twice_or_with_none_is_refused() {
    let twice = Template::new().table(Shop::definition()).table(Shop::definition()).to_yaml().unwrap_err();
    assert!(twice.to_string().contains("`ShopTable`, which is invalid or used already"), "{twice}");
    assert_eq!(Template::new().to_json().unwrap_err().kind(), ErrorKind::InvalidDefinition);
}
