//! Transactions, and what a query finds.

use super::look::claims;
use super::model::{Crm, CrmItem, User, assert_claims, invitation, user};
use dynamodel::ErrorKind;
use dynamodel::op::{Check, Create, Delete, Save, Update};
use dynamodel_tests::engine;

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
