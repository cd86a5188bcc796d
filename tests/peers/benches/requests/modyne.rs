//! `modyne`. Its `put` takes the value: copies are made beforehand.

use super::agree::{BATCH, PAGE};
use aws_sdk_dynamodb::Client;
use dynamodel_peers::cart::{CartFields, pk};
use dynamodel_peers::entities::{Cart, Sample};
use dynamodel_peers::shapes::{Database, Shape};
use dynamodel_peers::side::{Operation, Side};
use modyne::expr::{Condition, KeyCondition, Update};
use modyne::keys::Primary;
use modyne::model::{BatchWrite, TransactWrite};
use modyne::{Aggregate, EntityExt, ProjectionExt, QueryInput, QueryInputExt};
use std::cell::RefCell;

pub struct Modyne {
    table: Database,
    carts: Vec<CartFields>,
    copies: RefCell<Vec<CartFields>>,
}

impl Modyne {
    pub fn new(client: Client) -> Self {
        let carts = (0..BATCH).map(|number| Cart::sample(number).modyne()).collect();
        Self { table: Database(client), carts, copies: RefCell::default() }
    }

    /// A copy of that cart, from what was prepared if it is next there.
    fn copy(&self, number: usize) -> CartFields {
        self.copies.borrow_mut().pop().unwrap_or_else(|| self.carts[number].clone())
    }
}

/// All carts of a user.
struct OfUser<'a>(&'a str);

impl QueryInput for OfUser<'_> {
    type Index = Primary;
    type Aggregate = Vec<CartFields>;

    fn key_condition(&self) -> KeyCondition<Primary> {
        KeyCondition::in_partition(pk(self.0)).begins_with("CART#")
    }
}

impl Side for Modyne {
    const NAME: &'static str = "modyne";

    fn prepare(&self, operation: Operation, calls: u32) {
        let used: Vec<usize> = match operation {
            Operation::Put => vec![7],
            Operation::Batch => (0..self.carts.len()).collect(),
            Operation::Transact => vec![0, 1],
            Operation::Get | Operation::Update | Operation::Query => vec![],
        };
        // They are taken from the end.
        let one = || used.iter().rev().map(|number| self.carts[*number].clone());
        *self.copies.borrow_mut() = (0..calls).flat_map(|_| one()).collect();
    }

    async fn call(&self, operation: Operation) {
        let (table, cart) = (&self.table, &self.carts[7]);
        let key = (cart.user_id.as_str(), cart.created_at.as_str());
        match operation {
            Operation::Put => {
                self.copy(7).put().execute(table).await.unwrap();
            }
            Operation::Get => {
                let answer = CartFields::get(key).execute(table).await.unwrap();
                assert_eq!(CartFields::from_item(answer.item.unwrap()).unwrap().version, cart.version);
            }
            Operation::Update => {
                let update = Update::new("SET #status = :status, #total = :total")
                    .name("#status", "status")
                    .name("#total", "total_cents")
                    .value(":status", "PAID")
                    .value(":total", 1_999);
                let condition = Condition::new("attribute_exists(PK) AND #version = :version")
                    .name("#version", "version")
                    .value(":version", 42);
                CartFields::update(key).expression(update).condition(condition).execute(table).await.unwrap();
            }
            Operation::Query => {
                let answer = OfUser(&cart.user_id).query().execute(table).await.unwrap();
                let mut found: Vec<CartFields> = Vec::new();
                found.reduce(answer.items.unwrap()).unwrap();
                assert_eq!(found.len(), PAGE);
            }
            Operation::Batch => {
                let puts = (0..self.carts.len()).map(|number| self.copy(number).put());
                puts.fold(BatchWrite::new(), BatchWrite::operation).execute(table).await.unwrap();
            }
            Operation::Transact => {
                let (third, fourth) = (&self.carts[2], &self.carts[3]);
                let update = CartFields::update((&third.user_id, &third.created_at))
                    .expression(Update::new("SET #status = :status").name("#status", "status").value(":status", "PAID"))
                    .condition(
                        Condition::new("attribute_exists(PK) AND #version = :version")
                            .name("#version", "version")
                            .value(":version", 42),
                    );
                let there = Condition::new("attribute_exists(PK)");
                let check = CartFields::condition_check((&fourth.user_id, &fourth.created_at), there);
                TransactWrite::new()
                    .operation(self.copy(0).put().transact())
                    .operation(self.copy(1).put().transact())
                    .operation(update.transact())
                    .operation(check.transact())
                    .execute(table)
                    .await
                    .unwrap();
            }
        }
    }
}
