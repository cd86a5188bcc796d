//! This library.

use super::agree::{BATCH, PAGE};
use dynamodel::Client;
use dynamodel::op::{Check, Put, Update};
use dynamodel_peers::entities::{Cart, Sample, Shop};
use dynamodel_peers::sdk::TABLE;
use dynamodel_peers::side::{Operation, Side};

pub struct Ours {
    shop: Client<Shop>,
    carts: Vec<Cart>,
}

impl Ours {
    pub fn new(client: &aws_sdk_dynamodb::Client) -> Self {
        Self { shop: Shop::connect(client, TABLE), carts: (0..BATCH).map(Cart::sample).collect() }
    }
}

impl Side for Ours {
    const NAME: &'static str = "ours";

    async fn call(&self, operation: Operation) {
        let (shop, cart) = (&self.shop, &self.carts[7]);
        let key = || Cart::key(&cart.user_id, &cart.created_at);
        match operation {
            Operation::Put => {
                shop.put(cart).await.unwrap();
            }
            Operation::Get => assert_eq!(shop.get(key()).await.unwrap().unwrap().version, cart.version),
            Operation::Update => {
                let update = shop.update(key()).set(|c| c.status, "PAID").set(|c| c.total_cents, 1_999);
                update.condition(|c| c.version.eq(42)).await.unwrap();
            }
            Operation::Query => {
                assert_eq!(shop.query(Cart::of_user(&cart.user_id)).await.unwrap().items.len(), PAGE);
            }
            Operation::Batch => {
                shop.batch_write().put_all(&self.carts).await.unwrap();
            }
            Operation::Transact => {
                let (third, fourth) = (&self.carts[2], &self.carts[3]);
                let update = Update::new(Cart::key(&third.user_id, &third.created_at))
                    .set(|c| c.status, "PAID")
                    .condition(|c| c.version.eq(42));
                let check = Check::new(Cart::key(&fourth.user_id, &fourth.created_at));
                shop.transact((Put::new(&self.carts[0]), Put::new(&self.carts[1]), update, check)).await.unwrap();
            }
        }
    }
}
