//! Making, comparing and changing tables: what is asked for, and what the accesses allow.

use super::asked::{Asked, allowed};
use crate::plans::around::around;
use dynamodel::define::{Access, ContributorInsights, Replica, Step, TableDefinition};
use dynamodel::embedded::Engine;
use dynamodel::sdk::types::{AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use dynamodel::{Client, Codec};
use dynamodel_tests::model::Shop;
use dynamodel_tests::{clock, connect};
use std::time::Duration;

const POLICY: &str = r#"{"Version": "2012-10-17", "Statement": []}"#;

#[tokio::test]
async fn tables_are_made_and_compared_by_what_their_access_allows() {
    let client = connect::<Shop>(&clock(), Codec::Wire).await;
    let asked = Asked::of(&Client::<Shop>::new(client.sdk(), format!("{}-new", client.table_name())));
    let shop = &asked.client;
    shop.ensure_table().await.unwrap();
    asked.assert_only(&[Access::EnsureTable]);
    shop.check_schema().await.unwrap();
    asked.assert_only(&[Access::CheckSchema]);
    shop.check_schema_with(&Shop::definition()).await.unwrap();
    asked.assert_only(&[Access::CheckSchema]);
    assert!(shop.plan().await.unwrap().is_empty());
    asked.assert_only(&[Access::Plan]);
    assert!(shop.plan_with(&Shop::definition()).await.unwrap().is_empty());
    asked.assert_only(&[Access::Plan]);
    asked.unasked().sdk().delete_table().table_name(shop.table_name()).send().await.unwrap();
}

/// A table of the right key, and of nothing else that the definition has.
async fn bare(sdk: &dynamodel::sdk::Client, name: &str) {
    let mut request = sdk.create_table().table_name(name).billing_mode(BillingMode::PayPerRequest);
    for (key, kind) in [("PK", KeyType::Hash), ("SK", KeyType::Range)] {
        let attribute = AttributeDefinition::builder().attribute_name(key).attribute_type(ScalarAttributeType::S);
        request = request
            .attribute_definitions(attribute.build().unwrap())
            .key_schema(KeySchemaElement::builder().attribute_name(key).key_type(kind).build().unwrap());
    }
    request.send().await.unwrap();
}

#[tokio::test]
async fn plans_are_made_and_applied_by_what_their_access_allows() {
    let all = Shop::definition()
        .tag("team", "checkout")
        .resource_policy(POLICY)
        .point_in_time_recovery(7)
        .contributor_insights(ContributorInsights::ThrottledKeys);
    // Of a global table it may be a replica that asks for it.
    let replica = Replica::new("us-east-1").resource_policy(POLICY).point_in_time_recovery(7);
    let replica = replica.tag("team", "checkout").contributor_insights(ContributorInsights::ThrottledKeys);
    let global = Shop::definition().replica(replica);
    for definition in [Shop::definition(), Shop::definition().tag("team", "checkout"), all, global] {
        let engine = Engine::memory().unwrap();
        bare(&engine.sdk_client(), "shop").await;
        let (client, around) = around(&Client::<Shop>::new(&engine.sdk_client(), "shop"));
        around.describes("TableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/shop".into());
        let asked = Asked::by(&client, definition.clone());
        let plan = asked.client.plan_with(&definition).await.unwrap();
        asked.assert_only(&[Access::Plan]);
        asked.client.check_schema_with(&definition).await.unwrap();
        asked.assert_only(&[Access::CheckSchema]);
        assert!(plan.steps().iter().any(|step| matches!(step, Step::TimeToLiveOn(_))), "{plan}");
        assert!(plan.steps().iter().any(|step| matches!(step, Step::CreateIndex(_))), "{plan}");
        let applied = asked.client.apply(&plan).poll_interval(Duration::from_millis(5)).await.unwrap();
        assert_eq!(applied.unchanged, []);
        asked.assert_only(&[Access::Apply]);
    }
}

/// What a policy allows on the table besides what it allows for a plain definition.
fn more(definition: &TableDefinition, access: Access) -> Vec<String> {
    let plain = allowed(&Shop::definition(), &[access]);
    let more = allowed(definition, &[access]).into_iter().filter(|action| !plain.contains(action));
    more.map(|(_, action)| action.trim_start_matches("dynamodb:").to_owned()).collect()
}

#[test]
fn settings_with_requests_of_their_own_are_looked_at_and_changed_only_where_they_are_set() {
    let shop = Shop::definition;
    for (definition, look, change, made) in [
        (shop().tag("team", "checkout"), "ListTagsOfResource", "TagResource", true),
        (shop().resource_policy(POLICY), "GetResourcePolicy", "PutResourcePolicy", true),
        (shop().point_in_time_recovery(7), "DescribeContinuousBackups", "UpdateContinuousBackups", false),
        (
            shop().contributor_insights(ContributorInsights::ThrottledKeys),
            "DescribeContributorInsights",
            "UpdateContributorInsights",
            false,
        ),
    ] {
        assert_eq!(more(&definition, Access::Plan), [look]);
        assert_eq!(more(&definition, Access::CheckSchema), [look]);
        assert_eq!(more(&definition, Access::Apply), [look, change]);
        let expected: &[&str] = if made { &[change] } else { &[] };
        assert_eq!(more(&definition, Access::EnsureTable), expected);
        assert_eq!(more(&definition, Access::Get), [""; 0]);
    }
}
