//! The lock's record in other hands than the lock's: what they may write leaves the lease as it is.

use super::model::{Job, Report, Shop, ShopItem, record, report, write_row};
use dynamodel::ErrorKind;
use dynamodel::lock::{Locks, ManualTimer};
use dynamodel::op::{Check, Update, Upserted};
use dynamodel::sdk::types::AttributeValue;
use dynamodel_tests::{both, clock};
use std::time::Duration;

#[tokio::test]
async fn updates_leave_the_lease_as_it_is_and_by_value_ask_that_it_is_as_it_was() {
    for shop in both::<Shop>(&clock()).await {
        let before = Job { lease: shop.create(&Job::new("nightly")).await.unwrap(), ..Job::new("nightly") };
        assert_eq!(record(&shop, "nightly").await, before);
        shop.update(&before).set(|job| job.progress, 1).await.unwrap();
        assert_eq!(record(&shop, "nightly").await, Job { progress: 1, ..before.clone() });

        let guard = Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap();
        let held = record(&shop, "nightly").await;
        let stale = shop.update(&before).set(|job| job.progress, 2).await.unwrap_err();
        assert!(stale.is_conflict(), "{stale}");
        assert!(shop.transact((Check::new(&before),)).await.unwrap_err().is_conflict());
        shop.update(&held).set(|job| job.progress, 3).await.unwrap();
        shop.transact((Update::new(&held).add(|job| job.progress, 1),)).await.unwrap();
        shop.update(Job::key("nightly")).add(|job| job.progress, 1).await.unwrap();
        assert_eq!(record(&shop, "nightly").await, Job { progress: 5, ..held });
        assert_eq!(shop.create(&Job::new("nightly")).await.unwrap_err().kind(), ErrorKind::AlreadyExists);
        guard.release().await.unwrap();
    }
}

#[tokio::test]
async fn no_write_by_hand_brings_a_former_owner_back() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&Report::new("r")).await.unwrap();
        let former = Locks::new(&shop).owner("ada").timer(ManualTimer::new());
        let former = former.acquire(Job::new("nightly")).await.unwrap();
        let old = former.item().clone();
        let (late, key) = (|| former.check(), || Job::key("nightly"));
        shop.transact((late(),)).await.unwrap();
        // Its process dies, and another owner is next.
        let timer = ManualTimer::new();
        let waiter = Locks::new(&shop).owner("bob").timer(timer.clone());
        assert!(waiter.try_acquire(Job::new("nightly")).await.unwrap().is_none());
        timer.advance(Duration::from_secs(20));
        let successor = waiter.try_acquire(Job::new("nightly")).await.unwrap().unwrap();
        let now = record(&shop, "nightly").await.lease;
        assert_eq!((now.token(), now.owner()), (2, Some("bob")));

        // All that compiles, with the old record.
        assert!(shop.create(&old).await.unwrap_err().is_already_exists());
        assert!(!shop.get_or_create(old.clone()).await.unwrap().is_created());
        assert_eq!(shop.upsert(&old).set(|job| job.progress, 1).await.unwrap(), Upserted::Updated);
        assert!(shop.update(&old).set(|job| job.progress, 2).await.unwrap_err().is_conflict());
        shop.update(key()).set(|job| job.progress, 3).await.unwrap();
        let each = shop.scan::<Job>().update_each(|job| job.set(|job| job.progress, 4));
        assert_eq!(each.await.unwrap().done, 1);
        let late_data = former.update().set(|job| job.progress, 5).await.unwrap_err();
        assert_eq!(late_data.kind(), ErrorKind::ConditionFailed);

        assert_eq!(record(&shop, "nightly").await, Job { progress: 4, lease: now, ..Job::new("nightly") });
        assert!(shop.transact((late(),)).await.unwrap_err().is_lock_lost());
        write_row(&shop, &successor).await.unwrap();
        assert_eq!(report(&shop).await.tokens, [2]);
    }
}

#[tokio::test]
async fn whoever_writes_to_a_dead_owners_record_does_not_make_it_look_alive() {
    for shop in both::<Shop>(&clock()).await {
        Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap().abandon();
        let timer = ManualTimer::new();
        let waiter = Locks::new(&shop).timer(timer.clone());
        for second in 0..20 {
            assert!(waiter.try_acquire(Job::new("nightly")).await.unwrap().is_none());
            let there = record(&shop, "nightly").await;
            shop.update(&there).set(|job| job.progress, second).await.unwrap();
            timer.advance(Duration::from_secs(1));
        }
        let guard = waiter.try_acquire(Job::new("nightly")).await.unwrap().unwrap();
        assert_eq!((guard.token(), guard.item().progress), (2, 19));
    }
}

#[tokio::test]
async fn whoever_deletes_what_is_found_leaves_locks_alone() {
    for shop in both::<Shop>(&clock()).await {
        shop.create(&Report::new("r")).await.unwrap();
        let guard = Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap();
        let requests = format!("{:?}", shop.stats());
        let refused = shop.scan::<Job>().delete_each().await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
        assert!(
            refused.to_string().starts_with("`Job`") && refused.to_string().contains("`guard.delete()`"),
            "{refused}"
        );
        assert_eq!(format!("{:?}", shop.stats()), requests);
        let total = shop.scan::<ShopItem>().delete_each().await.unwrap();
        assert_eq!((total.done, total.skipped), (1, 1));
        shop.transact((guard.check(),)).await.unwrap();
        assert_eq!(shop.scan::<ShopItem>().count().await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_lock_is_deleted_by_its_owner_only() {
    for shop in both::<Shop>(&clock()).await {
        let former = Locks::new(&shop).timer(ManualTimer::new()).acquire(Job::new("nightly")).await.unwrap();
        let timer = ManualTimer::new();
        let waiter = Locks::new(&shop).timer(timer.clone());
        assert!(waiter.try_acquire(Job::new("nightly")).await.unwrap().is_none());
        timer.advance(Duration::from_secs(20));
        let successor = waiter.try_acquire(Job::new("nightly")).await.unwrap().unwrap();
        let (late, mine) = (former.check(), successor.check());
        let refused = former.delete().await.unwrap_err();
        assert!(refused.is_lock_lost(), "{refused}");
        assert_eq!(record(&shop, "nightly").await.lease.token(), 2);

        successor.delete().await.unwrap();
        assert_eq!(shop.get(Job::key("nightly")).consistent().await.unwrap(), None);
        for check in [late, mine] {
            assert!(shop.transact((check,)).await.unwrap_err().is_lock_lost());
        }
        let again = Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap();
        assert_eq!(again.token(), 1);
    }
}

#[tokio::test]
async fn what_later_versions_add_to_a_lease_keeps_nobody_from_taking_it() {
    for shop in both::<Shop>(&clock()).await {
        let add = async || {
            let later = shop.sdk().update_item().table_name(shop.table_name());
            let later = later.key("PK", AttributeValue::S("JOB#nightly".into()));
            let later = later.key("SK", AttributeValue::S("LOCK".into()));
            let later = later.update_expression("SET lease.later = :later");
            later.expression_attribute_values(":later", AttributeValue::N("7".into())).send().await.unwrap();
        };
        Locks::new(&shop).acquire(Job::new("nightly")).await.unwrap().abandon();
        add().await;
        let timer = ManualTimer::new();
        let waiter = Locks::new(&shop).timer(timer.clone());
        assert!(waiter.try_acquire(Job::new("nightly")).await.unwrap().is_none());
        timer.advance(Duration::from_secs(20));
        let guard = waiter.try_acquire(Job::new("nightly")).await.unwrap().unwrap();
        assert_eq!(guard.token(), 2);
        add().await;
        shop.transact((guard.check(),)).await.unwrap();
        guard.release().await.unwrap();
        add().await;
        assert_eq!(waiter.try_acquire(Job::new("nightly")).await.unwrap().map(|guard| guard.token()), Some(3));
    }
}
