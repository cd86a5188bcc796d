//! Items whose unique values have no sentinels: written by another program, or before the field was unique.

use super::look::{claims, operations};
use super::model::{Crm, Invitation, User, assert_claims, invitation, user};
use dynamodel::op::{Put, Save, Update};
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, ErrorKind, Expiry, Key};
use dynamodel_tests::engine;
use dynamodel_tests::wrap::{Fault, wrap};
use std::time::Duration;

/// Takes all sentinels away, as if another program had written the items.
async fn take_away(crm: &Client<Crm>) {
    for (key, _) in claims(crm).await {
        let delete = crm.sdk().delete_item().table_name(crm.table_name());
        let delete = delete.key("PK", AttributeValue::S(key)).key("SK", AttributeValue::S("UNIQUE".into()));
        delete.send().await.unwrap();
    }
    assert_eq!(claims(crm).await, []);
}

async fn ada(crm: &Client<Crm>) -> User {
    let mut ada = user("ada");
    ada.version = crm.create(&ada).await.unwrap();
    take_away(crm).await;
    ada
}

#[tokio::test]
async fn put_makes_the_sentinels_that_are_missing() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let mut ada = ada(&crm).await;
        ada.version = crm.put(&ada).await.unwrap();
        assert_claims(&crm, &[&ada]).await;
        let twin = User { email: ada.email.clone(), ..user("bob") };
        assert!(crm.create(&twin).await.unwrap_err().is_unique_violation());

        take_away(&crm).await;
        ada.version = crm.put(&ada).unchecked().await.unwrap();
        assert_claims(&crm, &[&ada]).await;

        take_away(&crm).await;
        let (version,) = crm.transact((Put::new(&ada),)).await.unwrap();
        ada.version = version;
        assert_claims(&crm, &[&ada]).await;

        // Without a version too, and without a request more where there is nothing.
        let code = invitation("1", "AAA", None);
        let before = operations(&crm);
        crm.put(&code).await.unwrap();
        assert_eq!(operations(&crm) - before, 1);
        take_away(&crm).await;
        crm.put(&code).await.unwrap();
        assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#AAA".into(), "INVITATION#1".into())]);
    }
}

#[tokio::test]
async fn put_of_a_value_that_another_item_has_by_now_is_told_so() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    let ada = ada(&crm).await;
    let mut bob = User { email: ada.email.clone(), ..user("bob") };
    bob.version = crm.create(&bob).await.unwrap();
    let error = crm.put(&ada).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!(error.owner::<User>(), Some(&User::key("bob")));
}

#[tokio::test]
async fn who_changes_a_value_without_a_sentinel_is_told_so() {
    for crm in engine::both::<Crm>(&engine::clock()).await {
        let ada = ada(&crm).await;
        let mut other = User { email: "other@example.com".into(), ..ada.clone() };
        let by_value = crm.update(&ada).set(|u| u.email, "other@example.com").await.unwrap_err();
        let by_key = crm.update(User::key("ada")).set(|u| u.email, "other@example.com").await.unwrap_err();
        let saved = crm.save(&mut other).await.unwrap_err();
        let modified = crm.modify(User::key("ada"), |u: &mut User| u.email = "x".into()).await.unwrap_err();
        let upserted = crm.upsert(&ada).set(|u| u.email, "other@example.com").await.unwrap_err();
        let mut more = other.clone();
        let update = Update::new(&ada).set(|u| u.email, "other@example.com");
        let transacted = crm.transact((update,)).await.unwrap_err().reason(0).map(|why| why.kind());
        let saved_too = crm.transact((Save::new(&mut more),)).await.unwrap_err().reason(0).map(|why| why.kind());
        assert_eq!([transacted, saved_too], [Some(ErrorKind::SentinelMissing); 2]);
        for error in [by_value, by_key, saved, modified, upserted] {
            assert_eq!((error.kind(), error.attribute()), (ErrorKind::SentinelMissing, Some("email")), "{error:?}");
            assert_eq!((error.entity(), error.key()), (Some("User"), Some("USER#ada / USER")));
            assert!(error.is_condition_failed() && !error.is_unique_violation());
            assert!(error.to_string().contains("add_missing_sentinels"), "{error}");
        }
        let stored = crm.get(User::key("ada")).consistent().await.unwrap().unwrap();
        assert_eq!(stored, ada, "nothing was written");

        // Deleting it leaves nothing wrong behind.
        crm.delete(&ada).await.unwrap();
        assert_eq!(claims(&crm).await, []);
    }
}

#[tokio::test]
async fn a_whole_table_gets_what_is_missing_and_learns_of_what_is_taken() {
    let clock = engine::clock();
    for crm in engine::both::<Crm>(&clock).await {
        let (mut users, mut codes) = (Vec::new(), Vec::new());
        for number in 0..30 {
            let user = User { phone: (number % 3 == 0).then(|| format!("{number}")), ..user(&format!("u{number}")) };
            crm.create(&user).await.unwrap();
            users.push(user);
            let until = Expiry::at(crm.now() + Duration::from_secs(100 + number)).unwrap();
            let code = invitation(&number.to_string(), &format!("C{number}"), (number % 2 == 0).then_some(until));
            crm.put(&code).await.unwrap();
            codes.push(code);
        }
        let wanted = super::look::raw(&crm).await;
        let total = crm.scan::<User>().add_missing_sentinels().await.unwrap();
        assert_eq!((total.added, total.present, total.skipped, total.problems.len()), (0, 30, 0, 0));

        take_away(&crm).await;
        let total = crm.scan::<User>().add_missing_sentinels().concurrency(3).await.unwrap();
        assert_eq!((total.added, total.present, total.problems.len()), (30, 0, 0));
        let total = crm.scan::<Invitation>().segments(3).add_missing_sentinels().await.unwrap();
        assert_eq!((total.added, total.problems.len()), (30, 0));
        assert_eq!(sorted(super::look::raw(&crm).await), sorted(wanted.clone()));
        let total = crm.scan::<Invitation>().add_missing_sentinels().await.unwrap();
        assert_eq!((total.added, total.present), (0, 30));

        // Two items of another program have one value, and a third one's expiry was moved.
        take_away(&crm).await;
        set(&crm, "USER#u1", "email", "u2@example.com").await;
        let pages = crm.query(User::by_name("Ada")).add_missing_sentinels();
        let total = pages.await.unwrap();
        assert_eq!((total.added, total.skipped, total.problems.len()), (30, 0, 1), "{total:?}");
        let problem = &total.problems[0];
        assert!(problem.is_unique_violation(), "{problem:?}");
        assert_eq!((problem.attribute(), problem.table()), (Some("email"), Some(crm.table_name())));
        let owner: &Key<User> = problem.owner().unwrap();
        let (loser, winner) = if *owner == User::key("u1") { ("u2", "u1") } else { ("u1", "u2") };
        assert_eq!(problem.key(), Some(format!("USER#{loser} / USER").as_str()), "{winner} was faster");
    }
}

fn sorted<V: Ord>(mut all: Vec<V>) -> Vec<V> {
    all.sort();
    all
}

async fn set(crm: &Client<Crm>, pk: &str, name: &str, value: &str) {
    let update = crm.sdk().update_item().table_name(crm.table_name()).key("PK", AttributeValue::S(pk.into()));
    let update = update.key("SK", AttributeValue::S("USER".into())).update_expression("SET #a = :v");
    let update = update.expression_attribute_names("#a", name);
    update.expression_attribute_values(":v", AttributeValue::S(value.into())).send().await.unwrap();
}

#[tokio::test]
async fn an_item_that_changes_while_its_sentinels_are_added_is_read_again() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    let ada = ada(&crm).await;
    let other = crm.clone();
    let (slow, seen) = wrap(&crm, 3, move |seen| {
        let other = other.clone();
        let first = seen.operation == "TransactWriteItems" && seen.before == 0;
        first.then(|| Fault::First(Box::pin(async move { set(&other, "USER#ada", "email", "new@example.com").await })))
    });
    let total = slow.scan::<User>().add_missing_sentinels().await.unwrap();
    assert_eq!((total.added, total.problems.len()), (1, 0));
    assert_eq!(seen.seen("TransactWriteItems").len(), 2);
    assert_claims(&crm, &[&User { email: "new@example.com".into(), ..ada }]).await;
}

#[tokio::test]
async fn pages_have_a_checkpoint_to_go_on_from() {
    let crm = engine::connect::<Crm>(&engine::clock(), dynamodel::Codec::Wire).await;
    for number in 0..10 {
        crm.create(&user(&format!("u{number}"))).await.unwrap();
    }
    take_away(&crm).await;
    let mut pages = crm.query(User::by_name("Ada")).evaluate_at_most(4).add_missing_sentinels().pages();
    let page = pages.next().await.unwrap().unwrap();
    assert_eq!((page.added, page.evaluated), (4, 4));
    let rest =
        crm.query(User::by_name("Ada")).start_at(page.checkpoint.unwrap()).add_missing_sentinels().await.unwrap();
    assert_eq!((rest.added, rest.present), (6, 0));
}
