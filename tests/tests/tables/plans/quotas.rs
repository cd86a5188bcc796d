//! What DynamoDB refuses for good, and what it only takes later.

use super::around::around;
use super::slow::{Script, behind};
use super::versions::v2;
use super::{apply, old};
use dynamodel::define::{Aspect, ContributorInsights, Replica, Step, StreamView, TableClass, Unchanged};
use dynamodel::embedded::Engine;
use dynamodel::{Client, ErrorKind, Table};
use dynamodel_tests::model::Readings;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_quota_is_an_error_at_once() {
    for quota in [
        "LimitExceededException: Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20",
        "LimitExceededException: Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).",
        "LimitExceededException: The requested ReadCapacityUnits, 50000, is above the per table maximum for the account",
    ] {
        let (old, _) = old::<v2::Orders>().await;
        let (new, seen) = behind::<v2::Orders, _>(&old, Script { busy: vec![quota; 10], ..Script::default() });
        let error = new.apply(&new.plan().await.unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service, "{quota}");
        assert!(error.to_string().contains("the step `create the global index `ByShop`"), "{error}");
        assert!(seen.updates().len() <= 2, "the SDK's own tries are all");
    }
}

/// A rename of the time to live, interrupted after it was switched off: DynamoDB takes no second change for half an hour.
#[tokio::test]
async fn a_time_to_live_that_was_changed_a_moment_ago_is_waited_for_by_a_new_plan_too() {
    let (old, _) = old::<v2::Orders>().await;
    let (new, _) = behind::<v2::Orders, _>(&old, Script { too_soon: 30, ..Script::default() });
    let plan = new.plan().await.unwrap();
    assert!(plan.steps().contains(&Step::TimeToLiveOn("expires".into())), "{plan}");
    let _applied = new.apply(&plan).await.unwrap();
    assert!(new.plan().await.unwrap().is_empty());
}

#[tokio::test]
async fn insights_that_cannot_be_switched_on_are_an_error_with_the_reason() {
    let engine = Engine::memory().unwrap();
    let (table, around) = around(&engine.client::<Readings>("readings").await.unwrap());
    around.insights_fail();
    let wanted = Readings::definition().contributor_insights(ContributorInsights::ThrottledKeys);
    let plan = table.plan_with(&wanted).await.unwrap();
    let error = table.apply(&plan).poll_interval(Duration::from_millis(1)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(error.to_string().contains("given up on it: LimitExceededException: too many rules"), "{error}");
    // They are not on, and a new plan tries again.
    let again = table.plan_with(&wanted).await.unwrap();
    assert_eq!(again.steps(), [Step::ContributorInsights("THROTTLED_KEYS".into())]);
}

/// With as many indexes as leave room for five more.
#[derive(Table, Debug)]
#[dynamo(
    pk = "PK",
    gsi(L01, pk = "L01K"),
    gsi(L02, pk = "L02K"),
    gsi(L03, pk = "L03K"),
    gsi(L04, pk = "L04K"),
    gsi(L05, pk = "L05K"),
    gsi(L06, pk = "L06K"),
    gsi(L07, pk = "L07K"),
    gsi(L08, pk = "L08K"),
    gsi(L09, pk = "L09K"),
    gsi(L10, pk = "L10K"),
    gsi(L11, pk = "L11K"),
    gsi(L12, pk = "L12K"),
    gsi(L13, pk = "L13K"),
    gsi(L14, pk = "L14K"),
    gsi(L15, pk = "L15K")
)]
struct Before;

/// With eight others.
#[derive(Table, Debug)]
#[dynamo(
    pk = "PK",
    gsi(N01, pk = "N01K"),
    gsi(N02, pk = "N02K"),
    gsi(N03, pk = "N03K"),
    gsi(N04, pk = "N04K"),
    gsi(N05, pk = "N05K"),
    gsi(N06, pk = "N06K"),
    gsi(N07, pk = "N07K"),
    gsi(N08, pk = "N08K")
)]
struct After;

#[tokio::test]
async fn no_more_indexes_are_made_than_a_table_may_have() {
    let engine = Engine::memory().unwrap();
    let before = engine.client::<Before>("table").await.unwrap();
    let after: Client<After> = Client::new(before.sdk(), "table");
    let made = |plan: &dynamodel::define::Plan| {
        plan.steps().iter().filter(|step| matches!(step, Step::CreateIndex(_))).count()
    };
    let no_room = |plan: &dynamodel::define::Plan| {
        plan.unchanged().iter().filter(|left| matches!(left, Unchanged::TooManyIndexes { .. })).count()
    };
    let plan = after.plan().await.unwrap();
    assert_eq!((made(&plan), no_room(&plan)), (5, 3), "{plan}");
    assert!(
        plan.to_string().contains(
            "the index `N06` cannot be created, because a table can have at most 20 global indexes: ask for `allow_removing_index(..)` of `L01`, `L02`"
        ),
        "{plan}"
    );
    let plan = plan.allow_removing_index("L01").allow_removing_index("L02").allow_removing_index("L03");
    assert_eq!((made(&plan), no_room(&plan)), (8, 0), "{plan}");
    apply(&after, &plan).await;
    let left = after.plan().await.unwrap();
    assert!(left.is_empty(), "{left}");
}

mod kinds {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    pub mod global {
        use super::*;

        #[derive(Table, Debug)]
        #[dynamo(pk = "PK", sk = "SK", gsi(ByTotal, pk = "PK", sk = "total"), entities(Order))]
        pub struct Orders;

        #[derive(Entity, Serialize, Deserialize)]
        #[dynamo(table = Orders, pk = "{id}", sk = "ORDER", index(by_total = ByTotal, pk = "{id}", sk = total))]
        pub struct Order {
            id: String,
            total: u64,
        }
    }

    pub mod local {
        use super::*;

        #[derive(Table, Debug)]
        #[dynamo(pk = "PK", sk = "SK", lsi(ByTotal, sk = "total"), entities(Order))]
        pub struct Orders;

        #[derive(Entity, Serialize, Deserialize)]
        #[dynamo(table = Orders, pk = "{id}", sk = "ORDER", index(by_total = ByTotal, sk = total))]
        pub struct Order {
            id: String,
            total: u64,
        }
    }
}

/// A local index comes with a new table only; the global one of its name is one that the definition does not know.
#[tokio::test]
async fn an_index_of_the_other_kind_is_another_one() {
    let engine = Engine::memory().unwrap();
    let global = engine.client::<kinds::global::Orders>("orders").await.unwrap();
    let local: Client<kinds::local::Orders> = Client::new(global.sdk(), "orders");
    let plan = local.plan().await.unwrap();
    assert!(plan.is_empty(), "{plan}");
    assert!(plan.unchanged().contains(&Unchanged::RemoveIndex("ByTotal".into())), "{plan}");
    let plan = plan.allow_removing_index("ByTotal");
    assert_eq!(plan.steps(), [Step::DeleteIndex("ByTotal".into())]);
    assert!(!plan.unchanged().contains(&Unchanged::StillDefined("ByTotal".into())), "{plan}");
    apply(&local, &plan).await;
}

#[tokio::test]
async fn what_is_of_all_replicas_at_once_is_left_to_the_template() {
    let engine = Engine::memory().unwrap();
    let (table, around) = around(&engine.client::<Readings>("readings").await.unwrap());
    around.describes("TableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/readings".into());
    let global = Readings::definition().replica("us-east-1");
    // On its way to be a global table: it gets the stream that it needs.
    let plan = table.plan_with(&global).await.unwrap();
    assert_eq!(plan.steps(), [Step::StreamOn("NEW_AND_OLD_IMAGES".into())], "{plan}");
    apply(&table, &table.plan_with(&Readings::definition().stream(StreamView::KeysOnly)).await.unwrap()).await;
    let plan = table.plan_with(&global).await.unwrap().allow_removing(Aspect::Stream);
    assert_eq!(plan.steps(), [Step::StreamOff, Step::StreamOn("NEW_AND_OLD_IMAGES".into())], "{plan}");

    // It has replicas: no stream of them is switched off, and the class is everybody's.
    around.describes("Replicas", json!([{"RegionName": "eu-west-1", "ReplicaStatus": "ACTIVE"}]));
    let cold = Replica::new("eu-west-1").class(TableClass::StandardInfrequentAccess);
    let global = global.replica(cold).class(TableClass::StandardInfrequentAccess);
    let plan = table.plan_with(&global).await.unwrap().allow_removing(Aspect::Stream);
    assert!(plan.is_empty(), "{plan}");
    let aspects: Vec<_> = plan
        .unchanged()
        .iter()
        .map(|left| match left {
            Unchanged::EveryRegion(difference) => difference.aspect.clone(),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(aspects, [Aspect::Stream, Aspect::Class]);
    assert!(plan.to_string().contains("in every region at once or not at all: set it by the template"), "{plan}");
}
