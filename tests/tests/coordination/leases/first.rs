//! The first owner: its record is made and taken by one write.

use super::model::{Job, Shop, record};
use dynamodel::lock::{Begun, Idempotency, Idempotent, Locks, ManualTimer, Run};
use dynamodel::op::Update;
use dynamodel::testing::{Fault, Faults};
use dynamodel::{Entity, Expiry, Table, Timestamp};
use dynamodel_tests::{both, clock};
use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Order, Seat))]
struct Hall;

/// With all that is set by the clock.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Hall, pk = "ORDER#{request}", sk = "ONCE")]
struct Order {
    request: String,
    paid: Option<u32>,
    #[dynamo(version)]
    run: Run,
    #[dynamo(ttl)]
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Expiry>,
    #[dynamo(created_at)]
    created_at: Option<Timestamp>,
    #[dynamo(updated_at)]
    updated_at: Option<Timestamp>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Hall, pk = "SEAT#{request}", sk = "ONCE")]
struct Seat {
    request: String,
    #[dynamo(unique)]
    number: u32,
    paid: Option<u32>,
    #[dynamo(version)]
    run: Run,
    #[dynamo(ttl)]
    until: Option<Expiry>,
}

impl Idempotent for Order {
    type Output = u32;

    fn output(&self) -> Option<u32> {
        self.paid
    }

    fn store<V>(update: Update<Self, V>, output: &u32) -> Update<Self, V> {
        update.set(|order| order.paid, Some(*output))
    }
}

impl Idempotent for Seat {
    type Output = u32;

    fn output(&self) -> Option<u32> {
        self.paid
    }

    fn store<V>(update: Update<Self, V>, output: &u32) -> Update<Self, V> {
        update.set(|seat| seat.paid, Some(*output))
    }
}

const KEEP: Duration = Duration::from_secs(60);
const LEASE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_lock_costs_a_read_and_a_write_to_take_and_a_write_to_give_back() {
    for shop in both::<Shop>(&clock()).await {
        let counted = Faults::script([]);
        let locks = Locks::new(&shop.clone().with_faults(&counted)).timer(ManualTimer::new());
        let requests = || ["GetItem", "PutItem", "UpdateItem"].map(|operation| counted.requests_of(operation));
        let guard = locks.acquire(Job { progress: 7, ..Job::new("nightly") }).await.unwrap();
        assert_eq!(requests(), [1, 1, 0], "there was no record");
        assert_eq!(*guard.item(), record(&shop, "nightly").await);
        assert_eq!((guard.token(), guard.item().progress), (1, 7));
        guard.release().await.unwrap();
        assert_eq!(requests(), [1, 1, 1]);
        let guard = locks.acquire(Job::new("nightly")).await.unwrap();
        assert_eq!(requests(), [2, 1, 2]);
        assert_eq!((guard.token(), guard.item().progress), (2, 7));
        assert_eq!(counted.requests(), 5);
    }
}

#[tokio::test]
async fn a_record_expires_whichever_moment_its_first_owner_dies_in() {
    let clock = clock();
    for hall in both::<Hall>(&clock).await {
        let counted = Faults::script([Fault::None, Fault::CutAfter]);
        let faulty = hall.clone().with_faults(&counted);
        let once = Idempotency::new(&faulty).keep_for(KEEP).lease(LEASE).timer(ManualTimer::new());
        for given in [None, Some(1)] {
            let request = format!("given {given:?}");
            let until = given.map(|second| Expiry::from_epoch_seconds(clock.epoch_seconds() + second).unwrap());
            let order = Order { request, paid: None, run: Run::default(), until, created_at: None, updated_at: None };
            let key = Order::key(&order.request);
            let writes = counted.requests_of("UpdateItem");
            let Begun::Acquired(attempt) = once.begin(order).await.unwrap() else { panic!("replayed") };
            assert_eq!(counted.requests_of("UpdateItem"), writes, "it was made and taken at once");
            let stored = hall.get(key).consistent().await.unwrap().unwrap();
            assert_eq!(attempt.guard().item(), &stored);
            assert_eq!((stored.run.attempts(), stored.run.is_running()), (1, true));
            let end = clock.epoch_seconds() + (KEEP + LEASE).as_secs();
            assert_eq!(stored.until.map(Expiry::epoch_seconds), Some(end));
            assert!(stored.created_at.is_some() && stored.created_at == stored.updated_at);
            attempt.done();
        }
        clock.advance(KEEP + LEASE);
        assert_eq!(hall.get(Order::key("given None")).consistent().await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_record_with_unique_fields_is_made_and_taken_at_once_too() {
    for hall in both::<Hall>(&clock()).await {
        let counted = Faults::script([Fault::None, Fault::CutAfter]);
        let once = Idempotency::new(&hall.clone().with_faults(&counted)).timer(ManualTimer::new());
        let seat = |request: &str| Seat {
            request: request.to_owned(),
            number: 7,
            paid: None,
            run: Run::default(),
            until: None,
        };
        let Begun::Acquired(attempt) = once.begin(seat("k")).await.unwrap() else { panic!("replayed") };
        assert_eq!((counted.requests_of("TransactWriteItems"), counted.injected().lost), (2, 1), "sent again");
        assert_eq!((counted.requests_of("UpdateItem"), attempt.number()), (0, 1));
        assert_eq!(Some(attempt.guard().item()), hall.get(Seat::key("k")).consistent().await.unwrap().as_ref());
        assert!(once.begin(seat("l")).await.is_err(), "the seat is taken");
        attempt.finish(&1).await.unwrap();
        attempt.done();
    }
}
