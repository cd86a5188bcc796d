//! What is sent, and how often.

use super::look::{claims, operations};
use super::model::{Crm, Invitation, User, invitation, user};
use dynamodel::op::Delete;
use dynamodel::{Entity, ErrorKind, Table};
use dynamodel_tests::engine;
use serde::{Deserialize, Serialize};

/// The guide's table, row by row.
#[tokio::test]
async fn each_verb_makes_as_many_requests_as_the_guide_says() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let mut so_far = operations(&crm);
        let mut count = |expected: u64, what: &str| {
            let now = operations(&crm);
            assert_eq!(now - std::mem::replace(&mut so_far, now), expected, "{what}");
        };
        let mut ada = user("ada");
        ada.version = crm.create(&ada).await.unwrap();
        count(1, "create");
        assert!(crm.get_or_create(user("bob")).await.unwrap().is_created());
        count(1, "get_or_create where there is nothing");
        assert!(!crm.get_or_create(user("bob")).await.unwrap().is_created());
        count(1, "get_or_create of what is there");
        crm.create(&user("ada")).await.unwrap_err();
        count(1, "a create that is refused");

        let code = invitation("1", "AAA", None);
        crm.put(&code).await.unwrap();
        count(1, "put where there is nothing");
        crm.put(&Invitation { uses: 1, ..code.clone() }).await.unwrap();
        count(1, "put of the same unique values");
        crm.put(&Invitation { code: "BBB".into(), ..code }).await.unwrap();
        count(2, "put of others");

        ada.logins = 1;
        crm.save(&mut ada).await.unwrap();
        count(1, "save of the same unique values");
        ada.email = "al@example.com".into();
        crm.save(&mut ada).await.unwrap();
        count(2, "save of others");

        crm.modify(User::key("ada"), |user| user.logins = 2).await.unwrap();
        count(2, "modify of no unique value");
        ada = crm.modify(User::key("ada"), |user| user.handle = "al".into()).await.unwrap().item;
        count(2, "modify of one");

        crm.upsert(&user("bob")).add(|u| u.logins, 1).await.unwrap();
        count(1, "upsert of no unique value");
        crm.upsert(&user("bob")).set(|u| u.phone, Some("1".to_owned())).await.unwrap();
        count(2, "upsert of one");
        crm.upsert(&user("eve")).add(|u| u.logins, 1).await.unwrap();
        count(2, "upsert where there is nothing: it is found out, and created");

        crm.delete(&ada).await.unwrap();
        count(1, "delete by value");
        crm.delete(User::key("eve")).await.unwrap();
        count(2, "delete by key");
        crm.create(&user("ada")).await.unwrap();
        count(1, "create");
        let deleted = crm.query(User::by_name("Ada")).delete_each().await.unwrap().done;
        assert_eq!(deleted, 2);
        count(1 + 2 * 2, "delete_each: the query, and for each item a read and a transaction");
        assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#BBB".into(), "INVITATION#1".into())]);
    }
}

#[tokio::test]
async fn what_would_be_sent_can_be_seen() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    let mut ada = user("ada");
    assert_eq!(crm.create(&ada).explain().unwrap().operation, "TransactWriteItems");
    ada.version = 1;
    assert_eq!(crm.save(&mut ada).explain().unwrap().operation, "PutItem");
    assert_eq!(crm.update(User::key("ada")).set(|u| u.email, "x").explain().unwrap().operation, "GetItem");
    assert_eq!(crm.update(&ada).set(|u| u.email, "x").explain().unwrap().operation, "TransactWriteItems");
    assert_eq!(crm.update(&ada).set(|u| u.name, "x").explain().unwrap().operation, "UpdateItem");
    assert_eq!(crm.delete(&ada).explain().unwrap().operation, "TransactWriteItems");
    let error = crm.create(&ada).into_sdk().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(crm.update(&ada).set(|u| u.name, "x").into_sdk().is_ok());
    let error = crm.transact((Delete::new(User::key("ada")),)).explain().unwrap_err();
    assert!(error.to_string().contains("reads first"), "{error}");
    assert_eq!(crm.transact((Delete::new(&ada),)).explain().unwrap().body.matches("\"Delete\"").count(), 3);
}

#[tokio::test]
async fn a_value_too_long_for_a_key_is_refused_by_name() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    let error = crm.create(&User { email: "x".repeat(2100), ..user("ada") }).await.unwrap_err();
    assert_eq!((error.kind(), error.attribute()), (ErrorKind::InvalidValue, Some("email")));
    assert!(error.to_string().contains("too long to be unique"), "{error}");
    // What looks like another value's sentinel is one of its own.
    crm.create(&User { tenant: "a#b".into(), handle: "c".into(), ..user("ada") }).await.unwrap();
    crm.create(&User { tenant: "a".into(), handle: "b#c".into(), ..user("bob") }).await.unwrap();
}

#[derive(Table, Debug)]
#[dynamo(pk = "name", sk = "number", entities(Place))]
struct Atlas;

/// With keys that are fields: text and a number.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Atlas, pk = name, sk = number)]
struct Place {
    name: String,
    number: u32,
    #[dynamo(unique)]
    code: Option<u64>,
}

#[tokio::test]
async fn keys_that_are_fields_have_sentinels_beside_them_and_none_under_them() {
    for atlas in engine::both::<Atlas>(&engine::clock()).await {
        let rome = Place { name: "Rome".into(), number: 1, code: Some(39) };
        atlas.create(&rome).await.unwrap();
        let taken = atlas.create(&Place { number: 2, ..rome.clone() }).await.unwrap_err();
        assert_eq!(taken.owner::<Place>(), Some(&Place::key("Rome", 1)));
        assert_eq!(claims(&atlas).await, [("$UNIQUE#Place#code#39".into(), "Rome".into())]);
        assert_eq!(atlas.scan::<Place>().collect().await.unwrap(), std::slice::from_ref(&rome));

        let forged = Place { name: "$UNIQUE#Place#code#40".into(), number: 0, code: None };
        let refused = atlas.create(&forged).await.unwrap_err();
        assert_eq!((refused.kind(), refused.attribute()), (ErrorKind::InvalidKey, Some("name")));
        assert!(refused.to_string().contains("where the table keeps its unique values"), "{refused}");
        atlas.update(&rome).set(|p| p.code, None).await.unwrap();
        assert_eq!(claims(&atlas).await, []);
    }
}
