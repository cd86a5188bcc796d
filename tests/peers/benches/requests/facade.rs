//! `dynamodb-facade`.

use super::agree::{BATCH, PAGE};
use aws_sdk_dynamodb::Client;
use dynamodb_facade::explicit_client::{DynamoDBItemOp, dynamodb_batch_write};
use dynamodb_facade::{Condition, DynamoDBItemBatchOp, DynamoDBItemTransactOp, KeyId, Update};
use dynamodel_peers::cart::{CartFields, FacadeTable};
use dynamodel_peers::entities::{Cart, Sample};
use dynamodel_peers::shapes::Shape;
use dynamodel_peers::side::{Operation, Side};

pub struct Facade {
    client: Client,
    carts: Vec<CartFields>,
}

impl Facade {
    pub fn new(client: Client) -> Self {
        Self { client, carts: (0..BATCH).map(|number| Cart::sample(number).modyne()).collect() }
    }
}

impl Side for Facade {
    const NAME: &'static str = "facade";

    async fn call(&self, operation: Operation) {
        let (client, cart) = (self.client.clone(), &self.carts[7]);
        match operation {
            Operation::Put => cart.put(client).await.unwrap(),
            Operation::Get => {
                let key = KeyId::pk(cart.user_id.as_str()).sk(cart.created_at.as_str());
                let found: CartFields = CartFields::get(client, key).await.unwrap().unwrap();
                assert_eq!(found.version, cart.version);
            }
            Operation::Update => {
                let key = KeyId::pk(cart.user_id.as_str()).sk(cart.created_at.as_str());
                let update = Update::combine([Update::set("status", "PAID"), Update::set("total_cents", 1_999)]);
                let condition = Condition::and([CartFields::exists(), Condition::eq("version", 42)]);
                CartFields::update_by_id(client, key, update).condition(condition).return_none().await.unwrap();
            }
            Operation::Query => {
                let range = CartFields::key_condition(&cart.user_id).sk_begins_with("CART#");
                let found: Vec<CartFields> = CartFields::query(client, range).all().await.unwrap();
                assert_eq!(found.len(), PAGE);
            }
            Operation::Batch => {
                let writes = self.carts.iter().map(DynamoDBItemBatchOp::batch_put).collect();
                dynamodb_batch_write::<FacadeTable>(client, writes).await.unwrap();
            }
            Operation::Transact => {
                let (third, fourth) = (&self.carts[2], &self.carts[3]);
                let third = KeyId::pk(third.user_id.as_str()).sk(third.created_at.as_str());
                let fourth = KeyId::pk(fourth.user_id.as_str()).sk(fourth.created_at.as_str());
                let condition = Condition::and([CartFields::exists(), Condition::eq("version", 42)]);
                let update =
                    CartFields::transact_update_by_id(third, Update::set("status", "PAID")).condition(condition);
                client
                    .transact_write_items()
                    .transact_items(self.carts[0].transact_put().build())
                    .transact_items(self.carts[1].transact_put().build())
                    .transact_items(update.build())
                    .transact_items(CartFields::transact_condition_by_id(fourth, CartFields::exists()).build())
                    .send()
                    .await
                    .unwrap();
            }
        }
    }
}
