//! `get`: one item by its key.

use super::{Body, Context, Operation, Request, Unsent};
use crate::entity::{Entity, Key};
use crate::error::Result;

/// Reads one item: GetItem.
///
/// Awaiting it gives `Option<E>`. An item whose time to live has passed reads as `None`, whether or not DynamoDB has
/// deleted it yet. Costs half a read unit per 4 KB, a whole one if consistent.
///
/// # Errors
/// [`Decode`](crate::ErrorKind::Decode) when the item cannot be read as the entity,
/// [`WrongEntity`](crate::ErrorKind::WrongEntity) when it is another one,
/// [`InvalidKey`](crate::ErrorKind::InvalidKey) before anything is sent.
#[must_use = "an operation does nothing until awaited"]
pub struct Get<E: Entity, V = Unsent> {
    pub(crate) key: Key<E>,
    consistent: bool,
    pub(crate) include_expired: bool,
    pub(crate) via: V,
}

impl<E: Entity> Get<E> {
    /// An operation without a client.
    pub fn new(key: Key<E>) -> Self {
        Self::via(key, Unsent)
    }
}

impl<E: Entity, V> Get<E, V> {
    pub(crate) fn via(key: Key<E>, via: V) -> Self {
        Self { key, consistent: false, include_expired: false, via }
    }

    /// Reads what every write that was answered before has left behind (`ConsistentRead`), at twice the cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Shows an item also after its time to live has passed, as long as DynamoDB has not deleted it.
    pub fn include_expired(mut self) -> Self {
        self.include_expired = true;
        self
    }

    pub(crate) fn request(&self, cx: &Context<'_>) -> Result<Request> {
        let mut body = Body::new(cx.table);
        self.key.write(body.member("Key"))?;
        if self.consistent {
            body.bare("ConsistentRead", "true");
        }
        Ok(body.finish(Operation::GetItem))
    }
}
