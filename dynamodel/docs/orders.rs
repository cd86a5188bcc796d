// A table with a change stream for this crate's examples.
#[allow(unused_imports)]
use dynamodel::stream::{Bookmark, HandledItem, ShardPosition};
#[allow(unused_imports)]
use dynamodel::{Entity, Expiry, Table};
use serde::{Deserialize, Serialize};

#[derive(Table)]
#[dynamo(pk = "PK", sk = "SK", entities(Order, Account, Message, Handled, Position))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
pub struct Order {
    pub id: String,
    pub customer: String,
    pub status: String,
    pub cents: u64,
}

impl Order {
    #[allow(dead_code)]
    pub fn new(id: &str, customer: &str, cents: u64) -> Self {
        Self { id: id.into(), customer: customer.into(), status: "new".into(), cents }
    }
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "ACCOUNT#{customer}", sk = "ACCOUNT")]
pub struct Account {
    pub customer: String,
    pub spent: u64,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "OUTBOX#{id}", sk = "MESSAGE")]
pub struct Message {
    pub id: String,
    pub text: String,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "HANDLED#{event}", sk = "BY#{consumer}")]
pub struct Handled {
    pub consumer: String,
    pub event: String,
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

impl HandledItem for Handled {
    fn handled(consumer: &str, event: &str, until: Expiry) -> Self {
        Self { consumer: consumer.into(), event: event.into(), expires_at: until }
    }
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "CONSUMER#{consumer}", sk = "SHARD#{shard}")]
pub struct Position {
    pub consumer: String,
    pub shard: String,
    pub at: ShardPosition,
    #[dynamo(version)]
    pub version: u64,
}

impl Bookmark for Position {
    fn begin(consumer: &str, shard: &str) -> Self {
        Self { consumer: consumer.into(), shard: shard.into(), at: ShardPosition::default(), version: 0 }
    }

    fn position(&self) -> &ShardPosition {
        &self.at
    }

    fn set_position(&mut self, position: ShardPosition) {
        self.at = position;
    }
}
