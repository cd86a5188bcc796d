//! A table with a stream, and its engine.

use dynamodel::define::StreamView;
use dynamodel::embedded::Engine;
use dynamodel::stream::{Bookmark, Event, HandledItem, Poller, Record, ShardPosition, sdk};
use dynamodel::{Bytes, Client, Entity, Expiry, ManualClock, Set, Table};
use dynamodel_tests::engine::clock;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(Order, Basket, Message, Handled, Position))]
pub struct Shop;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
#[dynamo(index(in_status = Gsi1, pk = "STATUS#{status}", sk = "{id}"))]
pub struct Order {
    #[dynamo(key_only)]
    pub id: String,
    pub status: String,
    pub total: u64,
    pub paid: bool,
    pub note: Option<String>,
    pub data: BTreeMap<String, String>,
    #[serde(default)]
    pub tags: Set<String>,
    #[serde(default)]
    pub blob: Option<Bytes>,
}

impl Order {
    pub fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            status: "new".into(),
            total: 10,
            paid: false,
            note: None,
            data: BTreeMap::new(),
            tags: Set::new(),
            blob: None,
        }
    }
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "BASKET#{user}", sk = "BASKET")]
pub struct Basket {
    pub user: String,
    pub lines: Vec<u32>,
    #[dynamo(version)]
    pub version: u64,
    #[dynamo(ttl)]
    pub until: Expiry,
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
    pub until: Expiry,
}

impl HandledItem for Handled {
    fn handled(consumer: &str, event: &str, until: Expiry) -> Self {
        Self { consumer: consumer.into(), event: event.into(), until }
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

/// The same table, as a version of the program knew it that had orders only.
pub mod older {
    use dynamodel::{Entity, Table};
    use serde::{Deserialize, Serialize};

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"), entities(Order))]
    pub struct OldShop;

    #[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
    #[dynamo(table = OldShop, pk = "ORDER#{id}", sk = "ORDER")]
    pub struct Order {
        #[dynamo(key_only)]
        pub id: String,
        pub status: String,
    }
}

/// An engine with a clock, a table with a stream, and the SDK's client for that.
pub struct World {
    pub engine: Engine,
    pub clock: ManualClock,
    pub shop: Client<Shop>,
    pub streams: sdk::Client,
}

impl World {
    pub async fn new() -> Self {
        Self::with_view(StreamView::NewAndOldImages).await
    }

    pub async fn with_view(view: StreamView) -> Self {
        let clock = clock();
        let engine = Engine::memory_at(&clock).unwrap();
        let shop = engine.client_with::<Shop>("shop", &Shop::definition().stream(view)).await.unwrap();
        let streams = engine.streams_client();
        Self { engine, clock, shop, streams }
    }

    pub fn poller(&self, name: &str) -> Poller<Position, Shop> {
        Poller::new(&self.streams, &self.shop, name)
    }

    /// Every record that there is, as it came.
    pub async fn records(&self) -> Vec<Record> {
        let list = self.streams.list_streams().table_name("shop").send().await.unwrap();
        let arn = list.streams()[0].stream_arn().unwrap().to_owned();
        let stream = self.streams.describe_stream().stream_arn(&arn).send().await.unwrap();
        let mut out = Vec::new();
        for shard in stream.stream_description().unwrap().shards() {
            let iterator = self
                .streams
                .get_shard_iterator()
                .stream_arn(&arn)
                .shard_id(shard.shard_id().unwrap())
                .shard_iterator_type("TRIM_HORIZON".into())
                .send()
                .await
                .unwrap();
            let page = self.streams.get_records().set_shard_iterator(iterator.shard_iterator).send().await.unwrap();
            out.extend(page.records().iter().map(Record::from_sdk));
        }
        out
    }
}

/// What a handler was given, in order.
#[derive(Clone, Default)]
pub struct Seen(pub Arc<Mutex<Vec<Event<ShopChange>>>>);

impl Seen {
    pub fn take(&self, event: Event<ShopChange>) {
        self.0.lock().unwrap().push(event);
    }

    pub fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// The identifiers of the orders that were changed, in order.
    pub fn orders(&self) -> Vec<String> {
        use dynamodel::stream::ItemChange::{Insert, Modify, Remove};
        let seen = self.0.lock().unwrap();
        let orders = seen.iter().filter_map(|event| match &event.change {
            ShopChange::Order(Insert { new: order } | Modify { new: order, .. } | Remove { old: order, .. }) => {
                Some(order.id.clone())
            }
            _ => None,
        });
        orders.collect()
    }
}

/// A handler that notes everything and fails at nothing.
pub fn note(seen: &Seen) -> impl FnMut(Event<ShopChange>) -> std::future::Ready<dynamodel::Result<()>> + use<> {
    let seen = seen.clone();
    move |event| {
        seen.take(event);
        std::future::ready(Ok(()))
    }
}
