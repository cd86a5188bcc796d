//! Lost answers that once were taken for something else, each by its situation.

use dynamodel::op::{GotOrCreated, Save, Upserted};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, Codec, Entity, ErrorKind, Expiry, RetryPolicy, Table};
use dynamodel_tests::engine;
use dynamodel_tests::model::{Document, Session, Shop};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

const BOTH: [Codec; 2] = [Codec::Wire, Codec::AttributeValue];

/// A client that pauses for no time, and the same one behind faults.
async fn shops<T: Table>(codec: Codec, faults: &Faults) -> (Client<T>, Client<T>) {
    let there = engine::connect(&engine::clock(), codec).await;
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_nanos(1));
    let config = there.sdk().config().to_builder().retry_config(retries).build();
    let policy = RetryPolicy { tries: 2, first: Duration::ZERO, longest: Duration::ZERO };
    let quick = there.with_sdk(dynamodel::sdk::Client::from_conf(config)).with_retries(policy);
    (quick.clone(), quick.with_faults(faults))
}

fn key() -> dynamodel::Key<Session> {
    Session::key("u", "s")
}

#[tokio::test]
async fn an_answer_that_breaks_off_half_way_is_a_lost_one() {
    for codec in BOTH {
        let (_, shop) = shops::<Shop>(codec, &Faults::script([Fault::CutWithin])).await;
        let error = shop.create(&Session::new("u", "s")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 2), "{error}");
        let (_, shop) = shops::<Shop>(codec, &Faults::script([Fault::CutWithin])).await;
        let mut document = Document { id: Uuid::from_u128(1), text: "mine".into(), etag: Uuid::nil() };
        shop.save(&mut document).await.expect("the random version tells");
    }
}

#[tokio::test]
async fn a_read_whose_answer_broke_off_and_whose_retry_failed_has_found_nothing_out() {
    for codec in BOTH {
        for failure in [Fault::Throttle, Fault::ServerError, Fault::error(400, "ValidationException")] {
            let script = vec![Fault::CutWithin, failure.clone(), failure];
            let faults = Faults::script(script);
            let (there, shop) = shops::<Shop>(codec, &faults).await;
            there.create(&Session::new("u", "s")).await.unwrap();
            let error = shop.get(key()).await.unwrap_err();
            faults.stop();
            assert!(!error.is_outcome_unknown() && error.attempts() > 1, "{error}");
            assert!(shop.get(key()).await.unwrap().is_some());
        }
        let faults = Faults::script([Fault::CutWithin, Fault::CutWithin]).only("Query");
        let (there, shop) = shops::<Shop>(codec, &faults).await;
        there.create(&Session::new("u", "s")).await.unwrap();
        assert_eq!(shop.query(Session::of_user("u")).count().await.unwrap(), 1, "the third try was answered");
    }
}

#[tokio::test]
async fn that_nobody_listens_in_the_end_does_not_say_that_the_first_try_was_not_carried_out() {
    for codec in BOTH {
        let script = [Fault::CutAfter, Fault::Refused, Fault::Refused];
        let (there, shop) = shops::<Shop>(codec, &Faults::script(script)).await;
        let error = shop.create(&Session::new("u", "s")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error}");
        assert!(there.get(key()).await.unwrap().is_some());
        // Where nobody listened at any time, nothing was done, and that is said.
        let (_, shop) = shops::<Shop>(codec, &Faults::script(vec![Fault::Refused; 3])).await;
        let error = shop.create(&Session::new("u", "s")).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Unavailable, 3), "{error}");
    }
}

#[tokio::test]
async fn a_transaction_that_is_throttled_after_a_lost_response_may_have_been_carried_out() {
    for codec in BOTH {
        let script = [vec![Fault::CutAfter], vec![Fault::Throttle; 20]].concat();
        let (there, shop) = shops::<Shop>(codec, &Faults::script(script)).await;
        let error = shop.transact((Save::new(&mut Session::new("u", "s")),)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 2), "{error}");
        assert!(there.get(key()).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn the_old_item_of_an_update_that_was_carried_out_before_is_not_what_that_made_of_it() {
    for codec in BOTH {
        let (there, shop) = shops::<Shop>(codec, &Faults::script([Fault::CutAfter]).only("UpdateItem")).await;
        there.create(&Session::new("u", "s")).await.unwrap();
        let error = shop.update(key()).set(|s| s.hits, 7).returning_old().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 1), "{error}");
        // A version that was read tells: the second try would have been refused.
        let read = there.get(key()).await.unwrap().unwrap();
        let shop = there.clone().with_faults(&Faults::script([Fault::CutBefore]));
        let old = shop.update(&read).set(|s| s.hits, 8).returning_old().await.unwrap();
        assert_eq!(old.hits, 7);
    }
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Pair))]
struct Pairs;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Pairs, pk = "PAIR#{id}")]
struct Pair {
    id: String,
    first: Option<u64>,
    second: Option<u64>,
}

#[tokio::test]
async fn a_value_that_is_moved_is_not_lost_because_it_is_moved_twice() {
    for codec in BOTH {
        let (there, pairs) = shops::<Pairs>(codec, &Faults::script([Fault::CutAfter]).only("UpdateItem")).await;
        there.create(&Pair { id: "a".into(), first: Some(7), second: None }).await.unwrap();
        let moved = pairs.update(Pair::key("a")).set_to(|p| p.second, |p| p.first.or(0)).remove(|p| p.first);
        let error = moved.await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 1), "{error}");
        let stored = there.get(Pair::key("a")).await.unwrap().unwrap();
        assert_eq!((stored.first, stored.second), (None, Some(7)));
        // Of the attribute itself, it is sent again.
        let pairs = there.clone().with_faults(&Faults::script([Fault::CutAfter]));
        pairs.update(Pair::key("a")).set_to(|p| p.first, |p| p.first.or(1)).await.unwrap();
        assert_eq!(there.get(Pair::key("a")).await.unwrap().unwrap().first, Some(1));
    }
}

#[tokio::test]
async fn an_item_made_anew_with_the_version_that_was_read_is_not_taken_for_untouched() {
    for codec in BOTH {
        let (there, _) = shops::<Shop>(codec, &Faults::script([])).await;
        there.create(&Session::new("u", "s")).await.unwrap();
        let mut read = there.get(key()).await.unwrap().unwrap();
        // The first try is carried out, its answer lost; the item is deleted, and made anew: its version is 1 again.
        let made_anew = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"no","Item":{
            "PK":{"S":"USER#u"},"SK":{"S":"SESSION#s"},"_type":{"S":"Session"},"user_id":{"S":"u"},"session_id":{"S":"s"},
            "hits":{"N":"50"},"data":{"M":{}},"version":{"N":"1"}}}"#;
        let faults = Faults::script([Fault::CutAfter, Fault::Response(400, made_anew.to_owned())]);
        let shop = there.clone().with_faults(&faults);
        let error = shop.save(&mut read).condition(|s| s.hits.lt(10)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "it was carried out: {error}");
        assert_eq!(there.get(key()).await.unwrap().unwrap().version, 2);
    }
}

#[tokio::test]
async fn who_created_an_item_after_a_lost_answer_only_a_random_version_tells() {
    for codec in BOTH {
        for lost in [Fault::CutAfter, Fault::CutBefore] {
            // Somebody else creates the very same one meanwhile, or nobody does.
            let (there, shop) = shops::<Shop>(codec, &Faults::script([lost.clone()])).await;
            if lost == Fault::CutBefore {
                there.create(&Session::new("u", "s")).await.unwrap();
            }
            let error = shop.get_or_create(Session::new("u", "s")).await.unwrap_err();
            assert!(error.is_outcome_unknown(), "{error}");
            assert_eq!(error.into_current::<Session>().unwrap().version, 1, "what all can go on with");
        }
        let (there, shop) = shops::<Shop>(codec, &Faults::script([Fault::CutAfter])).await;
        let document = Document { id: Uuid::from_u128(1), text: "mine".into(), etag: Uuid::nil() };
        let GotOrCreated::Created(mine) = shop.get_or_create(document).await.unwrap() else { panic!("it is mine") };
        assert_eq!(there.get(mine.primary_key()).await.unwrap(), Some(mine));
    }
}

#[derive(Table, Debug)]
#[dynamo(pk = "PK", entities(Purse))]
struct Purses;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[dynamo(table = Purses, pk = "PURSE#{id}")]
struct Purse {
    id: String,
    coins: i64,
    #[dynamo(ttl)]
    until: Option<Expiry>,
    #[dynamo(version)]
    etag: Uuid,
}

#[tokio::test]
async fn a_count_that_may_have_been_made_is_looked_up_by_its_random_version() {
    for codec in BOTH {
        let faults = Faults::script([Fault::CutAfter]).only("UpdateItem").recording();
        let (there, purses) = shops::<Purses>(codec, &faults).await;
        there.create(&Purse { id: "a".into(), ..Purse::default() }).await.unwrap();
        let purse = purses.update(Purse::key("a")).add(|p| p.coins, 1).returning_new().await.unwrap();
        assert_eq!(there.get(Purse::key("a")).await.unwrap(), Some(purse));
        let operations: Vec<_> = faults.sent().into_iter().map(|sent| sent.operation).collect();
        assert_eq!(operations, ["UpdateItem", "GetItem"], "once, and then a look");

        // It was not made: that cannot be told from one that somebody has written over.
        let purses = there.clone().with_faults(&Faults::script([Fault::CutBefore]).only("UpdateItem"));
        let error = purses.update(Purse::key("a")).add(|p| p.coins, 1).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::OutcomeUnknown, 2));
        assert_eq!(error.current::<Purse>().unwrap().coins, 1, "the item, as it is now");

        // The look itself gets lost.
        let purses = there.clone().with_faults(&Faults::script(vec![Fault::CutAfter; 9]));
        let error = purses.update(Purse::key("a")).add(|p| p.coins, 1).await.unwrap_err();
        assert!(error.is_outcome_unknown() && error.current::<Purse>().is_none());
        assert_eq!(there.get(Purse::key("a")).await.unwrap().unwrap().coins, 2);

        // The old item is gone for good, though the update was carried out.
        let purses = there.clone().with_faults(&Faults::script([Fault::CutAfter]).only("UpdateItem"));
        let error = purses.update(Purse::key("a")).add(|p| p.coins, 1).returning_old().await.unwrap_err();
        assert!(error.is_applied() && error.to_string().contains("was carried out"), "{error}");

        let purses = there.clone().with_faults(&Faults::script([Fault::CutAfter]).only("UpdateItem"));
        let fresh = Purse { id: "a".into(), ..Purse::default() };
        assert_eq!(purses.upsert(&fresh).add(|p| p.coins, 1).await.unwrap(), Upserted::Updated);
        assert_eq!(there.get(Purse::key("a")).await.unwrap().unwrap().coins, 4);
    }
}
