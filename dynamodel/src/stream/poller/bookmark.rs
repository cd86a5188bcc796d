//! A poller's position in a shard, as an item of the user's table.

use crate::entity::{CountsVersions, Entity};
use serde::{Deserialize, Serialize};

/// In place of a shard's name, in the key of the item that records that a consumer knows the stream.
pub(super) const CONSUMER_RECORD: &str = "stream";

/// An entity whose items hold a poller's positions in the shards.
///
/// Its key holds the consumer and the shard. Its version keeps two pollers of one name apart. There is one item for each
/// shard that the consumer has seen, and one more, under the shard name `stream`, which records that this consumer knows the
/// stream: so a poller that was away for days does not take itself for a new one.
///
/// # Examples
/// ```
/// use dynamodel::stream::{Bookmark, ShardPosition};
/// use dynamodel::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[dynamo(pk = "PK", sk = "SK", entities(Position))]
/// struct Shop;
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[dynamo(table = Shop, pk = "CONSUMER#{consumer}", sk = "SHARD#{shard}")]
/// struct Position {
///     consumer: String,
///     shard: String,
///     at: ShardPosition,
///     #[dynamo(version)]
///     version: u64,
/// }
///
/// impl Bookmark for Position {
///     fn begin(consumer: &str, shard: &str) -> Self {
///         Self { consumer: consumer.into(), shard: shard.into(), at: ShardPosition::default(), version: 0 }
///     }
///
///     fn position(&self) -> &ShardPosition {
///         &self.at
///     }
///
///     fn set_position(&mut self, position: ShardPosition) {
///         self.at = position;
///     }
/// }
/// # fn main() {}
/// ```
pub trait Bookmark: Entity<Version: CountsVersions> {
    /// The item before the first record of a shard. The name is a shard's (`shardId-..`), or `stream`: store it unchanged.
    fn begin(consumer: &str, shard: &str) -> Self;

    /// The position.
    fn position(&self) -> &ShardPosition;

    /// Replaces the position.
    fn set_position(&mut self, position: ShardPosition);
}

/// A position in a shard.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShardPosition {
    /// The sequence number of the last record that was handled or passed over; `None` before the first one.
    #[serde(default)]
    pub after: Option<String>,
    /// Whether the shard was read to its end.
    #[serde(default)]
    pub finished: bool,
    /// Whether the consumer began [`from_latest`](super::Poller::from_latest) in this shard and has got no record
    /// from it yet: records written before `since`, less a margin, are passed over.
    #[serde(default)]
    pub from_latest: bool,
    /// In seconds since 1970. Before the first record: everything written from then on is to be handed over. Later: when
    /// the shard was last known to be open. From this a poller that was away for a day knows what may be gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
    /// The ARN of the stream that the consumer reads: in the item named `stream` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<String>,
    /// A random mark of the poller that wrote it, by which a poller recognizes its own write whose response was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writer: Option<String>,
}
