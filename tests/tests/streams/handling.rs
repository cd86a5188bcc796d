//! Effects that happen once, however often an event is delivered.

use super::model::{Basket, Handled, Order, Shop, ShopChange, World};
use dynamodel::op::{Create, Update};
use dynamodel::sdk::config::retry::RetryConfig;
use dynamodel::stream::{Deduplicator, Delivery};
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Client, ErrorKind, Expiry};
use std::time::Duration;

fn count(id: &str) -> Update<Order> {
    Update::new(Order::key(id)).add(|o| o.total, 1)
}

async fn total(shop: &Client<Shop>, id: &str) -> u64 {
    shop.get(Order::key(id)).consistent().await.unwrap().unwrap().total
}

#[tokio::test]
async fn an_event_that_is_delivered_again_does_nothing_and_says_so() {
    let world = World::new().await;
    world.shop.create(&Order::new("o1")).await.unwrap();
    let billing = Deduplicator::<Handled, _>::new(&world.shop, "billing");
    let event = world.records().await[0].read::<ShopChange>().unwrap();
    assert!(!billing.has_handled(&event.id).await.unwrap());
    assert_eq!(billing.apply(&event.id, (count("o1"),)).await.unwrap(), Delivery::First(((),)));
    assert_eq!(billing.apply(&event.id, (count("o1"),)).await.unwrap(), Delivery::Repeated);
    assert!(billing.has_handled(&event.id).await.unwrap());
    assert_eq!(total(&world.shop, "o1").await, 11);
    // Each consumer has its own effects, and each event.
    let other = Deduplicator::<Handled, _>::new(&world.shop, "mail");
    assert!(other.apply(&event.id, (count("o1"),)).await.unwrap().is_first());
    assert!(billing.apply("another event", (count("o1"),)).await.unwrap().is_first());
    // Events without an id would be one.
    assert_eq!(billing.apply("", (count("o1"),)).await.unwrap_err().kind(), dynamodel::ErrorKind::InvalidRequest);
    assert_eq!(billing.has_handled("").await.unwrap_err().kind(), dynamodel::ErrorKind::InvalidRequest);
    assert_eq!(total(&world.shop, "o1").await, 13);
}

#[tokio::test]
async fn an_effect_that_only_works_once_does_not_hide_that_it_was_carried_out() {
    let world = World::new().await;
    let billing = Deduplicator::<Handled, _>::new(&world.shop, "billing");
    // At the second delivery the effect itself would fail, and so does the transaction: for the event's sake.
    for now in [true, false] {
        assert_eq!(billing.apply("e1", (Create::new(&Order::new("o1")),)).await.unwrap().is_first(), now);
    }
}

#[tokio::test]
async fn effects_that_are_refused_leave_the_event_to_be_tried_again() {
    let world = World::new().await;
    let billing = Deduplicator::<Handled, _>::new(&world.shop, "billing");
    let until = Expiry::from_epoch_seconds(world.clock.epoch_seconds() + 9).unwrap();
    let basket = Basket { user: "ada".into(), lines: vec![], version: 0, until };
    let effects = || (Create::new(&basket), count("o1"));
    let error = billing.apply("e1", effects()).await.unwrap_err();
    // The places of the reasons are those of the effects.
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert!(error.reason(0).is_none() && error.reason(1).unwrap().is_gone() && error.reason(2).is_none());
    assert!(!billing.has_handled("e1").await.unwrap());
    world.shop.create(&Order::new("o1")).await.unwrap();
    assert!(billing.apply("e1", effects()).await.unwrap().is_first());
}

#[tokio::test]
async fn many_deliveries_at_once_and_lost_responses_make_one_effect() {
    let world = World::new().await;
    world.shop.create(&Order::new("o1")).await.unwrap();
    let faults = Faults::seeded(7).cut_after(0.3).cut_before(0.1).transaction_conflict(0.2).only("TransactWriteItems");
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let config = world.shop.sdk().config().to_builder().retry_config(retries).build();
    let shop = world.shop.clone().with_sdk(dynamodel::sdk::Client::from_conf(config)).with_faults(&faults);
    let tasks: Vec<_> = (0..40)
        .map(|task| {
            let billing = Deduplicator::<Handled, _>::new(&shop, "billing");
            tokio::spawn(async move {
                loop {
                    match billing.apply(&format!("e{}", task % 4), (count("o1"),)).await {
                        Ok(applied) => return applied,
                        // Delivered again, as a stream would.
                        Err(error) if error.is_outcome_unknown() || error.is_cancelled() => {}
                        Err(error) if error.kind() == ErrorKind::Unavailable => {}
                        Err(error) => panic!("{error} {error:?}"),
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        let _ = task.await.unwrap();
    }
    assert!(faults.injected().cut_after > 0, "nothing went wrong");
    assert_eq!(total(&world.shop, "o1").await, 14);
}

#[tokio::test]
async fn what_was_handled_is_remembered_for_a_while() {
    let world = World::new().await;
    world.shop.create(&Order::new("o1")).await.unwrap();
    let billing = Deduplicator::<Handled, _>::new(&world.shop, "billing").keep_for(Duration::from_secs(60));
    assert!(billing.apply("e1", (count("o1"),)).await.unwrap().is_first());
    world.clock.advance(Duration::from_secs(59));
    assert_eq!(billing.apply("e1", (count("o1"),)).await.unwrap(), Delivery::Repeated);
    world.clock.advance(Duration::from_secs(2));
    assert!(billing.apply("e1", (count("o1"),)).await.unwrap().is_first());
}

#[tokio::test]
async fn a_script_loses_the_only_response_and_the_next_delivery_knows() {
    let world = World::new().await;
    world.shop.create(&Order::new("o1")).await.unwrap();
    let faults = Faults::script([Fault::CutAfter]).only("TransactWriteItems");
    let config = world.shop.sdk().config().to_builder();
    let config = config.retry_config(RetryConfig::disabled()).build();
    let hasty = world.shop.clone().with_sdk(dynamodel::sdk::Client::from_conf(config)).with_faults(&faults);
    let billing = Deduplicator::<Handled, _>::new(&hasty.with_retries(dynamodel::RetryPolicy::ONCE), "billing");
    assert!(billing.apply("e1", (count("o1"),)).await.unwrap_err().is_outcome_unknown());
    assert_eq!(billing.apply("e1", (count("o1"),)).await.unwrap(), Delivery::Repeated);
    assert_eq!(total(&world.shop, "o1").await, 11);
}

/// A first delivery is never taken for a second one: what it gives is lost then, and with it what depends on that.
#[tokio::test]
async fn a_lost_response_of_the_first_delivery_is_no_earlier_delivery() {
    for fault in super::lost_positions::FAULTS {
        for times in [1, 2, 4] {
            let world = World::new().await;
            world.shop.create(&Order::new("o1")).await.unwrap();
            let faults = Faults::script(vec![fault.clone(); times]).only("TransactWriteItems");
            let shop = super::faulty::hasty(&world.shop, 3).with_faults(&faults);
            let billing = Deduplicator::<Handled, _>::new(&shop, "billing");
            match billing.apply("e1", (count("o1"),)).await {
                Ok(applied) => assert!(applied.is_first(), "{fault:?} {times}"),
                // The handler fails, and the event is delivered again.
                Err(error) => {
                    let known = total(&world.shop, "o1").await == 10;
                    assert!(error.is_outcome_unknown() || known, "{fault:?} {times}: {error}");
                    faults.stop();
                    assert_eq!(
                        billing.apply("e1", (count("o1"),)).await.unwrap().is_first(),
                        known,
                        "{fault:?} {times}"
                    );
                }
            }
            faults.stop();
            assert_eq!(billing.apply("e1", (count("o1"),)).await.unwrap(), Delivery::Repeated);
            assert_eq!(total(&world.shop, "o1").await, 11, "{fault:?} {times}");
        }
    }
}

#[tokio::test]
async fn a_time_to_remember_that_has_no_end_is_refused_and_not_taken_for_none() {
    let world = World::new().await;
    world.shop.create(&Order::new("o1")).await.unwrap();
    for keep in [Duration::MAX, Duration::from_secs(9_000 * 365 * 24 * 3600)] {
        let billing = Deduplicator::<Handled, _>::new(&world.shop, "billing").keep_for(keep);
        let error = billing.apply("e1", (count("o1"),)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidValue, 0), "{error:?}");
    }
}
