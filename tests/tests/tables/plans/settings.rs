//! Settings that have requests of their own, and what DescribeTable says of other regions and of warmth.

use super::apply;
use super::around::{Around, around};
use dynamodel::define::{
    Aspect, Billing, ContributorInsights, Difference, Encryption, Replica, Step, TableClass, TableDefinition,
    Throughput, Unchanged,
};
use dynamodel::embedded::Engine;
use dynamodel::{Client, ErrorKind};
use dynamodel_tests::engine::is_remote;
use dynamodel_tests::model::{Readings, Shop};
use serde_json::json;
use std::time::Duration;

const POLICY: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::123456789012:root"]},
        "Action": ["dynamodb:GetItem", "dynamodb:Query"], "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": true}}}]
}"#;
/// The same in other words.
const SAME: &str = r#"{"Statement": {"Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Effect": "Allow",
    "Condition": {"Bool": {"aws:SecureTransport": "true"}}, "Resource": ["*"],
    "Action": ["dynamodb:Query", "dynamodb:GetItem"]}, "Version": "2012-10-17"}"#;
/// With less in it.
const LESS: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
    "Action": "dynamodb:GetItem", "Resource": "*"}]}"#;

/// A table, and what is around it where the engine is the embedded one.
async fn readings() -> (Client<Readings>, Option<(Around, Engine)>) {
    if is_remote() {
        return (dynamodel_tests::engine::connect(&dynamodel_tests::clock(), dynamodel::Codec::Wire).await, None);
    }
    let engine = Engine::memory().unwrap();
    let (client, around) = around(&engine.client("readings").await.unwrap());
    (client, Some((around, engine)))
}

fn told(found: &[Difference]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

fn wanted() -> TableDefinition {
    Readings::definition()
        .point_in_time_recovery(35)
        .contributor_insights(ContributorInsights::AccessedAndThrottledKeys)
        .resource_policy(POLICY)
        .tag("team", "shop")
}

#[tokio::test]
async fn recovery_insights_policy_and_tags_are_compared_and_changed() {
    let (table, _engine) = readings().await;
    let wanted = wanted();
    assert_eq!(
        told(&table.check_schema_with(&wanted).await.unwrap()),
        [
            "the point-in-time recovery: the definition says 35 day(s), the table has none; can be changed in place",
            "the contributor insights: the definition says ACCESSED_AND_THROTTLED_KEYS, the table has none; can be changed in place",
            "the resource policy: the definition says a policy, the table has none; can be changed in place",
            "the tags: the definition says `team` = \"shop\", the table has none; can be changed in place",
        ]
    );
    let plan = table.plan_with(&wanted).await.unwrap();
    assert_eq!(
        plan.to_string(),
        "1. set the point-in-time recovery to 35 day(s)\n\
         2. let Contributor Insights count ACCESSED_AND_THROTTLED_KEYS\n\
         3. set the resource policy\n\
         4. set the tags `team`\n"
    );
    assert_eq!(apply(&table, &plan).await, plan.steps());
    assert_eq!(table.check_schema_with(&wanted).await.unwrap(), []);
    assert_eq!(table.check_schema_with(&wanted.clone().resource_policy(SAME)).await.unwrap(), []);
    // Again, by the same plan: nothing is sent twice.
    assert_eq!(apply(&table, &plan).await, plan.steps());
    // What the definition says nothing of is others'.
    assert_eq!(table.check_schema_with(&Readings::definition()).await.unwrap(), []);
}

#[tokio::test]
async fn nothing_is_asked_that_the_definition_does_not_say() {
    let (table, around) = readings().await;
    let Some((around, _engine)) = around else { return };
    let _ = table.plan_with(&Readings::definition()).await.unwrap();
    table.check_schema_with(&Readings::definition()).await.unwrap();
    let _ = table.plan().await.unwrap();
    assert_eq!(around.asked(), [""; 0]);
    let _ = table.plan_with(&wanted()).await.unwrap();
    let each = ["DescribeContinuousBackups", "DescribeContributorInsights", "GetResourcePolicy"];
    assert_eq!(around.asked(), each);
    table.check_schema_with(&wanted()).await.unwrap();
    assert_eq!(around.asked(), each);
}

#[tokio::test]
async fn another_policy_is_replaced_only_when_asked_and_only_the_one_that_was_seen() {
    let (table, _engine) = readings().await;
    let policy = |text: &str| Readings::definition().resource_policy(text);
    apply(&table, &table.plan_with(&policy(POLICY)).await.unwrap()).await;
    let plan = table.plan_with(&policy(LESS)).await.unwrap();
    let [Unchanged::RemoveSetting(Aspect::ResourcePolicy, difference)] = plan.unchanged() else { panic!("{plan}") };
    assert_eq!([difference.expected.as_str(), &difference.found], ["a policy", "another policy"]);
    assert!(plan.is_empty(), "{plan}");
    assert!(plan.to_string().contains("ask for `allow_removing(Aspect::ResourcePolicy)`"), "{plan}");

    // Before it is applied, somebody sets yet another one.
    let plan = plan.allow_removing(Aspect::ResourcePolicy);
    let others = LESS.replace("GetItem", "Scan");
    let replace = table.plan_with(&policy(&others)).await.unwrap().allow_removing(Aspect::ResourcePolicy);
    apply(&table, &replace).await;
    let error = table.apply(&plan).poll_interval(Duration::from_millis(1)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(error.to_string().contains("the step `set the resource policy`"), "{error}");
    assert_eq!(table.check_schema_with(&policy(&others)).await.unwrap(), [], "theirs stands");
    let plan = table.plan_with(&policy(LESS)).await.unwrap().allow_removing(Aspect::ResourcePolicy);
    apply(&table, &plan).await;
    assert_eq!(table.check_schema_with(&policy(LESS)).await.unwrap(), []);
}

#[tokio::test]
async fn fewer_days_to_restore_from_are_asked_for_and_more_are_not() {
    let (table, around) = readings().await;
    // ministack keeps no number of days.
    let Some(_engine) = around else { return };
    let days = |days| Readings::definition().point_in_time_recovery(days);
    apply(&table, &table.plan_with(&days(7)).await.unwrap()).await;
    let more = table.plan_with(&days(14)).await.unwrap();
    assert_eq!(more.steps(), [Step::PointInTimeRecovery("14 day(s)".into())]);
    apply(&table, &more).await;
    let fewer = table.plan_with(&days(3)).await.unwrap();
    assert!(matches!(fewer.unchanged(), [Unchanged::RemoveSetting(Aspect::PointInTimeRecovery, _)]), "{fewer}");
    assert!(fewer.is_empty());
    apply(&table, &fewer.allow_removing(Aspect::PointInTimeRecovery)).await;
    assert_eq!(table.check_schema_with(&days(3)).await.unwrap(), []);
}

#[tokio::test]
async fn a_table_is_warmed_up_to_what_the_definition_says_and_more_is_as_good() {
    if is_remote() {
        return;
    }
    let engine = Engine::memory().unwrap();
    let (table, around) = around(&engine.client::<Shop>("shop").await.unwrap());
    let units = |read, write| Throughput { read, write };
    let wanted =
        Shop::definition().warm_throughput(units(20_000, 6_000)).index_warm_throughput("Gsi1", units(13_000, 5_000));
    around.describes("WarmThroughput", json!({"ReadUnitsPerSecond": 30_000, "WriteUnitsPerSecond": 4_000}));
    let plan = table.plan_with(&wanted).await.unwrap();
    assert_eq!(
        plan.to_string(),
        "1. raise the warm throughput to 6000 write units\n\
         2. raise the warm throughput of the index `Gsi1` to 13000 read and 5000 write units\n"
    );
    let found = table.check_schema_with(&wanted).await.unwrap();
    assert_eq!(
        found[0].to_string(),
        "the warm throughput: the definition says 20000 read and 6000 write units, the table has 30000 read and 4000 write units; can be changed in place"
    );
    assert_eq!(found[1].aspect, Aspect::IndexWarmThroughput("Gsi1".into()));
    apply(&table, &plan).await;
    assert_eq!(table.check_schema_with(&wanted).await.unwrap(), []);
    around.describes("WarmThroughput", json!({"ReadUnitsPerSecond": 30_000, "WriteUnitsPerSecond": 7_000}));
    assert_eq!(table.check_schema_with(&wanted).await.unwrap(), []);
}

#[tokio::test]
async fn a_global_table_is_compared_as_its_region_has_it() {
    if is_remote() {
        return;
    }
    let engine = Engine::memory().unwrap();
    let (table, around) = around(&engine.client::<Readings>("readings").await.unwrap());
    let wanted = Readings::definition()
        .billing(Billing::OnDemandUpTo(Throughput { read: 100, write: 50 }))
        .encryption(Encryption::Kms("1111".into()))
        .point_in_time_recovery(7)
        .deletion_protection()
        .tag("team", "readings")
        .replica("us-east-1")
        .replica(
            Replica::new("eu-west-1")
                .kms_key("2222")
                .read_units(200)
                .point_in_time_recovery(35)
                .deletion_protection(false)
                .class(TableClass::StandardInfrequentAccess)
                .contributor_insights(ContributorInsights::ThrottledKeys)
                .resource_policy(POLICY)
                .tag("team", "archive"),
        );
    let arn = |region: &str| json!(format!("arn:aws:dynamodb:{region}:123456789012:table/readings"));
    around.describes("StreamSpecification", json!({"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"}));
    around.describes("DeletionProtectionEnabled", json!(true));
    around.describes("OnDemandThroughput", json!({"MaxReadRequestUnits": 100, "MaxWriteRequestUnits": 50}));
    let key = |id: &str| {
        json!({"Status": "ENABLED", "SSEType": "KMS",
        "KMSMasterKeyArn": format!("arn:aws:kms:somewhere:123456789012:key/{id}")})
    };
    around.describes("SSEDescription", key("1111"));
    around.describes("TableArn", arn("us-east-1"));
    let aspects = |found: Vec<Difference>| found.into_iter().map(|found| found.aspect).collect::<Vec<_>>();
    let found = table.check_schema_with(&wanted).await.unwrap();
    assert_eq!(
        told(&found)[0],
        "the replicas in other regions: the definition says `eu-west-1`, the table has none; can be changed in place"
    );
    assert_eq!(aspects(found), [Aspect::Replicas, Aspect::PointInTimeRecovery, Aspect::Tags]);
    let plan = table.plan_with(&wanted).await.unwrap();
    assert!(matches!(plan.unchanged(), [Unchanged::Replicas(_)]), "{plan}");
    assert!(plan.to_string().contains("add and remove replicas by the template"), "{plan}");

    // In the other region it is another table.
    around.describes("TableArn", arn("eu-west-1"));
    let replicas = json!([{"RegionName": "us-east-1", "ReplicaStatus": "ACTIVE"}, {"RegionName": "eu-west-1"}]);
    around.describes("Replicas", replicas);
    let found = aspects(table.check_schema_with(&wanted).await.unwrap());
    let all = [
        Aspect::Throughput,
        Aspect::Encryption,
        Aspect::DeletionProtection,
        Aspect::Class,
        Aspect::PointInTimeRecovery,
        Aspect::ContributorInsights,
        Aspect::ResourcePolicy,
        Aspect::Tags,
    ];
    assert_eq!(found, all);
    around.describes("OnDemandThroughput", json!({"MaxReadRequestUnits": 200, "MaxWriteRequestUnits": 50}));
    around.describes("SSEDescription", key("2222"));
    around.describes("DeletionProtectionEnabled", json!(false));
    around.describes("TableClassSummary", json!({"TableClass": "STANDARD_INFREQUENT_ACCESS"}));
    let plan = table.plan_with(&wanted).await.unwrap();
    assert_eq!(
        plan.steps(),
        [
            Step::PointInTimeRecovery("35 day(s)".into()),
            Step::ContributorInsights("THROTTLED_KEYS".into()),
            Step::ResourcePolicy,
            Step::Tags(vec!["team".into()]),
        ]
    );
    assert_eq!(plan.unchanged(), []);
    // A replica that the definition does not know.
    around.describes("Replicas", json!([{"RegionName": "us-east-1"}, {"RegionName": "ap-south-1"}]));
    let found = table.check_schema_with(&wanted).await.unwrap();
    assert!(told(&found)[0].contains("says `us-east-1`, the table has `ap-south-1`, `us-east-1`"), "{found:?}");
}

/// The embedded engine knows none of them, and so its tables have none.
#[tokio::test]
async fn an_engine_without_such_settings_has_none() {
    let table = Engine::memory().unwrap().client::<Readings>("readings").await.unwrap();
    let found = table.check_schema_with(&wanted()).await.unwrap();
    let aspects: Vec<_> = found.iter().map(|found| &found.aspect).collect();
    let missing = [Aspect::PointInTimeRecovery, Aspect::ContributorInsights, Aspect::ResourcePolicy, Aspect::Tags];
    assert_eq!(aspects, missing.iter().collect::<Vec<_>>());
    let plan = table.plan_with(&Readings::definition().point_in_time_recovery(7)).await.unwrap();
    let error = table.apply(&plan).await.unwrap_err();
    assert!(error.to_string().contains("the step `set the point-in-time recovery to 7 day(s)`"), "{error}");
}

/// A new index is as warm as the definition says from its beginning.
#[tokio::test]
async fn a_new_index_is_made_warm() {
    let engine = Engine::memory().unwrap();
    let old = engine.client::<super::v1::Orders>("orders").await.unwrap();
    let (new, server) = super::slow::behind::<super::v2::Orders, _>(&old, super::slow::Script::default());
    let wanted =
        super::v2::Orders::definition().index_warm_throughput("ByShop", Throughput { read: 13_000, write: 5_000 });
    let plan = new.plan_with(&wanted).await.unwrap();
    assert!(plan.steps().contains(&Step::CreateIndex("ByShop".into())), "{plan}");
    apply(&new, &plan).await;
    let create = &server.updates()[0]["GlobalSecondaryIndexUpdates"][0]["Create"];
    assert_eq!(create["WarmThroughput"], json!({"ReadUnitsPerSecond": 13_000, "WriteUnitsPerSecond": 5_000}));
}
