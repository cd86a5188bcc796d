//! An entity as a whole, or a part of it: what reads give.

use super::{Entity, Expiry, ItemKeys, Key, KeyOnlyFields};
use crate::error::Result;
use serde::de::DeserializeOwned;

/// A struct with some of an entity's fields (`#[derive(Projection)]`), or the entity itself.
///
/// Reads that are given a part ask DynamoDB for its attributes only. That saves transfer and decoding; the cost is that
/// of the whole item.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a part of an entity",
    label = "derive it: `#[derive(Projection, Deserialize)]` and `#[dynamo(of = ..)]`"
)]
pub trait Projection: DeserializeOwned + Send + Sync + Sized + 'static {
    /// Whose fields they are.
    type Entity: Entity;

    /// The names under which they are stored; `None` for the whole entity.
    const ATTRIBUTES: Option<&'static [&'static str]>;

    /// Whether it has fields that are read from the item's keys.
    #[doc(hidden)]
    const FROM_KEYS: bool = false;

    /// Shows the fields that are read from the item's keys.
    #[doc(hidden)]
    fn from_keys(_: &ItemKeys<'_>, _: KeyOnlyFields<'_>) -> Result<()> {
        Ok(())
    }

    /// Whether the time to live is where it is read: an index need not hold it.
    #[doc(hidden)]
    const KNOWS_EXPIRY: bool = true;

    /// When the item expires, as far as this part knows.
    #[doc(hidden)]
    fn own_expiry(&self) -> Option<Expiry> {
        None
    }
}

/// What an index holds of an item, where that is not all of it: a struct that `#[derive(Entity)]` makes for an access
/// pattern with `keys_only` or `include(..)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what an index holds of an item",
    label = "whole entities need not be hydrated",
    note = "expected the struct of an access pattern with `keys_only` or `include(..)`"
)]
pub trait IndexProjection: Projection {
    /// The primary key of the item that it is of.
    fn primary_key(&self) -> Key<Self::Entity>;
}
