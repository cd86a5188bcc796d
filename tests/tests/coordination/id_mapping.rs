//! Legacy identifiers mapped to new ones: each exactly once, whoever asks first.

use dynamodel::sdk::Client as Sdk;
use dynamodel::sdk::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Codec, Entity, Expiry, Table};
use dynamodel_examples::id_mapping::{self, Mapper};
use dynamodel_tests::engine;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use uuid::Uuid;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Mapping, Lease))]
struct Ids;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Ids, pk = "LEGACY#{legacy:010}")]
struct Mapping {
    legacy: u32,
    id: Uuid,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Ids, pk = "LEASE#{name}")]
struct Lease {
    name: String,
    owner: String,
    #[dynamo(version)]
    version: u64,
    #[dynamo(ttl)]
    until: Expiry,
}

#[tokio::test]
async fn two_hundred_tasks_map_fifty_legacy_identifiers_and_all_agree() {
    // No faults: it counts the requests.
    let wire = Faults::script([]);
    let ids = engine::connect::<Ids>(&engine::clock(), Codec::Wire).await.with_faults(&wire);
    let tasks: Vec<_> = (0..200)
        .map(|task: u32| {
            let ids = ids.clone();
            tokio::spawn(async move {
                let mut found = BTreeMap::new();
                let mut created = 0;
                for step in 0..50 {
                    let legacy = (task + step * 7) % 50;
                    let mapping = ids.get_or_create(Mapping { legacy, id: Uuid::new_v4() }).await.unwrap();
                    created += u32::from(mapping.is_created());
                    found.insert(legacy, mapping.into_item().id);
                }
                (found, created)
            })
        })
        .collect();
    let mut agreed: Option<BTreeMap<u32, Uuid>> = None;
    let mut created = 0;
    for task in tasks {
        let (found, mine) = task.await.unwrap();
        created += mine;
        assert_eq!(agreed.get_or_insert_with(|| found.clone()), &found);
    }
    let agreed = agreed.unwrap();
    assert_eq!((created, agreed.len()), (50, 50));
    assert_eq!(agreed.values().collect::<BTreeSet<_>>().len(), 50);
    assert_eq!(wire.requests(), 200 * 50, "one write each, and no read");
    assert_eq!(wire.requests_of("PutItem"), wire.requests());
}

#[tokio::test]
async fn after_a_lost_answer_the_example_goes_on_with_the_mapping_that_is_there() {
    for (fault, made_before) in
        [(Fault::CutAfter, false), (Fault::CutWithin, false), (Fault::CutBefore, true), (Fault::CutAfter, true)]
    {
        let ids = engine::connect::<id_mapping::Ids>(&engine::clock(), Codec::Wire).await;
        let mapper = Mapper::new(ids.clone());
        let before = if made_before { Some(mapper.map("shop", "7").await.unwrap().0) } else { None };
        let faults = Faults::script([fault.clone()]);
        let (id, is_new) = Mapper::new(ids.with_faults(&faults)).map("shop", "7").await.unwrap();
        assert_eq!(faults.requests(), 2, "{fault:?}");
        assert_eq!(is_new, !made_before, "{fault:?}");
        assert!(before.is_none_or(|before| before == id), "{fault:?}");
        assert_eq!(mapper.map("shop", "7").await.unwrap(), (id, false), "{fault:?}");
    }
}

#[tokio::test]
async fn importers_among_faults_agree_and_each_mapping_is_new_to_one_of_them_at_most() {
    let faults = Faults::seeded(11).cut_before(0.1).cut_after(0.15).fail_500(0.1).throttle(0.05);
    let ids = engine::connect::<id_mapping::Ids>(&engine::clock(), Codec::Wire).await;
    let faulty = ids.clone().with_faults(&faults);
    let quick = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    // Its own, or the tests beside it would have no retries left.
    let bucket = RetryPartition::custom("importers").token_bucket(TokenBucket::unlimited()).build();
    let config = faulty.sdk().config().to_builder().retry_config(quick).retry_partition(bucket).build();
    let (mapper, calm) = (Mapper::new(faulty.with_sdk(Sdk::from_conf(config))), Mapper::new(ids));
    let importers: Vec<_> = (0..8)
        .map(|importer: usize| {
            let mapper = mapper.clone();
            tokio::spawn(async move {
                let (mut found, mut made) = (BTreeMap::new(), Vec::new());
                for step in 0..20 {
                    let legacy = format!("{:02}", (importer * 5 + step) % 20);
                    let (id, is_new) = loop {
                        match mapper.map("shop", &legacy).await {
                            Ok(mapped) => break mapped,
                            Err(error) => assert!(error.current::<id_mapping::Mapping>().is_none(), "{error:?}"),
                        }
                    };
                    made.extend(is_new.then_some(legacy.clone()));
                    found.insert(legacy, id);
                }
                (found, made)
            })
        })
        .collect();
    let (mut agreed, mut made) = (BTreeMap::new(), Vec::new());
    for importer in importers {
        let (found, mine) = importer.await.unwrap();
        made.extend(mine);
        if agreed.is_empty() {
            agreed.clone_from(&found);
        }
        assert_eq!(found, agreed);
    }
    assert!(faults.injected().lost > 0, "{:?}", faults.injected());
    for (legacy, id) in &agreed {
        assert_eq!(calm.known("shop", legacy).await.unwrap(), Some(*id));
        assert!(made.iter().filter(|made| *made == legacy).count() <= 1, "{legacy} was made twice");
    }
    assert_eq!(agreed.len(), 20);
}

#[tokio::test]
async fn what_has_expired_is_made_anew_and_what_is_there_comes_back_with_its_version() {
    let clock = engine::clock();
    let ids = engine::connect::<Ids>(&clock, Codec::Wire).await;
    let until = |seconds| Expiry::at(dynamodel::Clock::now(&clock) + Duration::from_secs(seconds)).unwrap();
    let lease = |owner: &str| Lease { name: "n".into(), owner: owner.into(), version: 0, until: until(60) };
    let first = ids.get_or_create(lease("ada")).await.unwrap();
    assert!(first.is_created());
    assert_eq!(first.into_item().version, 1);
    let second = ids.get_or_create(lease("bob")).await.unwrap();
    assert!(!second.is_created());
    let there = second.into_item();
    assert_eq!((there.owner.as_str(), there.version), ("ada", 1));
    clock.advance(Duration::from_secs(61));
    let third = ids.get_or_create(lease("bob")).await.unwrap();
    assert!(third.is_created());
    assert_eq!(third.into_item().owner, "bob");
}
