//! One `Locks` that is asked for more locks than it remembers.

use super::model::{Job, Shop};
use super::time::until;
use dynamodel::lock::{Lease, Locks, ManualTimer, Timer};
use dynamodel::{Client, Codec, Entity, Table};
use dynamodel_tests::{clock, connect};
use serde::{Deserialize, Serialize};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(20);

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Place))]
struct Town;

/// A lock whose two names are the whole key.
#[derive(Entity, Serialize, Deserialize, Debug, Default, Clone, PartialEq)]
#[dynamo(table = Town, pk = house, sk = room)]
struct Place {
    house: String,
    room: String,
    #[dynamo(version)]
    lease: Lease,
}

/// The lock of an owner that is dead.
async fn dead(shop: &Client<Shop>, name: &str) {
    Locks::new(shop).timer(ManualTimer::new()).try_acquire(Job::new(name)).await.unwrap().unwrap().abandon();
}

/// Asks for both once a second, side by side, until the lease of the dead owners has run out.
async fn both_open<O>(timer: &ManualTimer, names: [&str; 2], mut ask: impl AsyncFnMut(&str) -> Option<O>) {
    for _ in 0..LEASE.as_secs() {
        for name in names {
            assert!(ask(name).await.is_none(), "`{name}` was taken from one who may live");
        }
        timer.advance(Duration::from_secs(1));
    }
    for name in names {
        assert!(ask(name).await.is_some(), "`{name}` never opens");
    }
}

#[tokio::test]
async fn dead_locks_that_are_polled_open_however_many_others_were_in_other_hands() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let timer = ManualTimer::new();
    let waiter = Locks::new(&shop).remember(4).timer(timer.clone());
    for number in 0..8 {
        let name = format!("other {number}");
        dead(&shop, &name).await;
        assert!(waiter.try_acquire(Job::new(&name)).await.unwrap().is_none());
        timer.advance(Duration::from_millis(1));
    }
    for name in ["x", "y"] {
        dead(&shop, name).await;
    }
    both_open(&timer, ["x", "y"], async |name| waiter.try_acquire(Job::new(name)).await.unwrap()).await;
}

#[tokio::test]
async fn who_waits_remembers_its_own_lock_whatever_others_are_asked_for() {
    let shop = connect::<Shop>(&clock(), Codec::Wire).await;
    let timer = ManualTimer::new();
    let waiter = Locks::new(&shop).remember(1).timer(timer.clone());
    let names = ["x", "y", "z"];
    for name in names {
        dead(&shop, name).await;
    }
    let tasks = names.map(|name| tokio::spawn(waiter.acquire(Job::new(name)).into_future()));
    for _ in 0..LEASE.as_secs() {
        until("all wait", || timer.sleepers() == names.len()).await;
        timer.advance(Duration::from_secs(1));
    }
    for task in tasks {
        until("it is taken one lease after the first look", || task.is_finished()).await;
        assert_eq!(task.await.unwrap().unwrap().token(), 2);
    }
    assert_eq!(timer.now(), LEASE);
}

#[tokio::test]
async fn names_that_read_alike_are_watched_each_by_itself() {
    let town = connect::<Town>(&clock(), Codec::Wire).await;
    let place = |house: &str, room: &str| Place { house: house.to_owned(), room: room.to_owned(), ..Place::default() };
    let of = |name: &str| if name == "one" { place("a / b", "c") } else { place("a", "b / c") };
    let key = |name: &str| Place::key(&of(name).house, &of(name).room).to_string();
    assert_eq!(key("one"), key("other"), "as errors show them");
    for name in ["one", "other"] {
        Locks::new(&town).timer(ManualTimer::new()).try_acquire(of(name)).await.unwrap().unwrap().abandon();
    }
    let timer = ManualTimer::new();
    let waiter = Locks::new(&town).timer(timer.clone());
    both_open(&timer, ["one", "other"], async |name| waiter.try_acquire(of(name)).await.unwrap()).await;
}
