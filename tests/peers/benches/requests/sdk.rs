//! The SDK alone, with `serde_dynamo` and by hand. What is not an item is the same on both sides.

use super::agree::{BATCH, PAGE};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{ConditionCheck, Put, PutRequest, TransactWriteItem, Update, WriteRequest};
use dynamodel_peers::by_hand::{n, s};
use dynamodel_peers::cart::{CartRow, pk};
use dynamodel_peers::entities::{Cart, Sample};
use dynamodel_peers::sdk::{Item, TABLE};
use dynamodel_peers::shapes::{ByHand as _, Shape};
use dynamodel_peers::side::{Operation, Side};
use std::collections::HashMap;
use std::marker::PhantomData;

/// How items are converted.
pub trait Convert: 'static {
    const NAME: &'static str;
    fn to_item(row: &CartRow) -> Item;
    fn from_item(item: Item) -> CartRow;
    fn from_items(items: Vec<Item>) -> Vec<CartRow>;
}

pub struct WithSerde;

impl Convert for WithSerde {
    const NAME: &'static str = "serde";

    fn to_item(row: &CartRow) -> Item {
        serde_dynamo::to_item(row).unwrap()
    }

    fn from_item(item: Item) -> CartRow {
        serde_dynamo::from_item(item).unwrap()
    }

    fn from_items(items: Vec<Item>) -> Vec<CartRow> {
        serde_dynamo::from_items(items).unwrap()
    }
}

pub struct WithHands;

impl Convert for WithHands {
    const NAME: &'static str = "byhand";

    fn to_item(row: &CartRow) -> Item {
        row.to_item()
    }

    fn from_item(item: Item) -> CartRow {
        CartRow::from_item(item).unwrap()
    }

    fn from_items(items: Vec<Item>) -> Vec<CartRow> {
        items.into_iter().map(|item| CartRow::from_item(item).unwrap()).collect()
    }
}

pub type Serde = Sdk<WithSerde>;
pub type ByHand = Sdk<WithHands>;

pub struct Sdk<C> {
    client: Client,
    rows: Vec<CartRow>,
    convert: PhantomData<C>,
}

impl<C> Sdk<C> {
    pub fn new(client: Client) -> Self {
        Self { client, rows: (0..BATCH).map(|number| Cart::sample(number).row()).collect(), convert: PhantomData }
    }
}

impl<C: Convert> Side for Sdk<C> {
    const NAME: &'static str = C::NAME;

    async fn call(&self, operation: Operation) {
        let (client, row) = (&self.client, &self.rows[7]);
        match operation {
            Operation::Put => {
                client.put_item().table_name(TABLE).set_item(Some(C::to_item(row))).send().await.unwrap();
            }
            Operation::Get => {
                let get = client.get_item().table_name(TABLE).key("PK", s(&row.pk)).key("SK", s(&row.sk));
                let found = C::from_item(get.send().await.unwrap().item.unwrap());
                assert_eq!(found.version, row.version);
            }
            Operation::Update => {
                let update = client.update_item().table_name(TABLE).key("PK", s(&row.pk)).key("SK", s(&row.sk));
                update
                    .update_expression("SET #status = :status, #total = :total")
                    .condition_expression("attribute_exists(PK) AND #version = :version")
                    .expression_attribute_names("#status", "status")
                    .expression_attribute_names("#total", "total_cents")
                    .expression_attribute_names("#version", "version")
                    .expression_attribute_values(":status", s("PAID"))
                    .expression_attribute_values(":total", n(1_999))
                    .expression_attribute_values(":version", n(42))
                    .send()
                    .await
                    .unwrap();
            }
            Operation::Query => {
                let query = client
                    .query()
                    .table_name(TABLE)
                    .key_condition_expression("PK = :pk AND begins_with(SK, :sk)")
                    .expression_attribute_values(":pk", s(&pk(&row.user_id)))
                    .expression_attribute_values(":sk", s("CART#"));
                assert_eq!(C::from_items(query.send().await.unwrap().items.unwrap()).len(), PAGE);
            }
            Operation::Batch => {
                let put = |row| PutRequest::builder().set_item(Some(C::to_item(row))).build().unwrap();
                let writes = self.rows.iter().map(|row| WriteRequest::builder().put_request(put(row)).build());
                let mut left = HashMap::from([(TABLE.to_owned(), writes.collect::<Vec<_>>())]);
                while !left.is_empty() {
                    let answer = client.batch_write_item().set_request_items(Some(left)).send().await.unwrap();
                    left = answer.unprocessed_items.unwrap_or_default();
                }
            }
            Operation::Transact => {
                let put = |row| Put::builder().table_name(TABLE).set_item(Some(C::to_item(row))).build().unwrap();
                let (third, fourth) = (&self.rows[2], &self.rows[3]);
                let update = Update::builder()
                    .table_name(TABLE)
                    .key("PK", s(&third.pk))
                    .key("SK", s(&third.sk))
                    .update_expression("SET #status = :status")
                    .condition_expression("attribute_exists(PK) AND #version = :version")
                    .expression_attribute_names("#status", "status")
                    .expression_attribute_names("#version", "version")
                    .expression_attribute_values(":status", s("PAID"))
                    .expression_attribute_values(":version", n(42))
                    .build()
                    .unwrap();
                let check = ConditionCheck::builder()
                    .table_name(TABLE)
                    .key("PK", s(&fourth.pk))
                    .key("SK", s(&fourth.sk))
                    .condition_expression("attribute_exists(PK)")
                    .build()
                    .unwrap();
                client
                    .transact_write_items()
                    .transact_items(TransactWriteItem::builder().put(put(&self.rows[0])).build())
                    .transact_items(TransactWriteItem::builder().put(put(&self.rows[1])).build())
                    .transact_items(TransactWriteItem::builder().update(update).build())
                    .transact_items(TransactWriteItem::builder().condition_check(check).build())
                    .send()
                    .await
                    .unwrap();
            }
        }
    }
}
