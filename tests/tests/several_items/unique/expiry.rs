//! Values of items that have expired.

use super::look::claims;
use super::model::{Crm, Invitation, invitation};
use dynamodel::{Client, Expiry, ManualClock};
use dynamodel_tests::engine;
use dynamodel_tests::wrap::{Fault, Wrapped, wrap};
use std::time::Duration;

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
/// by this client, which was about to leave the sentinel alone.
async fn coming_back(clock: &ManualClock) -> (Client<Crm>, Client<Crm>, Wrapped, Option<Expiry>) {
    let crm = engine::connect::<Crm>(clock, dynamodel::Codec::Wire).await;
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
    (crm, wrapped.with_clock(clock.clone()), seen, later)
}

#[tokio::test]
async fn a_value_that_was_somebody_elses_and_comes_back_is_given_up_with_its_item() {
    let (crm, wrapped, seen, later) = coming_back(&engine::clock()).await;
    wrapped.put(&invitation("1", "CCC", later)).await.unwrap();
    assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#CCC".into(), "INVITATION#1".into())]);
    assert_eq!(seen.seen("TransactWriteItems").len(), 3);
}

/// Where it was to be deleted with others, it is another one by then, and keeps its value.
#[tokio::test]
async fn an_item_whose_value_comes_back_is_not_deleted_with_others() {
    let (crm, wrapped, seen, later) = coming_back(&engine::clock()).await;
    let total = wrapped.scan::<Invitation>().filter(|i| i.id.eq("1")).include_expired().delete_each().await.unwrap();
    assert_eq!((total.done, total.skipped), (0, 1));
    assert_eq!(claims(&crm).await, [("$UNIQUE#Invitation#code#AAA".into(), "INVITATION#1".into())]);
    assert_eq!(crm.get(Invitation::key("1")).await.unwrap(), Some(invitation("1", "AAA", later)));
    assert_eq!(seen.seen("TransactWriteItems").len(), 2);
}
