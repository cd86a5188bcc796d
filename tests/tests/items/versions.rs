//! Versions at their ends, on every verb that bumps them, and versions that are not checked because it was said so.

use dynamodel::op::{BatchOp, GotOrCreated, Put, Save, Update, Upserted};
use dynamodel::{Client, Entity, Error, ErrorKind, Table};
use dynamodel_tests::model::{Document, Session, Shop};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Small, Signed, Large))]
pub struct Works;

/// A version that is soon used up.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[dynamo(table = Works, pk = "SMALL#{id}", sk = "SMALL", query = of_id)]
pub struct Small {
    pub id: String,
    pub hits: u64,
    #[dynamo(version)]
    pub version: u8,
}

/// One that is signed.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[dynamo(table = Works, pk = "SIGNED#{id}", sk = "SIGNED")]
pub struct Signed {
    pub id: String,
    pub hits: u64,
    #[dynamo(version)]
    pub version: i8,
}

/// One that is larger than DynamoDB's numbers.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Default)]
#[dynamo(table = Works, pk = "LARGE#{id}", sk = "LARGE")]
pub struct Large {
    pub id: String,
    pub hits: u64,
    #[dynamo(version)]
    pub version: u128,
}

fn used_up(error: &Error, sent: bool) {
    let why = error.reason(0).unwrap_or(error);
    assert_eq!((why.kind(), error.attempts() > 0), (ErrorKind::InvalidValue, sent), "{error}");
    assert!(why.to_string().contains("the version has reached its type's largest value"), "{error}");
    assert_eq!((why.entity().is_some(), why.attribute()), (true, Some("version")), "{error:?}");
}

/// The last version, stored.
async fn last(works: &Client<Works>, id: &str) -> Small {
    works.batch_write().unchecked().put(&Small { id: id.into(), hits: 0, version: 254 }).await.unwrap();
    works.get(Small::key(id)).consistent().await.unwrap().unwrap()
}

#[tokio::test]
async fn a_version_that_is_used_up_is_an_error_on_every_verb_that_bumps_it() {
    for works in both::<Works>(&clock()).await {
        let mut small = last(&works, "a").await;
        assert_eq!(small.version, 255);
        let key = || Small::key("a");
        used_up(&works.put(&small).await.unwrap_err(), false);
        used_up(&works.put(&small).unchecked().await.unwrap_err(), false);
        used_up(&works.save(&mut small).await.unwrap_err(), false);
        used_up(&works.update(key()).add(|s| s.hits, 1).await.unwrap_err(), true);
        used_up(&works.update(key()).set(|s| s.hits, 1).returning_new().await.unwrap_err(), true);
        used_up(&works.update(&small).add(|s| s.hits, 1).await.unwrap_err(), false);
        used_up(&works.update(&small).set(|s| s.hits, 1).returning_old().await.unwrap_err(), false);
        used_up(&works.transact((Update::new(&small).add(|s| s.hits, 1),)).await.unwrap_err(), false);
        used_up(&works.upsert(&Small { version: 0, ..small.clone() }).add(|s| s.hits, 1).await.unwrap_err(), true);
        used_up(&works.modify(key(), |small| small.hits += 1).await.unwrap_err(), true);
        used_up(&works.transact((Put::new(&small),)).await.unwrap_err(), false);
        used_up(&works.transact((Save::new(&mut small),)).await.unwrap_err(), false);
        used_up(&works.transact((Update::new(key()).add(|s| s.hits, 1),)).await.unwrap_err(), true);
        used_up(&BatchOp::<Works>::put_unchecked(&small).unwrap_err(), false);
        used_up(&works.query(Small::of_id("a")).update_each(|s| s.add(|s| s.hits, 1)).await.unwrap_err(), true);
        assert_eq!(works.get(key()).consistent().await.unwrap(), Some(small.clone()), "nothing was written");

        // What bumps nothing is done.
        let GotOrCreated::Got(got) = works.get_or_create(Small { version: 0, ..small.clone() }).await.unwrap() else {
            panic!("it is there")
        };
        assert_eq!(got, small);
        works.delete(&small).await.unwrap();
        let fresh = Small { version: 0, ..small };
        assert_eq!(works.upsert(&fresh).add(|s| s.hits, 1).await.unwrap(), Upserted::Created);
        assert_eq!(works.get(key()).await.unwrap().unwrap().version, 1);
    }
}

#[tokio::test]
async fn signed_versions_end_at_their_own_largest_value() {
    for works in both::<Works>(&clock()).await {
        let signed = Signed { id: "a".into(), hits: 0, version: 125 };
        works.batch_write().unchecked().put(&signed).await.unwrap();
        works.update(Signed::key("a")).add(|s| s.hits, 1).await.unwrap();
        used_up(&works.update(Signed::key("a")).add(|s| s.hits, 1).await.unwrap_err(), true);
        let mut stored = works.get(Signed::key("a")).await.unwrap().unwrap();
        assert_eq!(stored.version, 127);
        used_up(&works.save(&mut stored).await.unwrap_err(), false);
    }
}

#[tokio::test]
async fn versions_end_where_dynamodbs_numbers_do() {
    for works in both::<Works>(&clock()).await {
        let last = 10_u128.pow(38) - 1;
        let large = Large { id: "a".into(), hits: 0, version: last - 2 };
        works.batch_write().unchecked().put(&large).await.unwrap();
        works.update(Large::key("a")).add(|s| s.hits, 1).await.unwrap();
        used_up(&works.update(Large::key("a")).add(|s| s.hits, 1).await.unwrap_err(), true);
        let mut stored = works.get(Large::key("a")).await.unwrap().unwrap();
        assert_eq!(stored.version, last);
        used_up(&works.save(&mut stored).await.unwrap_err(), false);
    }
}

#[tokio::test]
async fn put_overwrites_what_others_wrote_only_when_told_so() {
    for shop in both::<Shop>(&clock()).await {
        let mut mine = Session::new("u", "s");
        shop.save(&mut mine).await.unwrap();
        shop.update(Session::key("u", "s")).set(|s| s.hits, 5).await.unwrap();
        assert!(shop.put(&mine).await.unwrap_err().is_conflict());
        assert_eq!(shop.put(&mine).unchecked().await.unwrap(), 2);
        assert_eq!(shop.get(Session::key("u", "s")).await.unwrap().unwrap().hits, 0);
        // Conditions are asked all the same, and a fresh value is no obstacle.
        let refused = shop.put(&mine).unchecked().condition(|s| s.hits.gt(0)).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConditionFailed);
        assert_eq!(refused.current::<Session>().unwrap().hits, 0);
        assert_eq!(shop.transact((Put::new(&Session::new("u", "s")).unchecked(),)).await.unwrap(), (1,));

        let mut document = Document { id: Uuid::from_u128(1), text: "a".into(), etag: Uuid::nil() };
        shop.save(&mut document).await.unwrap();
        let etag = shop.put(&Document { text: "b".into(), ..document.clone() }).unchecked().await.unwrap();
        assert_ne!(etag, document.etag);
        assert!(shop.save(&mut document).await.unwrap_err().is_conflict(), "who read before meets a conflict");
    }
}

#[tokio::test]
async fn modify_writes_the_item_that_it_has_read_and_no_other() {
    for works in both::<Works>(&clock()).await {
        let [a, b] = ["a", "b"].map(|id| Small { id: id.into(), ..Small::default() });
        for small in [&a, &b] {
            works.create(small).await.unwrap();
        }
        let moved = works.modify(Small::key("a"), |small| small.id = "b".into()).await.unwrap_err();
        assert_eq!(moved.kind(), ErrorKind::InvalidRequest, "{moved}");
        assert_eq!((moved.entity(), moved.key()), (Some("Small"), Some("SMALL#a / SMALL")));
        assert!(moved.to_string().contains("another key, `SMALL#b / SMALL`"), "{moved}");
        for small in [a, b] {
            let there = works.get(Small::key(small.id.as_str())).await.unwrap().unwrap();
            assert_eq!(there, Small { version: 1, ..small });
        }
    }
}
