//! Plans: what becomes of a live table, step by step.

use dynamodel::define::{
    Alarms, Aspect, Billing, Plan, Step, StreamView, TableClass, TableDefinition, Throughput, Unchanged,
};
use dynamodel::embedded::Engine;
use dynamodel::{Client, ErrorKind, Table};
use dynamodel_tests::model::{Readings, Shop};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use versions::{v1, v2, v3};

pub mod around;
mod quotas;
mod settings;
mod slow;
mod versions;

/// What DynamoDB answers while an index is being made.
const ONE_INDEX: &str = "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";

/// A table of the first version, seen by a client of a later one.
async fn old<T: Table>() -> (Client<v1::Orders>, Client<T>) {
    let old = if dynamodel_tests::engine::is_remote() {
        dynamodel_tests::engine::connect(&dynamodel_tests::clock(), dynamodel::Codec::Wire).await
    } else {
        Engine::memory().unwrap().client::<v1::Orders>("orders").await.unwrap()
    };
    let new = Client::new(old.sdk(), old.table_name());
    (old, new)
}

async fn apply<T: Table>(client: &Client<T>, plan: &Plan) -> Vec<Step> {
    client
        .apply(plan)
        .poll_interval(Duration::from_millis(5))
        .step_timeout(Duration::from_secs(60))
        .await
        .unwrap()
        .steps
}

#[tokio::test]
async fn new_indexes_are_made_and_filled_and_what_takes_something_away_is_left() {
    let (old, new) = old::<v2::Orders>().await;
    for number in 0..5 {
        old.create(&v1::Order::new(number)).await.unwrap();
    }
    let plan = new.plan().await.unwrap();
    assert_eq!(
        plan.to_string(),
        "1. create the global index `ByShop`, and wait until it is filled\n\
         2. switch on the time to live by `expires`: items whose time has passed are deleted\n\
         unchanged: the definition does not have the global index `Old`, and others may query it: ask for `allow_removing_index(\"Old\")`\n"
    );
    assert_eq!(plan.unchanged(), [Unchanged::RemoveIndex("Old".into())]);
    assert_eq!(apply(&new, &plan).await, plan.steps());
    let of_shop = new.query(v2::Order::of_shop("s")).collect().await.unwrap();
    assert_eq!(of_shop.len(), 5, "the items that were there are in the new index");
    // Again, by the same plan and by a new one.
    assert_eq!(apply(&new, &plan).await, plan.steps());
    let again = new.plan().await.unwrap();
    assert!(again.is_empty(), "{again}");
    let removing = again.allow_removing_index("Old");
    assert_eq!(removing.steps(), [Step::DeleteIndex("Old".into())]);
    assert_eq!(removing.unchanged(), []);
    apply(&new, &removing).await;
    assert_eq!(new.check_schema().await.unwrap(), []);
    // What is gone is not asked for again.
    assert!(new.plan().await.unwrap().allow_removing_index("Old").is_empty());
}

#[tokio::test]
async fn an_index_of_another_projection_is_replaced_only_when_asked() {
    let (old, new) = old::<v3::Orders>().await;
    old.create(&v1::Order::new(1)).await.unwrap();
    let plan = new.plan().await.unwrap();
    assert_eq!(plan.steps(), []);
    let [Unchanged::RemoveIndex(_), Unchanged::ReplaceIndex { index, differences }] = plan.unchanged() else {
        panic!("{plan}")
    };
    assert_eq!((index.as_str(), &differences[0].aspect), ("ByDay", &Aspect::IndexProjection("ByDay".into())));
    assert!(plan.to_string().contains("give the index another name in the model (`ByDay2`)"), "{plan}");
    let asked = plan.allow_replacing_index("ByDay").allow_removing_index("ByDay");
    assert_eq!(asked.steps(), [Step::DeleteIndex("ByDay".into()), Step::CreateIndex("ByDay".into())]);
    assert!(asked.unchanged().contains(&Unchanged::StillDefined("ByDay".into())), "{asked}");
    apply(&new, &asked).await;
    assert!(new.plan().await.unwrap().is_empty());
    // The same plan once more does not delete what it made.
    apply(&new, &asked).await;
    let found = new.query(v3::Order::by_day("2026-01-01")).collect().await.unwrap();
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn an_attribute_of_another_type_needs_every_index_on_it_gone() {
    let (_old, new) = old::<versions::v4::Orders>().await;
    let plan = new.plan().await.unwrap();
    assert_eq!(plan.steps(), []);
    assert!(
        plan.unchanged().contains(&Unchanged::BlockedIndex { index: "ByDayAndShop".into(), attribute: "day".into() }),
        "{plan}"
    );
    let asked = plan.allow_removing_index("ByDay");
    let steps = [Step::DeleteIndex("ByDay".into()), Step::CreateIndex("ByDayAndShop".into())];
    assert_eq!(asked.steps(), steps, "{asked}");
    apply(&new, &asked).await;
    let left = new.plan().await.unwrap();
    assert_eq!((left.steps(), left.unchanged()), (&[][..], &[Unchanged::RemoveIndex("Old".into())][..]));
}

#[tokio::test]
async fn another_key_and_a_local_index_need_a_new_table() {
    let engine = Engine::memory().unwrap();
    let readings = engine.client::<Readings>("readings").await.unwrap();
    let shop: Client<Shop> = Client::new(readings.sdk(), "readings");
    let plan = shop.plan().await.unwrap();
    let Unchanged::NeedsNewTable(difference) = &plan.unchanged()[0] else { panic!("{plan}") };
    assert_eq!(difference.aspect, Aspect::Key);
    assert!(plan.to_string().contains("create a new table, and move the items"), "{plan}");
}

#[tokio::test]
async fn settings_are_changed_in_place_and_nothing_is_taken_away_unasked() {
    let engine = Engine::memory().unwrap();
    // Without an index: the engine keeps no throughput of one.
    let readings = engine.client::<Readings>("readings").await.unwrap();
    let wanted = Readings::definition()
        .billing(Billing::Provisioned(Throughput { read: 5, write: 4 }))
        .stream(StreamView::KeysOnly)
        .class(TableClass::StandardInfrequentAccess)
        .deletion_protection()
        .tag("team", "shop")
        .alarms(Alarms::default());
    let plan = readings.plan_with(&wanted).await.unwrap();
    let told: Vec<_> = plan.steps().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "change the billing to PROVISIONED",
            "switch on the stream: KEYS_ONLY",
            "switch on the deletion protection",
            "change the table class to STANDARD_INFREQUENT_ACCESS",
            "set the tags `team`",
        ]
    );
    assert_eq!(plan.unchanged(), [Unchanged::NotCompared("alarms")]);
    apply(&readings, &plan).await;
    assert!(readings.plan_with(&wanted).await.unwrap().is_empty());
    let more = wanted.clone().billing(Billing::Provisioned(Throughput { read: 6, write: 4 }));
    let more = readings.plan_with(&more).await.unwrap();
    assert!(more.steps().contains(&Step::Throughput("6 read and 4 write units".into())), "{more}");

    // Now the definition says nothing of them.
    let back = readings.plan_with(&Readings::definition()).await.unwrap();
    let billing = [Step::Billing("PAY_PER_REQUEST".into()), Step::Class("STANDARD".into())];
    assert_eq!(back.steps(), billing, "{back}");
    let kept: Vec<_> = back
        .unchanged()
        .iter()
        .map(|left| match left {
            Unchanged::RemoveSetting(aspect, _) => aspect.clone(),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(kept, [Aspect::Stream, Aspect::DeletionProtection]);
    assert!(back.to_string().contains("ask for `allow_removing(Aspect::Stream)`"), "{back}");
    let back = back.allow_removing(Aspect::Stream).allow_removing(Aspect::DeletionProtection);
    assert_eq!(back.unchanged(), []);
    apply(&readings, &back).await;
    assert_eq!(readings.check_schema_with(&Readings::definition()).await.unwrap(), []);
}

#[tokio::test]
async fn a_time_to_live_is_switched_off_only_when_asked() {
    let engine = Engine::memory().unwrap();
    let new = engine.client::<v2::Orders>("orders").await.unwrap();
    let old: Client<v1::Orders> = Client::new(new.sdk(), "orders");
    let plan = old.plan().await.unwrap();
    assert!(
        plan.unchanged().iter().any(|left| matches!(left, Unchanged::RemoveSetting(Aspect::TimeToLive, _))),
        "{plan}"
    );
    let plan = plan.allow_removing(Aspect::TimeToLive);
    assert!(plan.steps().contains(&Step::TimeToLiveOff("expires".into())), "{plan}");
    apply(&old, &plan).await;
    assert!(new.plan().await.unwrap().steps().contains(&Step::TimeToLiveOn("expires".into())));
}

#[tokio::test]
async fn another_view_of_the_stream_ends_the_one_that_is_there() {
    let engine = Engine::memory().unwrap();
    let shop = Shop::connect(&engine.sdk_client(), "shop");
    shop.ensure_table_with(&Shop::definition().stream(StreamView::KeysOnly)).await.unwrap();
    let wanted = Shop::definition().stream(StreamView::NewImage);
    let plan = shop.plan_with(&wanted).await.unwrap();
    assert_eq!(plan.steps(), []);
    let plan = plan.allow_removing(Aspect::Stream);
    assert_eq!(plan.steps(), [Step::StreamOff, Step::StreamOn("NEW_IMAGE".into())]);
    apply(&shop, &plan).await;
    assert!(shop.plan_with(&wanted).await.unwrap().is_empty());
    apply(&shop, &plan).await;
}

#[tokio::test]
async fn an_index_of_a_provisioned_table_gets_the_tables_throughput() {
    let engine = Engine::memory().unwrap();
    let old = v1::Orders::connect(&engine.sdk_client(), "orders");
    let provisioned = v1::Orders::definition().billing(Billing::Provisioned(Throughput { read: 7, write: 3 }));
    old.ensure_table_with(&provisioned).await.unwrap();
    let (new, seen) = slow::behind::<v2::Orders, _>(&old, slow::Script::default());
    apply(&new, &new.plan().await.unwrap()).await;
    let request = seen.updates().remove(0);
    let index = &request["GlobalSecondaryIndexUpdates"][0]["Create"];
    assert_eq!(
        (&index["IndexName"], &index["ProvisionedThroughput"]["ReadCapacityUnits"]),
        (&"ByShop".into(), &7.into())
    );
    let attributes = request["AttributeDefinitions"].as_array().unwrap();
    assert_eq!(attributes.len(), 1, "only the new index's: {attributes:?}");
}

#[tokio::test]
async fn indexes_are_made_one_at_a_time_and_waited_for_while_they_are_filled() {
    let (old, _) = old::<v2::Orders>().await;
    let script = slow::Script { looks: 4, ..slow::Script::default() };
    let (new, seen) = slow::behind::<versions::v5::Orders, _>(&old, script);
    let told = Arc::new(Mutex::new(Vec::new()));
    let teller = Arc::clone(&told);
    let plan = new.plan().await.unwrap().allow_removing_index("Old").allow_removing_index("ByDay");
    let applying = new.apply(&plan).on_step(move |step| teller.lock().unwrap().push(step.clone()));
    let applied = applying.await.unwrap();
    assert_eq!(applied.steps.len(), 4);
    assert_eq!(*told.lock().unwrap(), plan.steps());
    assert_eq!(seen.updates().len(), 4, "each was sent once");
    assert_eq!(seen.too_early(), 0, "and none while another was under way");
    assert!(new.plan().await.unwrap().is_empty());
}

#[tokio::test]
async fn where_dynamodb_is_busy_it_is_waited_for() {
    let (old, _) = old::<v2::Orders>().await;
    let busy = [ONE_INDEX, "ResourceInUseException", "ThrottlingException: slower"];
    let (new, seen) =
        slow::behind::<v2::Orders, _>(&old, slow::Script { busy: busy.to_vec(), ..slow::Script::default() });
    let plan = new.plan().await.unwrap();
    let _applied = new.apply(&plan).await.unwrap();
    assert_eq!(seen.updates().len(), 4);
    assert!(new.plan().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_index_that_takes_too_long_is_told_and_the_next_plan_goes_on() {
    let (old, _) = old::<v2::Orders>().await;
    let (new, seen) = slow::behind::<v2::Orders, _>(&old, slow::Script { looks: 60, ..slow::Script::default() });
    let plan = new.plan().await.unwrap();
    let error = new.apply(&plan).step_timeout(Duration::from_secs(40)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unfinished);
    assert!(error.to_string().contains("the step `create the global index `ByShop`"), "{error}");
    let on = new.plan().await.unwrap();
    assert_eq!(on.steps()[0], Step::WaitForIndex("ByShop".into()), "{on}");
    let _applied = new.apply(&on).await.unwrap();
    assert_eq!(seen.updates().len(), 1, "it was not begun anew");
    assert!(new.plan().await.unwrap().is_empty());
}

#[tokio::test]
async fn busy_for_too_long_is_an_error_with_what_dynamodb_said() {
    let (old, _) = old::<v2::Orders>().await;
    let busy = vec![ONE_INDEX; 1_000];
    let (new, _) = slow::behind::<v2::Orders, _>(&old, slow::Script { busy, ..slow::Script::default() });
    let plan = new.plan().await.unwrap();
    let error = new.apply(&plan).step_timeout(Duration::from_secs(60)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unfinished);
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    let mut texts = Vec::new();
    while let Some(error) = source {
        texts.push(format!("{error:?}"));
        source = error.source();
    }
    assert!(texts.iter().any(|text| text.contains("LimitExceededException")), "{texts:?}");
}

#[tokio::test]
async fn looks_that_fail_for_a_while_do_not_end_a_plan() {
    let (old, _) = old::<v2::Orders>().await;
    let (new, seen) = slow::behind::<v2::Orders, _>(&old, slow::Script::default());
    let plan = new.plan().await.unwrap();
    let failures = std::sync::atomic::AtomicU32::new(0);
    // Three looks in a row, each of which the SDK tries twice.
    let failing = dynamodel_tests::tap::tapped(&new, move |operation, _| {
        let fails = operation == "DescribeTable" && failures.fetch_add(1, std::sync::atomic::Ordering::SeqCst) < 6;
        if fails { dynamodel_tests::tap::Do::Fail } else { dynamodel_tests::tap::Do::Pass }
    });
    let _applied = failing.apply(&plan).await.unwrap();
    assert!(!seen.updates().is_empty());
    assert!(new.plan().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_lost_answer_is_no_failure_and_a_refusal_is_one() {
    let (old, _) = old::<v2::Orders>().await;
    // The first try is carried out, its answer lost, and the SDK's second one refused: the index is there.
    let script = slow::Script { lose: 1, ..slow::Script::default() };
    let (new, _) = slow::behind::<v2::Orders, _>(&old, script);
    let plan = new.plan().await.unwrap();
    let _applied = new.apply(&plan).await.unwrap();
    assert!(new.plan().await.unwrap().is_empty());

    let (old, _) = self::old::<v2::Orders>().await;
    let script = slow::Script { busy: vec!["ValidationException"], ..slow::Script::default() };
    let (new, _) = slow::behind::<v2::Orders, _>(&old, script);
    let error = new.apply(&new.plan().await.unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(error.to_string().contains("the step `create the global index `ByShop`"), "{error}");
}

#[tokio::test]
async fn a_plan_of_another_table_or_of_none_is_an_error() {
    let engine = Engine::memory().unwrap();
    let shop = engine.client::<Shop>("shop").await.unwrap();
    let plan = shop.plan().await.unwrap();
    let readings: Client<Readings> = Client::new(shop.sdk(), "shop");
    assert_eq!(readings.apply(&plan).await.unwrap_err().kind(), ErrorKind::InvalidDefinition);
    let nowhere: Client<Shop> = Client::new(shop.sdk(), "nowhere");
    assert_eq!(nowhere.plan().await.unwrap_err().kind(), ErrorKind::TableNotFound);
    let wrong: TableDefinition = Shop::definition().point_in_time_recovery(99);
    assert_eq!(shop.plan_with(&wrong).await.unwrap_err().kind(), ErrorKind::InvalidDefinition);
}

#[tokio::test]
async fn an_index_that_somebody_else_made_otherwise_is_told() {
    let (old, new) = old::<v2::Orders>().await;
    let plan = new.plan().await.unwrap();
    let others: Client<versions::v5::Orders> = Client::new(old.sdk(), old.table_name());
    apply(&others, &others.plan().await.unwrap()).await;
    let error = new.apply(&plan).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDefinition);
    assert!(error.to_string().contains("make a new plan"), "{error}");
}
