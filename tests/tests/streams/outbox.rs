//! The transactional outbox: a message is written with what it tells of, and sent from the stream.

use super::model::{Message, Order, Position, Shop, ShopChange, World};
use dynamodel::op::{Create, Update};
use dynamodel::stream::{Event, ItemChange, Poller};
use dynamodel::{Client, RetryPolicy};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Pays an order and says so, or does neither.
async fn pay(shop: &Client<Shop>, id: &str) -> dynamodel::Result<()> {
    let paid = Update::new(Order::key(id)).set(|o| o.paid, true).condition(|o| o.paid.eq(false));
    let message = Message { id: format!("paid-{id}"), text: format!("order {id} was paid") };
    shop.transact((paid, Create::new(&message))).await.map(drop)
}

/// The outside world: it may be down, and it counts what it is told.
#[derive(Clone, Default)]
struct Outside {
    told: Arc<Mutex<BTreeMap<String, u32>>>,
    down: Arc<Mutex<u32>>,
}

impl Outside {
    fn tell(&self, message: &Message) -> Result<(), String> {
        let mut down = self.down.lock().unwrap();
        if *down > 0 {
            *down -= 1;
            return Err("connection refused".into());
        }
        *self.told.lock().unwrap().entry(message.id.clone()).or_default() += 1;
        Ok(())
    }
}

/// Sends what lies in the outbox. Whoever dies between sending and deleting sends again: the identifier tells.
async fn relay(shop: Client<Shop>, outside: Outside, event: Event<ShopChange>, dies: bool) -> Result<(), String> {
    let ShopChange::Message(ItemChange::Insert { new }) = event.change else { return Ok(()) };
    outside.tell(&new)?;
    if dies {
        return Err("died before it could note that".into());
    }
    shop.delete(Message::key(&new.id)).await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn what_was_done_is_told_at_least_once_and_what_was_not_is_never_told() {
    let world = World::new().await;
    let shop = world.shop.clone().with_retries(RetryPolicy::ONCE);
    for id in ["a", "b", "c"] {
        shop.create(&Order::new(id)).await.unwrap();
        pay(&shop, id).await.unwrap();
    }
    // Neither half of what is refused is there.
    assert!(pay(&shop, "a").await.unwrap_err().is_cancelled());
    assert!(pay(&shop, "none").await.unwrap_err().is_cancelled());

    let outside = Outside::default();
    *outside.down.lock().unwrap() = 2;
    let mut crashes = 2;
    // Whoever watches the relay starts it again.
    for restart in 0.. {
        let mut poller = Poller::<Position, Shop>::new(&world.streams, &shop, "relay");
        let handler = |event: Event<ShopChange>| {
            let message =
                matches!(&event.change, ShopChange::Message(ItemChange::Insert { new }) if new.id == "paid-b");
            let dies = message && *outside.down.lock().unwrap() == 0 && crashes > 0;
            crashes -= u32::from(dies);
            relay(shop.clone(), outside.clone(), event, dies)
        };
        if poller.catch_up(handler).await.is_ok() {
            assert_eq!(restart, 4, "two refusals and two deaths");
            break;
        }
    }
    let told = outside.told.lock().unwrap().clone();
    assert_eq!(told, [("paid-a", 1), ("paid-b", 3), ("paid-c", 1)].map(|(id, times)| (id.to_owned(), times)).into());
    for id in ["a", "b", "c"] {
        assert_eq!(world.shop.get(Message::key(&format!("paid-{id}"))).await.unwrap(), None, "the outbox is empty");
    }
}
