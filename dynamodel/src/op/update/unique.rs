//! Updates of unique fields, and of the time to live of items that have some.

use super::{Returning, Update};
use crate::entity::{Entity, Key};
use crate::error::{Error, Result};
use crate::expr::{Node, Place};
use crate::op::timestamps;
use crate::op::unique::{KnownItem, Start, UniqueWrite, Values, watched};
use crate::op::{Context, Precondition, Request};

impl<E: Entity, V, R: Returning> Update<E, V, R> {
    /// Whether it changes unique values, or their expiry: then their sentinels change too. An update with an error
    /// changes none.
    ///
    /// # Errors
    /// When it shall give the item back too, which a transaction does not.
    pub(crate) fn changes_unique(&self) -> Result<bool> {
        let Ok(spec) = &self.spec else { return Ok(false) };
        if E::SCHEMA.unique.is_empty() {
            return Ok(false);
        }
        let watched = watched(E::SCHEMA);
        let touched = |place: &Place| watched.iter().any(|name| place.is_in(name));
        let moves = spec.clauses.places().any(touched) || (spec.lifetime.is_some() && E::SCHEMA.ttl.is_some());
        if moves && R::VALUES.is_some() {
            return Err(self.refuse(
                "a change to unique values, or to their expiry, goes as a transaction, which gives no item back: leave `returning_..` out, and read the item",
            ));
        }
        Ok(moves)
    }
}

impl<E: Entity, V: Send + Sync, R: Returning> UniqueWrite for Update<E, V, R> {
    type Entity = E;
    const KIND: &'static str = "Update";

    fn verb(&self) -> &'static str {
        "update"
    }

    fn key(&self) -> &Key<E> {
        &self.key
    }

    fn start(&self) -> Start {
        self.before.clone().map_or(Start::Read, |before| Start::With(KnownItem::Present(before)))
    }

    fn needs_sentinels(&self) -> bool {
        true
    }

    fn request(&self, cx: &Context<'_>, given: Option<Node>) -> Result<(Request, Precondition<E::Version>)> {
        self.request_given(cx, given)
    }

    fn after(&self, cx: &Context<'_>, before: Option<&Values>) -> Result<Option<Values>> {
        // Where there is no item, the update is refused.
        let Some(before) = before else { return Ok(None) };
        let spec = self.spec.as_ref().map_err(Error::clone_without_current)?;
        let mut after = before.clone();
        for name in watched(E::SCHEMA) {
            if let Some(value) = spec.clauses.value_of(name) {
                let value = value.map_err(|()| {
                    let message = "is unique, or the expiry of what is unique, so its new value must be known before the write and cannot be computed by DynamoDB: `set` it";
                    self.refuse(message).at_attribute(name)
                })?;
                after.set(name, value.map(String::from_utf8_lossy).as_deref())?;
            }
        }
        if let (Some(lifetime), Some(name)) = (spec.lifetime, E::SCHEMA.ttl) {
            after.set(name, Some(&String::from_utf8_lossy(&timestamps::expiry(&self.key, lifetime, cx.now)?)))?;
        }
        Ok(Some(after))
    }
}
