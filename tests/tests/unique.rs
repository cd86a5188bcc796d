//! Unique fields, verb by verb: values are claimed and given up with the writes of their items, and with no others.

use dynamodel::op::{Check, Create, Delete, Save, Update, Upserted};
use dynamodel::{Client, Entity, ErrorKind, Expiry, Table};
use dynamodel_tests::engine;
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[path = "unique/look.rs"]
mod look;
#[allow(dead_code, reason = "the rest of it is for others")]
mod wrap;

use look::{claims, operations};
use wrap::{Fault, wrap};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByName, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(User, Invitation))]
pub struct Crm;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Crm, pk = "USER#{id}", sk = "USER", index(by_name = ByName, pk = "NAME#{name}", sk = "USER#{id}"))]
#[dynamo(unique(country, tax_number))]
pub struct User {
    id: String,
    name: String,
    #[dynamo(unique)]
    email: String,
    #[dynamo(unique)]
    phone: Option<String>,
    tenant: String,
    #[dynamo(unique(within(tenant)))]
    handle: String,
    country: Option<String>,
    tax_number: u32,
    logins: u32,
    #[dynamo(version)]
    version: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Crm, pk = "INVITATION#{id}", sk = "INVITATION")]
pub struct Invitation {
    id: String,
    #[dynamo(unique)]
    code: String,
    uses: u32,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

fn user(id: &str) -> User {
    User {
        id: id.into(),
        name: "Ada".into(),
        email: format!("{id}@example.com"),
        phone: None,
        tenant: "acme".into(),
        handle: id.into(),
        country: None,
        tax_number: 7,
        logins: 0,
        version: 0,
    }
}

fn invitation(id: &str, code: &str, until: Option<Expiry>) -> Invitation {
    Invitation { id: id.into(), code: code.into(), uses: 0, until }
}

/// What is unique, and a change that takes it.
type Case = (&'static str, fn(&mut User));

/// The claims that these users are to have, and no others.
async fn assert_claims(crm: &Client<Crm>, users: &[&User]) {
    let mut expected = Vec::new();
    for user in users {
        let owner = format!("USER#{}", user.id);
        expected.push((format!("$UNIQUE#User#email#{}", user.email), owner.clone()));
        expected.push((format!("$UNIQUE#User#tenant+handle#{}#{}", user.tenant, user.handle), owner.clone()));
        expected.extend(user.phone.iter().map(|phone| (format!("$UNIQUE#User#phone#{phone}"), owner.clone())));
        expected.extend(
            user.country.iter().map(|country| {
                (format!("$UNIQUE#User#country+tax_number#{country}#{}", user.tax_number), owner.clone())
            }),
        );
    }
    expected.sort();
    assert_eq!(claims(crm).await, expected);
}

#[tokio::test]
async fn create_claims_and_refuses_what_is_taken() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let mut ada = User { phone: Some("+44-1".into()), country: Some("GB".into()), ..user("ada") };
        ada.version = crm.create(&ada).await.unwrap();
        assert_claims(&crm, &[&ada]).await;

        let cases: [Case; 4] = [
            ("email", |user| user.email = "ada@example.com".into()),
            ("phone", |user| user.phone = Some("+44-1".into())),
            ("tenant+handle", |user| user.handle = "ada".into()),
            ("country+tax_number", |user| user.country = Some("GB".into())),
        ];
        for (attribute, change) in cases {
            let mut bob = user("bob");
            change(&mut bob);
            let refused = crm.create(&bob).await.unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::UniqueViolation, "{refused}");
            assert!(refused.is_unique_violation() && refused.is_condition_failed() && !refused.is_already_exists());
            assert_eq!(refused.attribute(), Some(attribute));
            assert_eq!(refused.entity(), Some("User"));
            assert_eq!(refused.key(), Some("USER#bob / USER"));
            assert_eq!(refused.owner::<User>(), Some(&User::key("ada")));
            assert!(refused.to_string().contains("taken by the item `USER#ada / USER`"), "{refused}");
            assert_eq!(crm.get(User::key("bob")).await.unwrap(), None);
        }
        // Within another tenant the handle is free, and another country has the tax number.
        let mut bob = user("bob");
        (bob.tenant, bob.handle, bob.country) = ("other".into(), "ada".into(), Some("FR".into()));
        bob.version = crm.create(&bob).await.unwrap();
        assert_claims(&crm, &[&ada, &bob]).await;

        let again = crm.create(&ada).await.unwrap_err();
        assert!(again.is_already_exists(), "{again}");
        assert_eq!(again.current::<User>(), Some(&ada));
    }
}

#[tokio::test]
async fn save_moves_claims_and_takes_one_request_where_none_moves() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let mut ada = user("ada");
        let mut bob = user("bob");
        crm.save(&mut ada).await.unwrap();
        crm.save(&mut bob).await.unwrap();
        assert_eq!(ada.version, 1);

        let before = operations(&crm);
        ada.logins = 1;
        crm.save(&mut ada).await.unwrap();
        assert_eq!(operations(&crm) - before, 1, "untouched");

        let before = operations(&crm);
        ada.email = "countess@example.com".into();
        ada.phone = Some("+44-2".into());
        crm.save(&mut ada).await.unwrap();
        assert_eq!(operations(&crm) - before, 2, "refused, with the old values; then a transaction");
        assert_eq!(ada.version, 3);
        assert_claims(&crm, &[&ada, &bob]).await;

        let mut greedy = bob.clone();
        greedy.email = "countess@example.com".into();
        let refused = crm.save(&mut greedy).await.unwrap_err();
        assert_eq!((refused.kind(), refused.attribute()), (ErrorKind::UniqueViolation, Some("email")));
        assert_eq!(greedy.version, bob.version);
        assert_claims(&crm, &[&ada, &bob]).await;

        // What ada gave up is free.
        bob.email = "ada@example.com".into();
        crm.save(&mut bob).await.unwrap();
        ada.phone = None;
        crm.save(&mut ada).await.unwrap();
        assert_claims(&crm, &[&ada, &bob]).await;

        // A conflict stays a conflict, at the price of one request, and moves nothing.
        let mut stale = ada.clone();
        stale.version -= 1;
        stale.email = "third@example.com".into();
        let before = operations(&crm);
        let conflict = crm.save(&mut stale).await.unwrap_err();
        assert_eq!((conflict.kind(), operations(&crm) - before), (ErrorKind::Conflict, 1));
        assert_eq!(conflict.current::<User>(), Some(&ada));
        assert_claims(&crm, &[&ada, &bob]).await;
    }
}

#[tokio::test]
async fn put_replaces_whatever_is_there_with_its_claims() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let first = invitation("1", "AAA", None);
        crm.put(&first).await.unwrap();
        crm.put(&Invitation { uses: 1, ..first.clone() }).await.unwrap();
        crm.put(&invitation("1", "BBB", None)).await.unwrap();
        assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#BBB".into(), "INVITATION#1".into())]);
        let taken = crm.put(&invitation("2", "BBB", None)).await.unwrap_err();
        assert_eq!(taken.owner::<Invitation>(), Some(&Invitation::key("1")));
        crm.put(&invitation("2", "AAA", None)).await.unwrap();
        let refused = crm.put(&invitation("2", "CCC", None)).condition(|i| i.uses.gt(7)).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConditionFailed);
        assert_eq!(refused.current::<Invitation>(), Some(&invitation("2", "AAA", None)));
        assert_eq!(claims(&crm).await.len(), 2);
    }
}

#[tokio::test]
async fn update_reads_first_only_where_a_unique_value_changes_by_key() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let mut ada = user("ada");
        ada.version = crm.create(&ada).await.unwrap();
        crm.create(&user("bob")).await.unwrap();

        let before = operations(&crm);
        crm.update(User::key("ada")).add(|u| u.logins, 1).set(|u| u.name, "Ada L.").await.unwrap();
        assert_eq!(operations(&crm) - before, 1);

        let before = operations(&crm);
        crm.update(User::key("ada"))
            .set(|u| u.email, "al@example.com")
            .set(|u| u.phone, Some("1".to_owned()))
            .await
            .unwrap();
        assert_eq!(operations(&crm) - before, 2, "a read and a transaction");
        ada = crm.get(User::key("ada")).await.unwrap().unwrap();
        assert_eq!((ada.email.as_str(), ada.logins, ada.version), ("al@example.com", 1, 3));

        let before = operations(&crm);
        crm.update(&ada).set(|u| u.email, "a@example.com").remove(|u| u.phone).await.unwrap();
        assert_eq!(operations(&crm) - before, 1, "by its value: what it holds is known");
        ada = crm.get(User::key("ada")).await.unwrap().unwrap();
        assert_claims(&crm, &[&ada, &user("bob")]).await;

        let taken = crm.update(User::key("ada")).set(|u| u.email, "bob@example.com").await.unwrap_err();
        assert_eq!(taken.owner::<User>(), Some(&User::key("bob")));
        // The other field of what is unique together is known from the item.
        let taken = crm.update(User::key("ada")).set(|u| u.handle, "bob").await.unwrap_err();
        assert_eq!(taken.attribute(), Some("tenant+handle"));
        crm.update(User::key("ada")).set(|u| u.tenant, "other").set(|u| u.handle, "bob").await.unwrap();
        // The same values once more: nothing moves.
        crm.update(User::key("ada")).set(|u| u.tenant, "other").set(|u| u.handle, "bob").await.unwrap();
        ada = crm.get(User::key("ada")).await.unwrap().unwrap();
        assert_claims(&crm, &[&ada, &user("bob")]).await;

        let missing = crm.update(User::key("eve")).set(|u| u.email, "x").await.unwrap_err();
        assert_eq!(missing.kind(), ErrorKind::NotFound);
        let refused =
            crm.update(User::key("ada")).set(|u| u.email, "x").condition(|u| u.logins.gt(99)).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConditionFailed);
        assert_eq!(refused.current::<User>(), Some(&ada));
        let returning = crm.update(User::key("ada")).set(|u| u.email, "x").returning_new().await.unwrap_err();
        assert_eq!(returning.kind(), ErrorKind::InvalidRequest);
        let kept = crm.update(User::key("ada")).add(|u| u.logins, 1).returning_new().await.unwrap();
        assert_eq!(kept.logins, 2);
    }
}

#[tokio::test]
async fn an_update_by_a_value_that_is_not_what_is_stored_finds_out() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    let stored = invitation("1", "AAA", None);
    crm.create(&stored).await.unwrap();
    crm.update(Invitation::key("1")).set(|i| i.code, "BBB").await.unwrap();
    crm.update(&stored).set(|i| i.code, "CCC").await.unwrap();
    assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#CCC".into(), "INVITATION#1".into())]);
    crm.delete(&stored).await.unwrap();
    assert_eq!(claims(&crm).await, []);
}

#[tokio::test]
async fn upsert_claims_by_whichever_way_it_goes() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let mut fresh = user("ada");
        let created = crm.upsert(&fresh).set(|u| u.email, "other@example.com").await.unwrap();
        assert_eq!(created, Upserted::Created);
        assert_claims(&crm, &[&fresh]).await;
        let updated = crm.upsert(&fresh).set(|u| u.email, "other@example.com").await.unwrap();
        assert_eq!(updated, Upserted::Updated);
        fresh.email = "other@example.com".into();
        assert_claims(&crm, &[&fresh]).await;
        let taken = crm.upsert(&User { email: "other@example.com".into(), ..user("bob") }).add(|u| u.logins, 1).await;
        assert!(taken.unwrap_err().is_unique_violation());
    }
}

#[tokio::test]
async fn delete_gives_claims_up() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let mut ada = user("ada");
        crm.save(&mut ada).await.unwrap();
        crm.create(&user("bob")).await.unwrap();
        let before = operations(&crm);
        crm.delete(&ada).await.unwrap();
        assert_eq!(operations(&crm) - before, 1, "by its value");
        let before = operations(&crm);
        crm.delete(User::key("bob")).await.unwrap();
        assert_eq!(operations(&crm) - before, 2, "by its key: read first");
        assert_eq!(claims(&crm).await, []);
        crm.delete(User::key("bob")).await.unwrap();
        let refused = crm.delete(User::key("bob")).condition(|u| u.logins.eq(1)).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConditionFailed);
        crm.create(&User { email: "ada@example.com".into(), ..user("bob") }).await.unwrap();
    }
}

#[tokio::test]
async fn modify_and_get_or_create_keep_claims_too() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    let mut ada = crm.get_or_create(user("ada")).await.unwrap().into_item();
    assert_eq!(ada.version, 1);
    assert!(!crm.get_or_create(user("ada")).await.unwrap().is_created());
    let taken = crm.get_or_create(User { handle: "ada".into(), ..user("bob") }).await.unwrap_err();
    assert_eq!(taken.attribute(), Some("tenant+handle"));
    let before = operations(&crm);
    ada = crm.modify(User::key("ada"), |user| user.email = "al@example.com".into()).await.unwrap().item;
    assert_eq!(operations(&crm) - before, 2, "the read, and the transaction");
    assert_claims(&crm, &[&ada]).await;
}

#[tokio::test]
async fn transactions_carry_claims_and_values_can_change_hands_in_them() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let (mut ada, mut bob) = (user("ada"), user("bob"));
        let mut eve = user("eve");
        let (version, ()) = crm.transact((Create::new(&ada), Save::new(&mut bob))).await.unwrap();
        ada.version = version;
        assert_claims(&crm, &[&ada, &bob]).await;

        // Swapped in one transaction, and a third one takes what neither keeps.
        (ada.email, bob.email) = (bob.email.clone(), ada.email.clone());
        ada.handle = "countess".into();
        eve.handle = "ada".into();
        crm.transact((Save::new(&mut ada), Save::new(&mut bob), Create::new(&eve))).await.unwrap();
        assert_eq!(ada.version, 2);
        eve.version = 1;
        assert_claims(&crm, &[&ada, &bob, &eve]).await;

        let both = crm
            .transact((
                Update::new(User::key("ada")).set(|u| u.email, "same@example.com"),
                Update::new(User::key("bob")).set(|u| u.email, "same@example.com"),
            ))
            .await
            .unwrap_err();
        assert!(both.is_unique_violation(), "{both}");

        let error = crm
            .transact((
                Check::new(User::key("bob")),
                Update::new(User::key("ada")).set(|u| u.email, "eve@example.com"),
                Delete::new(User::key("bob")),
            ))
            .await
            .unwrap_err();
        assert!(error.kind() == ErrorKind::InvalidRequest, "one item twice: {error}");
        let error = crm
            .transact((
                Delete::new(User::key("bob")),
                Update::new(User::key("ada")).set(|u| u.email, "eve@example.com"),
            ))
            .await
            .unwrap_err();
        assert!(error.is_cancelled() && error.is_unique_violation(), "{error}");
        assert!(error.reason(0).is_none());
        assert_eq!(error.reason(1).and_then(|why| why.owner::<User>()), Some(&User::key("eve")));
        assert_claims(&crm, &[&ada, &bob, &eve]).await;

        crm.transact((Delete::new(&eve), Update::new(User::key("ada")).set(|u| u.email, "eve@example.com")))
            .await
            .unwrap();
        ada.email = "eve@example.com".into();
        assert_claims(&crm, &[&ada, &bob]).await;
    }
}

#[tokio::test]
async fn sentinels_are_in_no_result() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    let ada = User { version: 1, ..user("ada") };
    crm.create(&ada).await.unwrap();
    crm.create(&invitation("1", "AAA", None)).await.unwrap();
    assert_eq!(crm.scan::<User>().collect().await.unwrap(), std::slice::from_ref(&ada));
    let all = crm.scan::<CrmItem>().collect().await.unwrap();
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(crm.query(User::by_name("Ada")).await.unwrap().items, [ada]);
    assert_eq!(crm.scan::<CrmItem>().count().await.unwrap(), 2);

    // Nor are they deleted, but with their items.
    assert_eq!(crm.scan::<CrmItem>().delete_each().await.unwrap().done, 2);
    assert_eq!(claims(&crm).await, []);
}

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
        count(2, "put where there is nothing");
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
async fn deletes_and_updates_by_query_keep_claims() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    for id in ["ada", "bob", "eve"] {
        crm.create(&user(id)).await.unwrap();
    }
    let total = crm.scan::<User>().update_each(|u| u.set(|u| u.tenant, "moved")).await.unwrap();
    assert_eq!(total.done, 3);
    let moved: Vec<_> = ["ada", "bob"].map(|id| User { tenant: "moved".into(), ..user(id) }).into();
    assert_eq!(
        crm.query(User::by_name("Ada")).filter(|u| u.email.eq("eve@example.com")).delete_each().await.unwrap().done,
        1
    );
    assert_claims(&crm, &moved.iter().collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn a_claim_expires_with_its_item() {
    let clock = engine::clock();
    for crm in engine::both::<Crm>(&clock).await {
        let hour = Duration::from_secs(3600);
        let start = clock.epoch_seconds();
        let at = |seconds: u64| Some(Expiry::from_epoch_seconds(start + seconds).unwrap());
        crm.create(&invitation("1", "AAA", at(3600))).await.unwrap();
        assert!(crm.create(&invitation("2", "AAA", at(9000))).await.unwrap_err().is_unique_violation());

        // Its life is extended, and so is the claim.
        clock.advance(hour / 2);
        crm.update(Invitation::key("1")).expires_in(hour).await.unwrap();
        clock.advance(hour * 3 / 4);
        assert!(crm.create(&invitation("2", "AAA", at(9000))).await.unwrap_err().is_unique_violation());
        crm.update(Invitation::key("1")).set(|i| i.until, at(7200)).await.unwrap();
        let mut kept = crm.get(Invitation::key("1")).await.unwrap().unwrap();
        kept.uses = 3;
        crm.put(&kept).await.unwrap();
        kept.until = at(7300);
        crm.put(&kept).await.unwrap();

        clock.advance(hour);
        assert_eq!(crm.get(Invitation::key("1")).await.unwrap(), None);
        crm.create(&invitation("2", "AAA", None)).await.unwrap();
        // The old item is still there. Whatever becomes of it now, the claim is not its own any more.
        assert!(crm.update(Invitation::key("1")).set(|i| i.code, "BBB").await.unwrap_err().is_gone());
        crm.delete(Invitation::key("1")).await.unwrap();
        assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#AAA".into(), "INVITATION#2".into())]);
        // One that has expired is replaced, with another value.
        crm.create(&invitation("3", "CCC", at(7400 + 3600))).await.unwrap();
        clock.advance(hour * 2);
        crm.create(&invitation("3", "DDD", None)).await.unwrap();
        crm.put(&invitation("2", "EEE", None)).await.unwrap();
        crm.create(&invitation("4", "CCC", None)).await.unwrap();
    }
}

/// An item has expired, and somebody else has its value. Then the value comes back to the item, between two tries of a write
/// that was about to leave the sentinel alone.
#[tokio::test]
async fn a_value_that_was_somebody_elses_and_comes_back_is_given_up_with_its_item() {
    let clock = engine::clock();
    let crm = engine::connect::<Crm>(&clock, dynamodel::Codec::Wire).await;
    let until = |seconds| Expiry::from_epoch_seconds(clock.epoch_seconds() + seconds).ok();
    let (first, later) = (until(10), until(1_000));
    crm.create(&invitation("1", "AAA", first)).await.unwrap();
    clock.advance(Duration::from_secs(20));
    crm.create(&invitation("2", "AAA", None)).await.unwrap();

    let others = crm.clone();
    let (wrapped, seen) = wrap(&crm, 3, move |seen| {
        let others = others.clone();
        (seen.operation == "TransactWriteItems" && seen.before == 1).then(|| {
            Fault::First(Box::pin(async move {
                others.delete(Invitation::key("2")).await.unwrap();
                others.put(&invitation("1", "AAA", later)).await.unwrap();
            }))
        })
    });
    wrapped.with_clock(clock.clone()).put(&invitation("1", "CCC", later)).await.unwrap();
    assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#CCC".into(), "INVITATION#1".into())]);
    assert_eq!(seen.seen("TransactWriteItems").len(), 3);
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
