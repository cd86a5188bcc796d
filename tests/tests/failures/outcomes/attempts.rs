//! `attempts()` says exactly how many HTTP requests an operation has made until it failed, against a server that counts.

use dynamodel::op::{Create, Get, Update};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::{Client, Codec, Entity, Error, RetryPolicy, Table};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Note, Session, Shop};
use dynamodel_tests::storm::Random;
use dynamodel_tests::tap::{Do, error_body, tapped};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Member))]
struct Club;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Club, pk = "MEMBER#{id}")]
struct Member {
    id: String,
    #[dynamo(unique)]
    email: String,
    visits: u64,
    #[dynamo(version)]
    version: u64,
}

impl Member {
    fn new(id: &str, email: &str) -> Self {
        Self { id: id.into(), email: email.into(), visits: 0, version: 0 }
    }
}

fn note(number: i32) -> Note {
    Note { user_id: "u".into(), number, owner: None, text: "x".into() }
}

/// The same table where so many of a hundred requests meet a fault, and a counter of all requests.
fn counting<T: Table>(client: &Client<T>, seed: u64, percent: u64) -> (Client<T>, Arc<AtomicU32>) {
    let (count, random) = (Arc::new(AtomicU32::new(0)), Mutex::new(Random::new(seed)));
    let counter = Arc::clone(&count);
    let client = tapped(client, move |operation, _| {
        counter.fetch_add(1, Ordering::SeqCst);
        let mut random = random.lock().unwrap();
        if !random.percent(percent) {
            return Do::Pass;
        }
        match random.below(6) {
            0 => Do::CutBefore,
            1 => Do::CutAfter,
            2 => Do::Fail,
            3 => Do::FailAfter,
            4 if operation == "PutItem" => Do::Respond(400, error_body("TransactionConflictException", "other")),
            _ => Do::Respond(400, error_body("ProvisionedThroughputExceededException", "slow down")),
        }
    });
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_micros(50));
    let config = client.sdk().config().to_builder().retry_config(retries).build();
    let quick = RetryPolicy { tries: 3, first: Duration::from_micros(50), longest: Duration::from_micros(100) };
    (client.with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(quick), count)
}

/// How often each verb failed.
#[derive(Default)]
struct Failures(BTreeMap<&'static str, u32>);

impl Failures {
    fn check<O>(&mut self, verb: &'static str, count: &AtomicU32, outcome: Result<O, Error>) {
        let made = count.swap(0, Ordering::SeqCst);
        if let Err(error) = outcome {
            assert_eq!(error.attempts(), made, "{verb}: {error:?}");
            *self.0.entry(verb).or_default() += 1;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_says_how_many_requests_the_operation_has_made() {
    let mut failures = Failures::default();
    for codec in [Codec::Wire, Codec::AttributeValue] {
        let clean: Client<Shop> = engine::connect(&engine::clock(), codec).await;
        let (shop, count) = counting(&clean, 7, 60);
        let key = || Session::key("u", "s");
        for round in 0..40 {
            let mut session = Session::new("u", "s");
            // A put over what is there needs its version.
            clean.put(&session).unchecked().await.unwrap();
            failures.check("get", &count, shop.get(key()).await);
            failures.check("create", &count, shop.create(&session).await);
            failures.check("put", &count, shop.put(&session).await);
            failures.check("save", &count, shop.save(&mut session).await);
            failures.check("update", &count, shop.update(key()).set(|s| s.hits, round).await);
            failures.check("add", &count, shop.update(key()).add(|s| s.hits, 1).await);
            failures.check("returning", &count, shop.update(key()).add(|s| s.hits, 1).returning_new().await);
            failures.check("upsert", &count, shop.upsert(&session).add(|s| s.hits, 1).await);
            failures.check("delete", &count, shop.delete(Session::key("u", "other")).await);
            failures.check("modify", &count, shop.modify(key(), |session| session.hits += 1).await);
            failures.check("get_or_create", &count, shop.get_or_create(session.clone()).await);
            failures.check("transact", &count, {
                let update = Update::new(key()).add(|s| s.hits, 1);
                shop.transact((update, Create::new(&session))).await
            });
            failures.check("transact_get", &count, shop.transact_get((Get::new(key()),)).await);
            failures.check("batch_write", &count, shop.batch_write().put(&note(1)).put(&note(2)).await);
            failures.check("batch_get", &count, shop.batch_get([Note::key("u", 1), Note::key("u", 2)]).await);
            failures.check("query", &count, shop.query(Session::of_user("u")).limit(5).await);
            failures.check("count", &count, shop.query(Session::of_user("u")).count().await);
            failures.check("first", &count, shop.query(Session::of_user("u")).first().await);
        }

        let clean: Client<Club> = engine::connect(&engine::clock(), codec).await;
        let (club, count) = counting(&clean, 11, 60);
        clean.create(&Member::new("b", "b@x")).await.unwrap();
        for round in 0..40 {
            let mut member = Member::new("a", "a@x");
            clean.put(&member).unchecked().await.unwrap();
            let taken = Member { email: "b@x".into(), ..member.clone() };
            failures.check("unique create", &count, club.create(&Member::new("c", "b@x")).await);
            failures.check("unique put", &count, club.put(&taken).unchecked().await);
            failures.check("unique save", &count, club.save(&mut member).await);
            let update = club.update(Member::key("a")).set(|m| m.email, format!("a{round}@x"));
            failures.check("unique update", &count, update.await);
            let update = club.update(Member::key("a")).add(|m| m.visits, 1);
            failures.check("unique add", &count, update.await);
            failures.check("unique modify", &count, club.modify(Member::key("a"), |m| m.visits += 1).await);
            failures.check("unique get_or_create", &count, club.get_or_create(Member::new("a", "b@x")).await);
            failures.check("unique transact", &count, club.transact((Create::new(&taken),)).await);
            failures.check("unique delete", &count, club.delete(Member::key("a")).await);
        }
    }
    assert_eq!(failures.0.len(), 27, "{:?}", failures.0);
}

#[tokio::test]
async fn what_the_library_sends_again_the_sdk_does_not() {
    let clean: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    for tries in [1, 2, 5] {
        let (shop, count) = counting(&clean, 3, 100);
        let shop = shop.with_retries(RetryPolicy { tries, ..RetryPolicy::ONCE });
        let made = |error: Error| (error.attempts(), count.swap(0, Ordering::SeqCst));
        let create = Create::new(&Session::new("u", "s"));
        assert_eq!(made(shop.transact((create,)).await.unwrap_err()), (tries, tries));
        assert_eq!(made(shop.transact_get((Get::new(Session::key("u", "s")),)).await.unwrap_err()), (tries, tries));
        assert_eq!(made(shop.batch_write().put(&note(1)).await.unwrap_err()), (tries, tries));
        assert_eq!(made(shop.batch_get([Note::key("u", 1)]).await.unwrap_err()), (tries, tries));
    }
}

#[tokio::test]
async fn operations_on_the_table_count_too() {
    let clean: Client<Shop> = engine::connect(&engine::clock(), Codec::Wire).await;
    for seed in 0..5 {
        let (shop, count) = counting(&clean, seed, 100);
        let made = |error: Error| assert_eq!(error.attempts(), count.swap(0, Ordering::SeqCst), "{error:?}");
        made(shop.ensure_table().await.unwrap_err());
        made(shop.check_schema().await.unwrap_err());
        made(shop.plan().await.unwrap_err());
        made(shop.plan_with(&Shop::definition()).await.unwrap_err());
    }
}
