//! A counter that many count up: by condition, by atomic add, and spread over several items. No increment is lost.

use dynamodel::{Client, Codec, Entity, ErrorKind, Projection, RetryPolicy, Sharded, Table};
use dynamodel_tests::engine;
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Page, Views))]
struct Site;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Site, pk = "PAGE#{page}", sk = "PAGE")]
struct Page {
    page: String,
    views: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Site, pk = "VIEWS#{page}#{shard}", sk = "VIEWS")]
struct Views {
    page: String,
    shard: Sharded<8>,
    count: u64,
}

#[derive(Projection, Deserialize, Debug)]
#[dynamo(of = Page)]
struct Count {
    views: u64,
}

async fn site() -> Client<Site> {
    let patient = RetryPolicy { tries: 1000, first: Duration::from_millis(1), longest: Duration::from_millis(20) };
    engine::connect::<Site>(&engine::clock(), Codec::Wire).await.with_retries(patient)
}

async fn at_once<F: Future<Output = ()> + Send + 'static>(tasks: u32, make: impl Fn(u32) -> F) {
    let tasks: Vec<_> = (0..tasks).map(|task| tokio::spawn(make(task))).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn by_atomic_add_each_of_64_tasks_sees_a_number_of_its_own() {
    let site = site().await;
    site.create(&Page { page: "home".into(), views: 0 }).await.unwrap();
    let seen = std::sync::Arc::new(std::sync::Mutex::new(std::collections::BTreeSet::new()));
    at_once(64, |_| {
        let (site, seen) = (site.clone(), seen.clone());
        async move {
            for _ in 0..10 {
                let add = site.update(Page::key("home")).add(|p| p.views, 1);
                let now = add.returning_new_part::<Count>().await.unwrap().views;
                assert!(seen.lock().unwrap().insert(now), "{now} was given twice");
            }
        }
    })
    .await;
    assert_eq!(seen.lock().unwrap().iter().copied().collect::<Vec<_>>(), (1..=640).collect::<Vec<_>>());
}

#[tokio::test]
async fn by_condition_64_tasks_lose_no_increment() {
    let site = site().await;
    site.create(&Page { page: "home".into(), views: 0 }).await.unwrap();
    at_once(64, |_| {
        let site = site.clone();
        async move {
            let mut page = site.get(Page::key("home")).consistent().await.unwrap().unwrap();
            loop {
                let set = site.update(Page::key("home")).set(|p| p.views, page.views + 1);
                match set.condition(|p| p.views.eq(page.views)).await {
                    Ok(()) => return,
                    Err(error) => {
                        assert_eq!(error.kind(), ErrorKind::ConditionFailed);
                        page = error.into_current().unwrap();
                    }
                }
            }
        }
    })
    .await;
    assert_eq!(site.get(Page::key("home")).consistent().await.unwrap().unwrap().views, 64);
}

#[tokio::test]
async fn a_floor_and_a_ceiling_hold() {
    let site = site().await;
    site.create(&Page { page: "seats".into(), views: 0 }).await.unwrap();
    let taken = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    at_once(40, |_| {
        let (site, taken) = (site.clone(), taken.clone());
        async move {
            let take = site.update(Page::key("seats")).add(|p| p.views, 1).condition(|p| p.views.lt(25));
            match take.await {
                Ok(()) => {
                    taken.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
                Err(error) => assert_eq!(error.current::<Page>().unwrap().views, 25),
            }
        }
    })
    .await;
    assert_eq!(taken.load(std::sync::atomic::Ordering::Relaxed), 25);

    // And back: none below nothing, so no number wraps around.
    let given = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    at_once(40, |_| {
        let (site, given) = (site.clone(), given.clone());
        async move {
            let give = site.update(Page::key("seats")).set_to(|p| p.views, |p| p.views.minus(1));
            match give.condition(|p| p.views.ge(1)).await {
                Ok(()) => {
                    given.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
                Err(error) => assert_eq!(error.current::<Page>().unwrap().views, 0),
            }
        }
    })
    .await;
    assert_eq!(given.load(std::sync::atomic::Ordering::Relaxed), 25);
}

#[tokio::test]
async fn spread_over_items_it_reads_back_as_one_number() {
    let site = site().await;
    at_once(64, |_| {
        let site = site.clone();
        async move {
            for _ in 0..5 {
                let one = Views { page: "home".into(), shard: Sharded::pick(), count: 1 };
                site.upsert(&one).add(|v| v.count, 1).await.unwrap();
            }
        }
    })
    .await;
    let keys: Vec<_> = Sharded::all().map(|shard| Views::key("home", shard)).collect();
    let found = site.batch_get(keys).consistent().await.unwrap();
    assert_eq!(found.len(), 8);
    assert!(found.iter().flatten().count() > 4, "all went to few items");
    assert_eq!(found.into_iter().flatten().map(|views| views.count).sum::<u64>(), 320);
}
