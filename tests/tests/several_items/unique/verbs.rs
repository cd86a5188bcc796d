//! Verb by verb: which claims a write moves.

use super::look::{claims, operations};
use super::model::{Crm, Invitation, User, assert_claims, invitation, user};
use dynamodel::ErrorKind;
use dynamodel::op::Upserted;
use dynamodel_tests::engine;

/// What is unique, and a change that takes it.
type Case = (&'static str, fn(&mut User));

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
