//! Legacy identifiers mapped to new ones: each exactly once, whoever asks first.

use dynamodel::testing::Faults;
use dynamodel::{Codec, Entity, Expiry, Table};
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
