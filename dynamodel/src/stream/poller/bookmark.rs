//! Where a poller is in a shard, as an item of the user's table.

use crate::entity::{CountsVersions, Entity};
use serde::{Deserialize, Serialize};

/// An entity whose items say where a poller is in a shard.
///
/// Its key holds the consumer and the shard. Its version keeps two pollers of one name apart.
///
/// # Examples
/// ```
/// use dynamodel::stream::{Bookmark, ShardPlace};
/// use dynamodel::{Entity, Table};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Table)]
/// #[dynamo(pk = "PK", sk = "SK", entities(Place))]
/// struct Shop;
///
/// #[derive(Entity, Serialize, Deserialize)]
/// #[dynamo(table = Shop, pk = "CONSUMER#{consumer}", sk = "SHARD#{shard}")]
/// struct Place {
///     consumer: String,
///     shard: String,
///     at: ShardPlace,
///     #[dynamo(version)]
///     version: u64,
/// }
///
/// impl Bookmark for Place {
///     fn begin(consumer: &str, shard: &str) -> Self {
///         Self { consumer: consumer.into(), shard: shard.into(), at: ShardPlace::default(), version: 0 }
///     }
///
///     fn place(&self) -> &ShardPlace {
///         &self.at
///     }
///
///     fn set_place(&mut self, place: ShardPlace) {
///         self.at = place;
///     }
/// }
/// # fn main() {}
/// ```
pub trait Bookmark: Entity<Version: CountsVersions> {
    /// Before the first record of a shard.
    fn begin(consumer: &str, shard: &str) -> Self;

    /// Where it is.
    fn place(&self) -> &ShardPlace;

    /// Moves it.
    fn set_place(&mut self, place: ShardPlace);
}

/// A place in a shard.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShardPlace {
    /// The sequence number of the last record that was handled.
    #[serde(default)]
    pub after: Option<String>,
    /// Whether the shard was read to its end.
    #[serde(default)]
    pub finished: bool,
    /// Whether it began with what came from then on: until a record is handled, it begins so again.
    #[serde(default)]
    pub from_latest: bool,
}
