//! Reading a stream without AWS Lambda: for tests and small services.

mod bookmark;
mod discover;
mod handler;
mod page;
mod report;
mod requests;
mod run;
mod save;
mod shard;
mod stop;

use crate::client::Client;
use crate::define::StreamView;
use crate::entity::{LivesIn, Table};
use crate::op::random;
use aws_sdk_dynamodbstreams as sdk;
use requests::TableStream;
use shard::{LatestStart, TrackedShard};
use std::fmt;
use std::time::{Duration, Instant};

pub use bookmark::{Bookmark, ShardPosition};
pub use report::{Gap, PollReport};
pub use stop::Stopper;

/// Reads the stream of a table shard by shard, hands every change to a handler, and stores its positions in the table.
///
/// One task reads one shard after the other: for tests and small services. Parents are read to their end before their
/// children, so the changes of one item come in their order; those of different items may come in any order. Every change is
/// handed over at least once: with [`Deduplicator`](super::Deduplicator) its effects on DynamoDB happen exactly once.
///
/// **Back-pressure:** nothing is read ahead of the handler, except the page that it works on. **Resuming:** after every
/// page its last position is saved as an item of `B`, on the condition that no other poller has moved it; so two pollers of one name
/// do not overtake each other unnoticed. It recognizes its own write whose response was lost by a random mark. Records of
/// changes of these items are not handed over: they are counted in the [`report`](Self::report).
///
/// **Transient faults** (throttling, failures inside DynamoDB, lost connections and responses) are retried as the
/// client's [`RetryPolicy`](crate::RetryPolicy) says, shard by shard. **Nothing is left out silently:** records that cannot be handed
/// over any more are a [`Gap`], which is an error unless [`skip_trimmed`](Self::skip_trimmed) is set. The future of `run` may be
/// dropped at any time, and `run` called again.
///
/// On Amazon DynamoDB a stream may be read by two processes per shard, five times a second each; requests that are refused for
/// that are sent again after a pause.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/orders.rs"));
/// # #[cfg(feature = "embedded")]
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::StreamView;
/// use dynamodel::embedded::Engine;
/// use dynamodel::stream::{Event, ItemChange, Poller};
///
/// let engine = Engine::memory()?;
/// let shop = engine.client_with::<Shop>("shop", &Shop::definition().stream(StreamView::NewAndOldImages)).await?;
/// let order = Order::new("o1", "ada", 700);
/// shop.create(&order).await?;
///
/// let mut poller = Poller::<Position, _>::new(&engine.streams_client(), &shop, "mailer");
/// let mut seen = Vec::new();
/// poller
///     .catch_up(|event: Event<ShopChange>| {
///         seen.push(event.change);
///         std::future::ready(Ok::<_, dynamodel::Error>(()))
///     })
///     .await?;
/// assert_eq!(seen, [ShopChange::Order(ItemChange::Insert { new: order })]);
/// # Ok(()) }
/// # #[cfg(not(feature = "embedded"))] fn main() {}
/// ```
pub struct Poller<B, T> {
    sdk: sdk::Client,
    client: Client<T>,
    consumer: String,
    latest: bool,
    page: i32,
    poll_interval: Duration,
    skip_trimmed: bool,
    stop: Stopper,
    report: PollReport,
    /// A random mark, by which it recognizes its own writes.
    writer: String,
    stream: Option<(TableStream, StreamView)>,
    shards: Vec<TrackedShard<B>>,
    discovered: Option<Instant>,
    /// Transient faults in a row in describing table and stream.
    tries: u32,
    /// The item that records that this consumer knows the stream. It is stored once every shard has a saved position.
    consumer_record: Option<B>,
    /// A start at the latest records, as far as it has come.
    latest_start: Option<LatestStart>,
    /// Shards that are gone, whose bookmarks are not needed any more.
    obsolete: Vec<String>,
}

impl<B: Bookmark + LivesIn<T>, T: Table> Poller<B, T> {
    /// A poller of this name, for the stream of the client's table. Its positions are stored under the name: a poller of another
    /// name reads the stream independently.
    pub fn new(streams: &sdk::Client, client: &Client<T>, consumer: impl Into<String>) -> Self {
        Self {
            sdk: streams.clone(),
            client: client.clone(),
            consumer: consumer.into(),
            latest: false,
            page: 100,
            poll_interval: Duration::from_secs(1),
            skip_trimmed: false,
            stop: Stopper::default(),
            report: PollReport::default(),
            writer: format!("{:016x}", random()),
            stream: None,
            shards: Vec::new(),
            discovered: None,
            tries: 0,
            consumer_record: None,
            latest_start: None,
            obsolete: Vec::new(),
        }
    }

    /// The first time it begins with the records that are written from then on (`LATEST`), instead of the oldest records
    /// (`TRIM_HORIZON`). A poller of this name that has read the stream before continues from there, whether or not anything was
    /// written since.
    ///
    /// From the start on nothing is left out. If a shard has had no record yet and its iterator is lost (the process
    /// ended, or it was not used for 15 minutes), the shard is read from its oldest record, and records written
    /// more than 15 minutes before the start are passed over: so a handler may be given changes of that quarter of an
    /// hour, which is for clocks that differ.
    pub fn from_latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// How many records are read at once, 1 to 1,000; 100 by default.
    pub fn page_size(mut self, records: u16) -> Self {
        self.page = i32::from(records.clamp(1, 1000));
        self
    }

    /// How long it waits when no shard has anything; one second by default.
    pub fn poll_interval(mut self, pause: Duration) -> Self {
        self.poll_interval = pause;
        self
    }

    /// If records were trimmed before they were read, continues with the oldest ones that exist, and notes the
    /// [`Gap`]. By default that is an error.
    pub fn skip_trimmed(mut self) -> Self {
        self.skip_trimmed = true;
        self
    }

    /// Stops it from another task.
    pub fn stopper(&self) -> Stopper {
        self.stop.clone()
    }

    /// What it has done so far.
    pub fn report(&self) -> &PollReport {
        &self.report
    }
}

impl<B, T: Table> fmt::Debug for Poller<B, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("client", &self.client)
            .field("consumer", &self.consumer)
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}
