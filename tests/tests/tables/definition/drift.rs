//! Live tables against their definitions.

use super::versions::{v1, v2};
use dynamodel::define::{
    Aspect, Billing, Difference, Encryption, Remedy, StreamView, TableClass, TableDefinition, Throughput,
};
use dynamodel::embedded::Engine;
use dynamodel::schema::IndexKind;
use dynamodel::{Client, ErrorKind, Table};
use dynamodel_tests::keys::Market;
use dynamodel_tests::model::{Readings, Shop};

fn aspects(found: &[Difference]) -> Vec<(&Aspect, Remedy)> {
    found.iter().map(|difference| (&difference.aspect, difference.remedy)).collect()
}

#[tokio::test]
async fn a_table_made_from_its_definition_has_no_difference() {
    let engine = Engine::memory().unwrap();
    let shop = engine.client::<Shop>("shop").await.unwrap();
    assert_eq!(shop.check_schema_with(&Shop::definition()).await.unwrap(), []);
    let market = engine.client::<Market>("market").await.unwrap();
    assert_eq!(market.check_schema_with(&Market::definition()).await.unwrap(), []);
    let orders = engine.client::<v2::Orders>("orders").await.unwrap();
    assert_eq!(orders.check_schema_with(&v2::Orders::definition()).await.unwrap(), []);
    let readings = Readings::connect(&engine.sdk_client(), "readings");
    let wanted = Readings::definition()
        .billing(Billing::Provisioned(Throughput { read: 3, write: 2 }))
        .stream(StreamView::KeysOnly)
        .deletion_protection();
    readings.ensure_table_with(&wanted).await.unwrap();
    assert_eq!(readings.check_schema_with(&wanted).await.unwrap(), []);
    let plain = readings.check_schema_with(&Readings::definition()).await.unwrap();
    let in_place = [Aspect::Billing, Aspect::Stream, Aspect::DeletionProtection];
    assert_eq!(aspects(&plain), in_place.iter().map(|aspect| (aspect, Remedy::InPlace)).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_difference_of_an_older_table_is_told_with_its_remedy() {
    let engine = Engine::memory().unwrap();
    let old = engine.client::<v1::Orders>("orders").await.unwrap();
    let new: Client<v2::Orders> = v2::Orders::connect(old.sdk(), "orders");
    let found = new.check_schema().await.unwrap();
    let told: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "the type of `day`: the definition says N, the table has S; needs a new index",
            "the projection of the index `ByDay`: the definition says INCLUDE of `_type`, `expires`, `note`, `total`, the table has ALL; needs a new index",
            "the index `ByShop`: the definition says a global index, the table has none; needs a new index",
            "the index `ByTotal`: the definition says a local index, the table has none; needs a new table",
            "the index `Old`: the definition says none, the table has a global index; can be changed in place",
            "the time to live: the definition says `expires`, the table has none; can be changed in place",
        ]
    );
}

#[tokio::test]
async fn another_key_needs_a_new_table() {
    let engine = Engine::memory().unwrap();
    let readings = engine.client::<Readings>("readings").await.unwrap();
    let shop = Shop::connect(readings.sdk(), "readings");
    let found = shop.check_schema().await.unwrap();
    assert_eq!(found[0].aspect, Aspect::Key);
    assert_eq!(found.iter().map(|difference| difference.remedy).max(), Some(Remedy::NewTable));
}

#[tokio::test]
async fn no_table_and_another_tables_definition_are_errors() {
    let engine = Engine::memory().unwrap();
    let shop = Shop::connect(&engine.sdk_client(), "nowhere");
    assert_eq!(shop.check_schema().await.unwrap_err().kind(), ErrorKind::TableNotFound);
    for wrong in [
        Readings::definition(),
        Shop::definition().named("elsewhere"),
        Shop::definition().point_in_time_recovery(7),
        Shop::definition().replicas(["us-east-1"]),
        Shop::definition().index_throughput("Gsi1", Throughput { read: 1, write: 1 }),
    ] {
        assert_eq!(shop.ensure_table_with(&wrong).await.unwrap_err().kind(), ErrorKind::InvalidDefinition);
    }
    assert_eq!(shop.check_schema().await.unwrap_err().kind(), ErrorKind::TableNotFound, "nothing was made");
}

/// `.ci/second-engine` deploys the template by CloudFormation and sets `DYNAMODEL_DEPLOYED`.
#[tokio::test]
async fn deployed_tables_are_as_their_definitions_say() {
    if std::env::var_os("DYNAMODEL_DEPLOYED").is_none() {
        return;
    }
    deployed::<Shop>("shop-prod", &super::whole()).await;
    deployed::<Readings>("deployed-readings", &super::readings()).await;
    deployed::<Market>("deployed-market", &Market::definition()).await;
    deployed::<v2::Orders>("deployed-orders", &v2::Orders::definition()).await;
    // Of a global table ministack makes what is in its own region.
    let [orders, market, shop] = super::global();
    deployed::<v2::Orders>("global-orders", &orders).await;
    deployed::<Market>("global-market", &market).await;
    deployed::<Shop>("global-shop", &shop).await;
}

async fn deployed<T: Table>(name: &str, definition: &TableDefinition) {
    let elsewhere = Engine::local::<T>("beside-the-deployed").await.unwrap();
    let table: Client<T> = Client::new(elsewhere.sdk(), name);
    let found = table.check_schema().await.unwrap();
    // ministack's CloudFormation leaves the time to live out.
    let expiry: Vec<_> = definition.ttl().map(|_| (&Aspect::TimeToLive, Remedy::InPlace)).into_iter().collect();
    assert_eq!(aspects(&found), expiry, "{name}");
    table.ensure_table().await.unwrap();
    assert_eq!(table.check_schema().await.unwrap(), []);
    // Nor does it keep these, which the template has.
    let found: Vec<_> =
        table.check_schema_with(definition).await.unwrap().into_iter().map(|found| found.aspect).collect();
    let settings = definition.settings();
    let limited = matches!(settings.billing, Billing::OnDemandUpTo(_));
    let mut lost = Vec::new();
    lost.extend(limited.then_some(Aspect::Throughput));
    let indexes = definition.indexes_of(IndexKind::Global).filter(|_| limited);
    lost.extend(indexes.map(|index| Aspect::IndexThroughput(index.name.to_owned())));
    lost.extend((settings.encryption != Encryption::AwsOwned).then_some(Aspect::Encryption));
    let global = !settings.replicas.is_empty();
    lost.extend((global && settings.deletion_protection).then_some(Aspect::DeletionProtection));
    lost.extend((settings.class != TableClass::Standard).then_some(Aspect::Class));
    lost.extend(settings.warm_throughput.map(|_| Aspect::WarmThroughput));
    lost.extend((settings.replicas.len() > 1).then_some(Aspect::Replicas));
    lost.extend(settings.point_in_time_recovery.map(|_| Aspect::PointInTimeRecovery));
    lost.extend(settings.contributor_insights.map(|_| Aspect::ContributorInsights));
    lost.extend(settings.resource_policy.as_ref().map(|_| Aspect::ResourcePolicy));
    lost.extend((global && !settings.tags.is_empty()).then_some(Aspect::Tags));
    assert_eq!(found, lost, "{name}");
    elsewhere.sdk().delete_table().table_name("beside-the-deployed").send().await.unwrap();
}

/// A global table has a stream by itself, as its template says.
#[tokio::test]
async fn the_stream_of_a_global_table_is_no_difference() {
    let engine = Engine::memory().unwrap();
    let shop = engine.client::<Shop>("shop").await.unwrap();
    let live = Client::<Shop>::new(shop.sdk(), "live");
    live.ensure_table_with(&Shop::definition().stream(StreamView::NewAndOldImages)).await.unwrap();
    let streams = |found: Vec<Difference>| found.iter().filter(|found| found.aspect == Aspect::Stream).count();
    let global = Shop::definition().replicas(["us-east-1"]);
    assert_eq!(streams(live.check_schema_with(&global).await.unwrap()), 0);
    assert_eq!(streams(live.check_schema_with(&Shop::definition()).await.unwrap()), 1);
}
